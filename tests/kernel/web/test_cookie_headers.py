"""Several cookie headers, as browsers send them over HTTP/2, are one."""

import httpx
import pytest

from digital_days.kernel.web.pages import see_other
from digital_days.kernel.web.sessions import start_session
from tests.factories import make_person

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize("session_first", [True, False])
async def test_session_and_flash_are_both_read_when_they_come_apart(client: httpx.AsyncClient, session_first: bool):
    session = await start_session(await make_person("Bob Tremblay", "bob@example.ca"), browser="tests")
    [flash] = see_other("/", flash="C’est enregistré.").cookies
    headers = [("cookie", f"{cookie.key}={cookie.value}") for cookie in (session, flash)]

    answer = await client.get("/compte", headers=headers if session_first else headers[::-1])

    assert answer.status_code == 200
    assert "C’est enregistré." in answer.text

"""Which requests may change something: our own pages', and programs' without a cookie."""

import httpx
import pytest

pytestmark = pytest.mark.usefixtures("db")

OURS = "http://test.example"


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({}, False),
        ({"origin": OURS}, False),
        ({"sec-fetch-site": "same-origin", "origin": OURS}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"origin": OURS, "cookie": "session=x"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "https://evil.example"}, True),
        ({"sec-fetch-site": "same-site", "origin": "https://other.test.example"}, True),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
        ({"sec-fetch-site": "cross-site", "origin": OURS}, True),
        ({"origin": "https://evil.example"}, True),
        ({"origin": "null"}, True),
        ({"origin": "http://["}, True),
        ({"origin": "", "cookie": "session=x"}, True),
        ({"origin": "http://test.example.evil.example"}, True),
        ({"cookie": "session=x"}, True),
    ],
)
async def test_form_is_refused_when_it_comes_from_elsewhere(
    client: httpx.AsyncClient, headers: dict[str, str], refused: bool
):
    answer = await client.post("/deconnexion", headers=headers)

    assert (answer.status_code == 403) is refused


async def test_reading_is_never_refused(client: httpx.AsyncClient):
    answer = await client.get("/health/live", headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 200

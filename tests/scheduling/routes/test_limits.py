from collections.abc import Iterator

import httpx
import pytest

from digital_days.kernel.settings import current
from tests.factories import Made, make_activity, make_edition, make_slot

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def small_network(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three registrations a window from one network."""
    monkeypatch.setenv("RATE_PER_ADDRESS", "3")
    current.cache_clear()
    yield
    monkeypatch.undo()
    current.cache_clear()


async def by_form(client: httpx.AsyncClient, slot: Made, email: str) -> httpx.Response:
    form = {"name": "Bob Tremblay", "email": email, "consent": ["registration"]}
    headers = {"origin": "http://test.example"}
    return await client.post(f"/jn2027/plages/{slot.code}/places", data=form, headers=headers)


async def by_program(client: httpx.AsyncClient, slot: Made, email: str) -> httpx.Response:
    wanted = {"slot": slot.code, "name": "Bob Tremblay", "email": email, "consents": ["registration"]}
    return await client.post("/api/v1/registrations", json=wanted)


@pytest.mark.parametrize(("ask", "taken"), [(by_form, 303), (by_program, 201)])
async def test_network_is_told_to_wait_when_it_asks_too_often_for_ever_new_mailboxes(client, ask, taken):
    slot = await make_slot(await make_activity(await make_edition()))

    answers = [await ask(client, slot, f"personne{number}@example.ca") for number in range(4)]

    assert [answer.status_code for answer in answers] == [taken, taken, taken, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 600
    assert "Trop de demandes à la fois" in answers[-1].text

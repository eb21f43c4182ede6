"""Two places that a release has put at the same time: the page on which one is kept."""

from datetime import timedelta

import httpx
import pytest

from digital_days.kernel.private_links import private_path
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, make_person
from tests.scheduling.registered import Registered, another_slot, ask_for_place, registered, state_of
from tests.scheduling.releasing import move, release

pytestmark = pytest.mark.usefixtures("db")
LATER = IN_A_YEAR + timedelta(hours=3)
ORIGIN = {"origin": "http://test.example"}


async def overlapping() -> tuple[Registered, str]:
    """Bob's place that moved, and the code of the other one."""
    bob = await registered()
    other = await ask_for_place(await another_slot(bob.edition, "Acheter en ligne", starts_at=LATER))
    await move(bob.edition, bob.slot, LATER)
    await release(bob.edition)
    return bob, other.code


async def test_page_asks_and_looking_twice_changes_nothing(client: httpx.AsyncClient):
    bob, other = await overlapping()

    answers = [await client.get(bob.place_link) for _ in range(2)]

    assert answers[0].text == answers[1].text
    assert "Laquelle gardez-vous?" in answers[0].text
    assert "Acheter en ligne" in answers[0].text
    assert [await state_of(place) for place in (bob.place, other)] == [("confirmed", 1)] * 2


async def test_link_keeps_the_one_chosen(client: httpx.AsyncClient):
    bob, other = await overlapping()

    answer = await client.post(f"{bob.place_link}/choisir", headers=ORIGIN)
    again = await client.post(f"{bob.place_link}/choisir", headers=ORIGIN)

    assert (answer.status_code, answer.headers["location"]) == (303, bob.agenda_link)
    assert again.status_code == 303
    assert [await state_of(place) for place in (bob.place, other)] == [("confirmed", 1), ("cancelled", 0)]
    assert "Annuler votre place?" in (await client.get(bob.place_link)).text


async def test_signed_in_person_keeps_one_and_nobody_else_can(client: httpx.AsyncClient):
    bob, other = await overlapping()
    path = f"/jn2027/mes-places/{bob.place}/choisir"
    await sign_in(client, await make_person("Charlie Roy", "charlie@example.ca"))
    foreign = await client.post(path)
    await sign_in(client, bob.person)

    answer = await client.post(path)

    assert foreign.status_code == 404
    assert (answer.status_code, answer.headers["location"]) == (303, "/jn2027/mon-agenda")
    assert [await state_of(place) for place in (bob.place, other)] == [("confirmed", 1), ("cancelled", 0)]


async def test_agenda_asks_where_the_question_is_open(client: httpx.AsyncClient):
    bob, _other = await overlapping()

    agenda = await client.get(bob.agenda_link)

    assert "Dites-nous ce que vous gardez." in agenda.text
    assert private_path("scheduling:place", "place", bob.place) in agenda.text

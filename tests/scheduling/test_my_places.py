"""Giving a place back from a mail or from one's agenda."""

from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock, consents, database
from digital_days.kernel.private_links import private_path
from scheduling.domain.places import take_place
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, make_activity, make_edition, make_person, make_slot
from tests.letters_read import letter, link_to
from tests.scheduling.registered import BOB, ask_for_place, registered, state_of

pytestmark = pytest.mark.usefixtures("db")

ORIGIN = {"origin": "http://test.example"}
BUTTON = "Oui, annuler ma place"


async def test_place_is_given_back_when_the_mails_button_is_pressed(client: httpx.AsyncClient) -> None:
    bob = await registered()
    link = link_to(await letter("scheduling.ticket"), "/places/")

    scanned = [await client.get(link) for _ in range(2)]
    before = await state_of(bob.place)
    pressed = await client.post(f"{link}/annuler", headers=ORIGIN)
    shown = await client.get(pressed.headers["location"])

    assert [(answer.status_code, BUTTON in answer.text) for answer in scanned] == [(200, True)] * 2
    assert (before, await state_of(bob.place)) == (("confirmed", 1), ("cancelled", 0))
    assert (pressed.status_code, pressed.headers["location"]) == (303, link)
    assert "Votre place est annulée" in shown.text
    assert "Merci de nous avoir prévenus" in shown.text
    assert f'href="/jn2027/activites/{bob.activity.code}?plage={bob.slot.code}#reserver"' in shown.text
    assert "votre place est annulée" in (await letter("scheduling.cancelled")).text.lower()


async def test_cancelling_agrees_to_nothing_when_a_stranger_had_ticked_every_box(client: httpx.AsyncClient) -> None:
    edition = await make_edition()
    slot = await make_slot(await make_activity(edition))
    answer = await take_place(
        slot.code, BOB, consents=consents.given({"registration", "news", "coaching"}, organiser="MRC d’Argenteuil")
    )
    link = private_path("scheduling:place", "place", answer.code)

    await client.post(f"{link}/annuler", headers=ORIGIN)

    rows = await database.fetch(
        "SELECT purpose, proved_at, withdrawn_at IS NOT NULL AS gone FROM consent ORDER BY purpose"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("coaching", None, True),
        ("news", None, True),
        ("registration", None, False),
    ]


async def test_nothing_more_happens_when_the_button_is_pressed_twice(client: httpx.AsyncClient) -> None:
    bob = await registered()
    for _ in range(2):
        answer = await client.post(f"{bob.place_link}/annuler", headers=ORIGIN)

    assert answer.status_code == 303
    assert await state_of(bob.place) == ("cancelled", 0)
    assert BUTTON not in (await client.get(bob.place_link)).text
    await letter("scheduling.cancelled")


async def test_place_is_kept_when_the_activity_has_started(client: httpx.AsyncClient) -> None:
    bob = await registered()
    with clock.stopped_at(IN_A_YEAR + timedelta(minutes=1)):
        looked = await client.get(bob.place_link)
        pressed = await client.post(f"{bob.place_link}/annuler", headers=ORIGIN)

    assert (looked.status_code, BUTTON in looked.text, "a commencé" in looked.text) == (200, False, True)
    assert pressed.headers["location"] == bob.place_link
    assert await state_of(bob.place) == ("confirmed", 1)


@pytest.mark.parametrize("by_link", [True, False])
async def test_place_stays_and_the_agenda_says_so_when_the_other_button_is_pressed(
    client: httpx.AsyncClient, by_link: bool
) -> None:
    bob = await registered()
    if not by_link:
        await sign_in(client, bob.person)
    page = bob.place_link if by_link else f"/jn2027/mes-places/{bob.place}"

    offered = await client.get(page)
    pressed = await client.post(f"{page}/garder", headers=ORIGIN)
    agenda = await client.get(pressed.headers["location"])

    assert f'formaction="{page}/garder"' in offered.text
    assert pressed.headers["location"] == (bob.agenda_link if by_link else "/jn2027/mon-agenda")
    assert "Vous gardez votre place." in agenda.text
    assert await state_of(bob.place) == ("confirmed", 1)


async def test_page_says_so_when_the_slot_was_called_off(client: httpx.AsyncClient) -> None:
    bob = await registered()
    await database.fetch("UPDATE slot SET state = 'cancelled', sequence = sequence + 1")

    page = (await client.get(bob.place_link)).text

    assert ("Cette activité est annulée" in page, BUTTON in page) == (True, False)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_link_is_refused_when_it_is_not_ours(client: httpx.AsyncClient, method: str) -> None:
    bob = await registered()
    path = "/annuler" if method == "POST" else ""
    for wrong in (bob.place, f"{bob.place}.", bob.place_link.removeprefix("/places/")[:-1] + "?", bob.ticket_link[8:]):
        answer = await client.request(method, f"/places/{wrong.replace('?', '%3F')}{path}", headers=ORIGIN)

        assert answer.status_code == 404
        assert "Ce lien ne fonctionne pas" in answer.text
    assert await state_of(bob.place) == ("confirmed", 1)


async def test_signed_in_person_gives_their_own_place_back(client: httpx.AsyncClient) -> None:
    bob = await registered()
    await sign_in(client, bob.person)
    path = f"/jn2027/mes-places/{bob.place}"

    looked = await client.get(path)
    pressed = await client.post(f"{path}/annuler")

    assert BUTTON in looked.text
    assert pressed.headers["location"] == path
    assert await state_of(bob.place) == ("cancelled", 0)


async def test_person_is_asked_to_wait_when_they_take_and_give_back_without_end(client: httpx.AsyncClient) -> None:
    bob = await registered()
    await sign_in(client, bob.person)
    taking, giving = f"/jn2027/plages/{bob.slot.code}/places", f"/jn2027/mes-places/{bob.place}/annuler"

    answers = []
    for _ in range(16):
        answers += [await client.post(giving), await client.post(taking, data={"consent": "registration"})]

    assert [answer.status_code for answer in answers] == [303] * 30 + [429] * 2
    assert "Attendez quelques minutes" in answers[-1].text
    assert await state_of(bob.place) == ("confirmed", 1)


async def test_place_does_not_exist_when_it_is_somebody_elses(client: httpx.AsyncClient) -> None:
    bob = await registered()
    await sign_in(client, await make_person("Charlie Roy", "charlie@example.ca"))
    path = f"/jn2027/mes-places/{bob.place}"

    assert (await client.get(path)).status_code == 404
    assert (await client.post(f"{path}/annuler")).status_code == 404
    assert await state_of(bob.place) == ("confirmed", 1)


async def test_place_comes_back_under_its_code_when_asked_for_again(client: httpx.AsyncClient) -> None:
    bob = await registered()
    await client.post(f"{bob.place_link}/annuler", headers=ORIGIN)

    again = await ask_for_place(bob.slot)

    assert (again.outcome, again.code) == ("confirmed", bob.place)
    assert BUTTON in (await client.get(bob.place_link)).text

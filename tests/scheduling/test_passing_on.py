"""A place given to a named person, and one changed for another: both halves, or neither."""

from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import database
from digital_days.kernel.private_links import private_path
from scheduling.domain.exchanges import take_instead_of_mistyped
from scheduling.domain.places import Applicant, Wish, take_place
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, make_activity, make_slot
from tests.letters_read import letter
from tests.scheduling.lines import AGREED, FullSlot, a_line, ask, counted, states
from tests.scheduling.registered import another_slot, registered, state_of

pytestmark = pytest.mark.usefixtures("committed")  # where nothing changes, all is undone

ORIGIN = {"origin": "http://test.example"}
ZOE = {"name": "Zoé Roy", "email": "zoe@example.ca", "agreed": "yes"}


def page_of(place: str, word: str) -> str:
    return f"{private_path('scheduling:place', 'place', place)}/{word}"


async def places_of(name: str, full: FullSlot) -> list[str]:
    rows = await database.fetch(
        "SELECT p.state FROM place p JOIN person w ON w.id = p.person WHERE w.name = $1 AND p.slot = $2",
        name,
        full.slot.id,
    )
    return [row["state"] for row in rows]


async def test_named_person_has_the_place_and_nobody_in_line_comes_between(client: httpx.AsyncClient) -> None:
    full = await a_line(waiting=1)

    given = await client.post(page_of(full.place, "donner"), data=ZOE, headers=ORIGIN)
    shown = await client.get(given.headers["location"])

    assert given.status_code == 303
    assert "la place est à Zoé Roy" in shown.text
    assert (await places_of("Zoé Roy", full), await counted(full.slot)) == (["confirmed"], (1, 0))
    assert (await state_of(full.place), await states(full.slot)) == (("cancelled", 1), ["waiting"])
    assert "est maintenant à la personne que vous avez nommée" in " ".join(
        (await letter("scheduling.cancelled")).text.split()
    )
    [consent] = await database.fetch(
        "SELECT c.proved_at FROM consent c JOIN person w ON w.id = c.person WHERE w.name = 'Zoé Roy'"
    )
    assert consent["proved_at"] is None  # somebody else has said so


async def test_place_stays_when_the_named_person_is_expected_elsewhere(client: httpx.AsyncClient) -> None:
    full = await a_line(waiting=1)
    other = await make_slot(await make_activity(full.edition, "Ailleurs"))
    await take_place(other.code, Applicant(name=ZOE["name"], email=ZOE["email"]), consents=AGREED)

    given = await client.post(page_of(full.place, "donner"), data=ZOE, headers=ORIGIN)
    shown = await client.get(given.headers["location"])

    assert "Vous la gardez." in shown.text
    assert (await state_of(full.place), await states(full.slot)) == (("confirmed", 1), ["waiting"])
    assert await database.fetch("SELECT FROM outbox_message WHERE topic = 'scheduling.cancelled'") == []


@pytest.mark.parametrize(
    ("wrong", "said"), [({"agreed": ""}, "l’accord de cette personne"), ({"email": "zoe"}, "adresse courriel complète")]
)
async def test_form_keeps_what_was_typed_when_something_is_missing(
    client: httpx.AsyncClient, wrong: dict[str, str], said: str
) -> None:
    full = await a_line(waiting=0)

    answer = await client.post(page_of(full.place, "donner"), data=ZOE | wrong, headers=ORIGIN)

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Zoé Roy"' in answer.text
    assert (await state_of(full.place)) == ("confirmed", 1)


async def test_any_activity_with_seats_is_taken_for_the_one_held(client: httpx.AsyncClient) -> None:
    bob = await registered()
    later = await another_slot(bob.edition, "Infonuagique", starts_at=IN_A_YEAR + timedelta(hours=3))

    offered = await client.get(page_of(bob.place, "changer"))
    swapped = await client.post(page_of(bob.place, "changer"), data={"slot": later.code}, headers=ORIGIN)

    assert "Infonuagique" in offered.text
    assert swapped.status_code == 303
    assert await state_of(bob.place) == ("cancelled", 0)
    [row] = await database.fetch("SELECT state FROM place WHERE slot = $1", later.id)
    assert row["state"] == "confirmed"


async def test_place_is_not_swapped_for_itself_and_the_page_says_so(client: httpx.AsyncClient) -> None:
    bob = await registered()
    await another_slot(bob.edition, "Infonuagique", starts_at=IN_A_YEAR + timedelta(hours=3))

    answer = await client.post(page_of(bob.place, "changer"), data={"slot": bob.slot.code.lower()}, headers=ORIGIN)

    assert answer.status_code == 422
    assert "C’est la place que vous avez déjà : choisissez une autre activité, ou gardez-la." in answer.text.replace(
        "\u00a0", " "
    )
    assert await state_of(bob.place) == ("confirmed", 1)


async def test_place_is_not_swapped_for_another_that_its_holder_has(client: httpx.AsyncClient) -> None:
    bob = await registered()
    later = await another_slot(bob.edition, "Infonuagique", starts_at=IN_A_YEAR + timedelta(hours=3))
    await another_slot(bob.edition, "Mots de passe", starts_at=IN_A_YEAR + timedelta(hours=6))
    await take_place(later.code, Applicant(person_id=bob.person), consents=AGREED)

    offered = await client.get(page_of(bob.place, "changer"))
    answer = await client.post(page_of(bob.place, "changer"), data={"slot": later.code}, headers=ORIGIN)

    assert ("Mots de passe" in offered.text, "Infonuagique" in offered.text) == (True, False)
    assert answer.status_code == 422
    assert "C’est la place que vous avez déjà" in answer.text
    assert await state_of(bob.place) == ("confirmed", 1)


async def test_signed_in_person_reads_that_the_place_is_theirs_when_it_is_given_for_itself(
    client: httpx.AsyncClient,
) -> None:
    bob = await registered()
    await sign_in(client, bob.person)

    answer = await client.post(
        f"/jn2027/plages/{bob.slot.code}/places",
        data={"instead_of": bob.place, "consent": "registration"},
        headers=ORIGIN,
    )
    agenda = await client.get(answer.headers["location"])

    assert answer.status_code == 303
    assert "Vous avez déjà une place à cette activité." in agenda.text.replace("\u00a0", " ")
    assert await state_of(bob.place) == ("confirmed", 1)


async def test_nothing_changes_when_the_other_one_has_just_filled(client: httpx.AsyncClient) -> None:
    bob = await registered()
    later = await make_slot(
        await make_activity(bob.edition, "Infonuagique"), seats=1, starts_at=IN_A_YEAR + timedelta(hours=3)
    )
    await client.get(page_of(bob.place, "changer"))
    zoe = Applicant(name=ZOE["name"], email=ZOE["email"])
    await take_place(later.code, zoe, consents=AGREED)

    swapped = await client.post(page_of(bob.place, "changer"), data={"slot": later.code}, headers=ORIGIN)

    assert swapped.status_code == 303
    assert "Rien n’a changé" in (await client.get(swapped.headers["location"])).text
    assert await state_of(bob.place) == ("confirmed", 1)


async def test_mistyped_address_is_corrected_in_a_full_slot_although_others_wait() -> None:
    full = await a_line(waiting=0)
    await database.fetch("UPDATE slot SET seats = 2 WHERE id = $1", full.slot.id)
    wrong, right = (Applicant(name="Zoé Roy", email=f"zoe@{host}") for host in ("exmaple.ca", "example.ca"))
    await take_place(full.slot.code, wrong, consents=AGREED, idempotency_key="form:1")
    await take_place(
        full.slot.code, Applicant(name="Léa Roy", email="lea@example.ca"), consents=AGREED, wish=Wish(wait=True)
    )

    moved = await take_instead_of_mistyped("form:1", full.slot.code, right, consents=AGREED, idempotency_key="form:2")

    assert moved
    assert (moved.outcome, await counted(full.slot), await states(full.slot)) == ("confirmed", (2, 0), ["waiting"])
    assert (await ask(full.slot, full.bob)).outcome == "already"

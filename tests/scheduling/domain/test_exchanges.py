"""One place for another: under the right address, or at the same hour; both happen or neither."""

import asyncio
from datetime import timedelta

import pytest

from digital_days.kernel import clock, consents, database
from digital_days.kernel.private_links import remember_proof
from scheduling.domain.exchanges import MAY_CORRECT, take_instead_of, take_instead_of_mistyped
from scheduling.domain.places import Answer, Applicant, take_place
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_person, make_slot
from tests.scheduling.registered import another_slot

pytestmark = pytest.mark.usefixtures("committed")

WRONG = Applicant(name="Ginette Roy", email="ginette@gmial.com")
RIGHT = Applicant(name="ginette  ROY", email="ginette@gmail.com")
AGREED = consents.given({"registration", "news"}, organiser="MRC d’Argenteuil")


async def a_slot(seats: int = 1) -> Made:
    return await make_slot(await make_activity(await make_edition()), seats=seats)


async def send(slot: Made, applicant: Applicant = WRONG, code: str = "form:1") -> Answer:
    return await take_place(slot.code, applicant, consents=AGREED, idempotency_key=code)


async def correct(slot: Made, applicant: Applicant = RIGHT, first: str = "form:1", code: str = "form:2") -> str | None:
    answer = await take_instead_of_mistyped(first, slot.code, applicant, consents=AGREED, idempotency_key=code)
    return answer.outcome if answer else None


async def held(slot: Made) -> tuple[int, list[str]]:
    """The counter, and the addresses with a place."""
    [counter] = await database.fetch("SELECT taken FROM slot WHERE id = $1", slot.id)
    rows = await database.fetch(
        """
        SELECT w.email FROM place p JOIN person w ON w.id = p.person
        WHERE p.slot = $1 AND p.state = 'confirmed' ORDER BY w.email
        """,
        slot.id,
    )
    return counter["taken"], [row["email"] for row in rows]


async def test_place_goes_to_the_right_address_even_when_it_was_the_last_seat():
    slot = await a_slot(seats=1)
    await send(slot)

    assert await correct(slot) == "confirmed"

    assert await held(slot) == (1, [RIGHT.email])
    mails = await database.fetch("SELECT topic, payload->>'by' AS by FROM outbox_message ORDER BY id")
    told = [(row["topic"].partition(".")[2], row["by"]) for row in mails]
    assert told == [("ticket", None), ("cancelled", "correction"), ("ticket", None)]
    pending = await database.fetch(
        "SELECT w.email FROM consent c JOIN person w ON w.id = c.person WHERE purpose = 'news' AND withdrawn_at IS NULL"
    )
    assert [row["email"] for row in pending] == [RIGHT.email]


async def registrations() -> list[tuple[str, str]]:
    rows = await database.fetch(
        "SELECT w.email, r.state FROM registration r JOIN person w ON w.id = r.person ORDER BY r.id"
    )
    return [(row["email"], row["state"]) for row in rows]


async def test_nobody_is_expected_twice_when_the_address_is_corrected():
    slot = await a_slot()
    await send(slot)

    await correct(slot)

    assert await registrations() == [(WRONG.email, "cancelled"), (RIGHT.email, "active")]


@pytest.mark.parametrize("kept_by", ["another place", "the desk"])
async def test_registration_stays_when_the_mistyped_place_was_not_all_there_is(kept_by: str):
    edition = await make_edition()
    slot = await make_slot(await make_activity(edition))
    await send(slot)
    if kept_by == "the desk":
        await database.fetch("UPDATE registration SET origin = 'desk'")
    else:
        other = await make_slot(await make_activity(edition), starts_at=IN_A_YEAR + timedelta(days=1))
        assert (await send(other, code="form:0")).outcome == "confirmed"

    await correct(slot)

    assert await registrations() == [(WRONG.email, "active"), (RIGHT.email, "active")]


async def test_place_goes_once_when_the_correction_is_sent_twice_at_once():
    slot = await a_slot(seats=3)
    await send(slot)

    outcomes = await asyncio.gather(*(correct(slot, code=f"form:2{n}") for n in range(4)))

    assert outcomes.count("confirmed") == 1
    assert await held(slot) == (1, [RIGHT.email])


async def test_nothing_is_given_back_when_the_address_is_proved():
    slot = await a_slot(seats=2)
    await send(slot)
    [person] = await database.fetch("SELECT id FROM person")
    await remember_proof(person["id"])

    assert await correct(slot) is None
    assert await held(slot) == (1, [WRONG.email])


async def test_nothing_is_given_back_when_the_form_did_not_bring_the_place():
    slot = await a_slot(seats=2)
    await send(slot, code="form:of-the-owner")
    await send(slot, code="form:1")  # held already: the form is answered alike

    assert await correct(slot) is None
    assert await held(slot) == (1, [WRONG.email])


async def test_nothing_is_given_back_when_somebody_has_asked_for_the_same_since():
    slot = await a_slot(seats=2)
    await send(slot)
    await send(slot, code="form:of-the-owner")

    assert await correct(slot) is None


async def test_nothing_is_given_back_when_another_person_finds_the_page():
    slot = await a_slot(seats=2)
    await send(slot)

    assert await correct(slot, Applicant(name="Léa Côté", email="lea@example.ca")) is None


@pytest.mark.parametrize("first", ["form:unknown", "api:1"])
async def test_nothing_is_given_back_when_the_form_is_another(first: str):
    slot = await a_slot(seats=2)
    await send(slot)

    assert await correct(slot, first=first) is None


async def test_nothing_is_given_back_when_it_is_another_slot_the_same_address_or_too_late():
    slot = await a_slot(seats=2)
    other = await make_slot(await make_activity(await make_edition("cafe2028")))
    await send(slot)

    assert await correct(other) is None
    assert await correct(slot, WRONG) is None
    with clock.stopped_at(clock.now() + MAY_CORRECT + timedelta(seconds=1)):
        assert await correct(slot) is None
    assert await held(slot) == (1, [WRONG.email])


async def a_swap(seats: int) -> tuple[int, str, Made, Made]:
    """Bob with a place, and another slot at the same hour."""
    edition, bob = await make_edition(), await make_person()
    old, new = await another_slot(edition, "Mots de passe"), await make_slot(await make_activity(edition), seats=seats)
    answer = await take_place(old.code, Applicant(person_id=bob), consents=AGREED)
    return bob, answer.code, old, new


async def test_own_place_is_swapped_for_one_at_the_same_hour():
    bob, place, old, new = await a_swap(seats=1)

    answer = await take_instead_of([place], new.code, bob, consents=[])

    assert answer
    assert answer.outcome == "confirmed"
    assert (await held(old), await held(new)) == ((0, []), (1, ["bob@example.ca"]))
    topics = await database.fetch("SELECT topic FROM outbox_message ORDER BY id")
    assert [row["topic"] for row in topics][1:] == ["scheduling.cancelled", "scheduling.ticket"]


async def test_own_place_stays_when_the_other_is_full_meanwhile():
    bob, place, old, new = await a_swap(seats=1)
    await take_place(new.code, WRONG, consents=AGREED)

    assert await take_instead_of([place], new.code, bob, consents=[]) is None

    assert (await held(old), await held(new)) == ((1, ["bob@example.ca"]), (1, [WRONG.email]))
    assert await database.fetch("SELECT FROM outbox_message WHERE topic = 'scheduling.cancelled'") == []


async def test_place_is_not_swapped_for_itself():
    bob, place, old, _new = await a_swap(seats=1)

    assert await take_instead_of([place], old.code, bob, consents=[]) is None

    assert await held(old) == (1, ["bob@example.ca"])
    assert await database.fetch("SELECT FROM outbox_message WHERE topic = 'scheduling.cancelled'") == []


async def test_place_is_not_swapped_for_another_that_its_holder_has():
    edition, bob = await make_edition(), await make_person()
    old = await another_slot(edition, "Mots de passe")
    later = await make_slot(await make_activity(edition), starts_at=IN_A_YEAR + timedelta(hours=3))
    place = (await take_place(old.code, Applicant(person_id=bob), consents=AGREED)).code
    await take_place(later.code, Applicant(person_id=bob), consents=AGREED)

    assert await take_instead_of([place], later.code, bob, consents=[]) is None

    assert (await held(old), await held(later)) == ((1, ["bob@example.ca"]), (1, ["bob@example.ca"]))


async def test_places_of_others_are_never_given_back():
    _bob, place, old, new = await a_swap(seats=1)
    charlie = await make_person("Charlie Roy", "charlie@example.ca")

    assert await take_instead_of([place], new.code, charlie, consents=[]) is None
    assert (await held(old), await held(new)) == ((1, ["bob@example.ca"]), (0, []))


async def test_swaps_in_opposite_directions_wait_for_each_other_and_both_succeed():
    edition = await make_edition()
    one, other = await another_slot(edition, "Un"), await another_slot(edition, "Deux")
    people = [await make_person(f"Personne {n}", f"p{n}@example.ca") for n in range(8)]
    places = []
    for number, person in enumerate(people):
        slot = other if number % 2 else one
        places.append((await take_place(slot.code, Applicant(person_id=person), consents=AGREED)).code)

    answers = await asyncio.gather(
        *(
            take_instead_of([place], (one if number % 2 else other).code, person, consents=[])
            for number, (person, place) in enumerate(zip(people, places, strict=True))
        )
    )

    assert [answer and answer.outcome for answer in answers] == ["confirmed"] * 8
    assert ((await held(one))[0], (await held(other))[0]) == (4, 4)

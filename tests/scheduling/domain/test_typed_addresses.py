"""A place asked for at an address that anybody may have typed: what its owner has not proved changes little."""

from datetime import datetime, timedelta

import pytest

from digital_days.kernel import consents, database
from digital_days.kernel.private_links import remember_proof
from scheduling.domain.places import Applicant, take_place
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_person, make_slot

pytestmark = pytest.mark.usefixtures("db")

BOB = Applicant(name="Bob Tremblay", email="bob@example.ca")
CHARLIE = Applicant(name="Charlie Roy", email="charlie@example.ca")
AGREED = consents.given({"registration"}, organiser="MRC d’Argenteuil")


async def a_slot(*, seats: int = 2) -> Made:
    return await make_slot(await make_activity(await make_edition()), seats=seats)


async def test_known_person_registers_under_their_own_name():
    slot = await a_slot()
    bob = await make_person()

    await take_place(slot.code, Applicant(person_id=bob), consents=AGREED)

    [place] = await database.fetch("SELECT person FROM place")
    assert place["person"] == bob


async def test_name_typed_anew_is_taken_while_no_ticket_bears_another():
    slot = await a_slot(seats=1)
    await take_place(slot.code, CHARLIE, consents=AGREED)
    await take_place(slot.code, Applicant(name="Forged Name", email=BOB.email), consents=AGREED)

    await take_place(slot.code, BOB, consents=AGREED)

    [person] = await database.fetch("SELECT name, search_key FROM person WHERE email = $1", BOB.email)
    assert tuple(person.values()) == ("Bob Tremblay", "bob tremblay bob@example.ca")


@pytest.mark.parametrize("slots", [1, 2], ids=["the same slot", "another slot"])
async def test_name_on_a_ticket_stays_whatever_a_stranger_types_for_its_address(slots: int):
    edition = await make_edition()
    hours = [IN_A_YEAR + timedelta(hours=2 * number) for number in range(slots)]
    made = [await make_slot(await make_activity(edition), starts_at=hour) for hour in hours]
    await take_place(made[0].code, BOB, consents=AGREED)

    await take_place(made[-1].code, Applicant(name="Forged Name", email=BOB.email), consents=AGREED)

    [person] = await database.fetch("SELECT name, search_key FROM person")
    assert tuple(person.values()) == ("Bob Tremblay", "bob tremblay bob@example.ca")


async def test_stranger_does_not_change_the_name_of_a_proved_address():
    slot = await a_slot()
    await remember_proof(await make_person("Robert Tremblay"))

    await take_place(slot.code, BOB, consents=AGREED)

    assert [row["name"] for row in await database.fetch("SELECT name FROM person")] == ["Robert Tremblay"]
    [person] = await database.fetch("SELECT search_key FROM person")
    assert person["search_key"] == "robert tremblay bob@example.ca"


async def test_only_what_is_required_counts_once_the_address_is_proved():
    slot = await a_slot()
    bob = await make_person()
    await take_place(slot.code, BOB, consents=consents.given({"registration", "news"}, organiser="MRC d’Argenteuil"))

    assert await proofs() == [None, None]
    await remember_proof(bob)

    rows = await database.fetch("SELECT purpose, proved_at IS NOT NULL AS proved FROM consent ORDER BY purpose")
    assert [tuple(row.values()) for row in rows] == [("news", False), ("registration", True)]


async def test_stranger_s_consents_never_count_under_an_address_proved_before():
    slot = await a_slot()
    bob = await make_person()
    await remember_proof(bob)
    await take_place(slot.code, BOB, consents=consents.given({"registration", "news"}, organiser="MRC d’Argenteuil"))

    await remember_proof(bob)

    assert await proofs() == [None, None]


async def test_known_person_s_consents_count_at_once():
    slot = await a_slot()

    await take_place(slot.code, Applicant(person_id=await make_person()), consents=AGREED)

    assert None not in await proofs()


async def proofs() -> list[datetime | None]:
    return [row["proved_at"] for row in await database.fetch("SELECT proved_at FROM consent ORDER BY id")]

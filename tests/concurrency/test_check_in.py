"""Two desks, one ticket: whatever the moment, one welcome."""

import asyncio
from collections import Counter

import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.check_in import check_in, undo_check_in
from digital_days.kernel.desk_registrations import register_at_desk
from scheduling.domain.attendance import arrive, let_in
from scheduling.domain.slots import slot_anywhere
from tests.desk_factories import MORNING, give_place, make_attendee, make_volunteer
from tests.factories import make_activity, make_edition, make_person, make_slot

pytestmark = pytest.mark.usefixtures("committed")

AT_ONCE = 20


async def test_one_of_many_desks_welcomes_when_all_scan_the_same_ticket():
    edition = await make_edition()
    alice, bob = await make_volunteer(edition), await make_attendee(edition)

    told = await asyncio.gather(*(check_in(bob.code, edition_id=edition.id, by=alice) for _ in range(AT_ONCE)))

    assert Counter(each.outcome for each in told) == {"welcome": 1, "already": AT_ONCE - 1}
    assert len({each.at for each in told}) == 1


async def test_every_scan_is_answered_when_entries_are_undone_meanwhile():
    edition = await make_edition()
    alice, bob = await make_volunteer(edition), await make_attendee(edition)

    told: list[str] = []
    undone: list[bool] = []

    async def enter() -> None:
        told.append((await check_in(bob.code, edition_id=edition.id, by=alice)).outcome)

    async def undo() -> None:
        undone.append(await undo_check_in(bob.code, edition_id=edition.id))

    for _ in range(5):
        await asyncio.gather(*(act() for _ in range(6) for act in (enter, undo)))
    [row] = await database.fetch("SELECT count(*) AS entries FROM check_in")

    assert set(told) <= {"welcome", "already"}
    assert told.count("welcome") == undone.count(True) + row["entries"]


async def test_one_of_many_doors_marks_the_person_present():
    edition = await make_edition()
    slot = await make_slot(await make_activity(edition), seats=1)
    alice, bob = await make_volunteer(edition), await make_attendee(edition)
    await give_place(bob, slot)
    door = await slot_anywhere(slot.code)

    with clock.stopped_at(MORNING):
        told = await asyncio.gather(*(arrive(door, bob.code, by=alice) for _ in range(AT_ONCE)))

    assert Counter(each.outcome for each in told) == {"present": 1, "already": AT_ONCE - 1}


async def test_last_seat_goes_to_one_of_many_people_at_the_door():
    edition = await make_edition()
    slot = await make_slot(await make_activity(edition), seats=1)
    alice = await make_volunteer(edition)
    people = [await make_attendee(edition, f"Bob {n}", f"bob{n}@example.ca") for n in range(AT_ONCE)]
    door = await slot_anywhere(slot.code)

    told = await asyncio.gather(*(let_in(door, person.code, by=alice) for person in people))

    assert Counter(each.outcome for each in told) == {"present": 1, "full": AT_ONCE - 1}
    assert (await slot_anywhere(slot.code)).taken == 1


async def test_two_desks_register_two_people_with_the_same_new_address():
    edition = await make_edition()

    made = await asyncio.gather(
        *(
            register_at_desk(
                edition_id=edition.id,
                name=f"Bob {number}",
                email="famille@example.ca",
                locale="fr",
                agreed={"registration"},
                form_code=f"F{number}",
            )
            for number in range(5)
        )
    )

    assert len(set(made)) == 5
    [row] = await database.fetch("SELECT count(*) AS people, count(account_email) AS accounts FROM person")
    assert (row["people"], row["accounts"]) == (5, 1)


async def test_form_sent_many_times_at_once_registers_once():
    edition = await make_edition()
    await make_person()

    made = await asyncio.gather(
        *(
            register_at_desk(
                edition_id=edition.id, name="Bob", email="", locale="fr", agreed={"registration"}, form_code="F1"
            )
            for _ in range(AT_ONCE)
        )
    )

    assert len(set(made)) == 1
    assert len(await database.fetch("SELECT FROM registration")) == 1

"""At a room's door: present once, absent, undone; who has no place enters while seats remain."""

from datetime import timedelta

import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.check_in import UnknownTicket
from scheduling.domain.attendance import (
    Expected,
    NotExpected,
    SlotCancelled,
    arrive,
    expected,
    let_in,
    mark_absent,
    unmark,
)
from scheduling.domain.places import RegistrationClosed, cancel_place
from scheduling.domain.slots import SlotSummary, slot_anywhere
from tests.desk_factories import give_place, make_attendee, make_volunteer
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_room, make_slot
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db", "app")

JUST_BEFORE = IN_A_YEAR - timedelta(minutes=5)
DURING = IN_A_YEAR + timedelta(minutes=10)


async def a_door(edition: Made, *, seats: int | None = 2) -> tuple[SlotSummary, Made]:
    slot = await make_slot(await make_activity(edition), seats=seats)
    return await slot_anywhere(slot.code), slot


async def states(slot: SlotSummary) -> list[tuple[str, str]]:
    return [(person.name, person.state) for person in await expected(slot)]


async def test_holder_of_a_place_is_present_once_and_then_since_when():
    edition = await make_edition()
    door, slot = await a_door(edition)
    alice, bob = await make_volunteer(edition), await make_attendee(edition)
    await give_place(bob, slot)

    with clock.stopped_at(JUST_BEFORE):
        first = await arrive(door, bob.code, by=alice)
    with clock.stopped_at(DURING):
        second = await arrive(door, bob.code, by=alice)

    assert (first.outcome, first.name, first.at) == ("present", "Bob Tremblay", JUST_BEFORE)
    assert (second.outcome, second.name, second.at) == ("already", "Bob Tremblay", JUST_BEFORE)
    assert await expected(door) == [
        Expected(registration=bob.code, name="Bob Tremblay", email="bob@example.ca", state="present", at=JUST_BEFORE)
    ]


async def test_presence_goes_with_a_place_given_back_before_the_beginning_and_stays_after_it():
    edition = await make_edition()
    door, slot = await a_door(edition)
    alice, bob = await make_volunteer(edition), await make_attendee(edition)
    charlie = await make_attendee(edition, "Charlie Roy", "charlie@example.ca")
    for person in (bob, charlie):
        await give_place(person, slot)
        with clock.stopped_at(JUST_BEFORE):
            await arrive(door, person.code, by=alice)
    places = await database.fetch("SELECT code FROM place ORDER BY id")

    with clock.stopped_at(JUST_BEFORE):
        await cancel_place(places[0]["code"])
    with clock.stopped_at(DURING):
        await cancel_place(places[1]["code"], by="desk")

    assert await states(door) == [("Charlie Roy", "present")]


async def test_mark_is_taken_back_once():
    edition = await make_edition()
    door, slot = await a_door(edition)
    alice, bob = await make_volunteer(edition), await make_attendee(edition)
    await give_place(bob, slot)
    with clock.stopped_at(JUST_BEFORE):
        await arrive(door, bob.code, by=alice)

    assert [await unmark(door, bob.code) for _ in range(2)] == [True, False]
    assert await states(door) == [("Bob Tremblay", "")]


async def test_absent_person_who_comes_late_is_present():
    edition = await make_edition()
    door, slot = await a_door(edition)
    alice, bob = await make_volunteer(edition), await make_attendee(edition)
    await give_place(bob, slot)

    await mark_absent(door, bob.code, by=alice)
    await mark_absent(door, bob.code, by=alice)
    assert await states(door) == [("Bob Tremblay", "absent")]

    told = await arrive(door, bob.code, by=alice)
    assert (told.outcome, await states(door)) == ("off_day", [("Bob Tremblay", "absent")])

    with clock.stopped_at(DURING):
        assert (await arrive(door, bob.code, by=alice)).outcome == "present"
    assert await states(door) == [("Bob Tremblay", "present")]


async def test_only_holders_of_a_place_can_be_absent():
    edition = await make_edition()
    door, _slot = await a_door(edition)
    alice, charlie = await make_volunteer(edition), await make_attendee(edition, "Charlie Roy", "charlie@example.ca")

    with pytest.raises(NotExpected):
        await mark_absent(door, charlie.code, by=alice)


async def test_person_without_a_place_is_told_how_many_are_left():
    edition = await make_edition()
    door, slot = await a_door(edition, seats=2)
    alice, bob = await make_volunteer(edition), await make_attendee(edition)
    charlie = await make_attendee(edition, "Charlie Roy", "charlie@example.ca")
    await give_place(bob, slot)

    with clock.stopped_at(JUST_BEFORE):
        told = await arrive(door, charlie.code, by=alice)

    assert (told.outcome, told.left) == ("no_place", 1)
    assert await states(door) == [("Bob Tremblay", "")]


@pytest.mark.parametrize("moment", [JUST_BEFORE, DURING])
async def test_person_without_a_place_is_let_in_while_seats_remain(moment):
    edition = await make_edition()
    door, _slot = await a_door(edition, seats=1)
    alice, bob = await make_volunteer(edition), await make_attendee(edition)
    charlie = await make_attendee(edition, "Charlie Roy", "charlie@example.ca")

    with clock.stopped_at(moment):
        told = [await let_in(door, each.code, by=alice) for each in (bob, bob, charlie)]

    assert [each.outcome for each in told] == ["present", "already", "full"]
    assert (await slot_anywhere(door.code)).taken == 1
    assert await states(door) == [("Bob Tremblay", "present")]


async def test_nobody_is_let_in_when_the_activity_is_over():
    edition = await make_edition()
    door, _slot = await a_door(edition)
    alice, bob = await make_volunteer(edition), await make_attendee(edition)

    with clock.stopped_at(IN_A_YEAR + timedelta(hours=1)), pytest.raises(RegistrationClosed):
        await let_in(door, bob.code, by=alice)


async def test_person_expected_elsewhere_is_not_let_in():
    edition = await make_edition()
    door, _slot = await a_door(edition)
    other = await make_slot(await make_activity(edition, "Ailleurs"), room=await make_room(edition))
    alice, bob = await make_volunteer(edition), await make_attendee(edition)
    await give_place(bob, other)

    with clock.stopped_at(JUST_BEFORE):
        told = [await arrive(door, bob.code, by=alice), await let_in(door, bob.code, by=alice)]

    assert [(each.outcome, each.name) for each in told] == [("overlap", "Bob Tremblay")] * 2
    assert [each.held and (each.held.title, each.held.starts_at) for each in told] == [("Ailleurs", IN_A_YEAR)] * 2
    assert (await slot_anywhere(door.code)).taken == 0


async def test_free_entry_takes_every_ticket_of_the_edition():
    edition = await make_edition()
    door, _slot = await a_door(edition, seats=None)
    alice, bob = await make_volunteer(edition), await make_attendee(edition)

    with clock.stopped_at(JUST_BEFORE):
        told = await arrive(door, bob.code, by=alice)

    assert (told.outcome, told.left) == ("present", None)
    assert await states(door) == [("Bob Tremblay", "present")]


@pytest.mark.parametrize("seats", [2, None])
async def test_cancelled_registration_does_not_enter(seats: int | None):
    edition = await make_edition()
    door, _slot = await a_door(edition, seats=seats)
    alice, bob = await make_volunteer(edition), await make_attendee(edition, state="cancelled")

    told = [await arrive(door, bob.code, by=alice), await let_in(door, bob.code, by=alice)]

    assert [each.outcome for each in told] == ["cancelled", "cancelled"]
    assert await states(door) == []


@pytest.mark.parametrize("seats", [2, None])
async def test_ticket_of_another_edition_does_not_enter_and_names_nobody(seats: int | None):
    here, there = await make_edition(), await make_edition("cafe2028", name="Café numérique")
    door, _slot = await a_door(here, seats=seats)
    alice, bob = await make_volunteer(here), await make_attendee(there)

    told = [await arrive(door, bob.code, by=alice), await let_in(door, bob.code, by=alice)]

    assert [(each.outcome, each.name, each.edition_fr) for each in told] == [("elsewhere", "", "Café numérique")] * 2
    with pytest.raises(NotExpected):
        await mark_absent(door, bob.code, by=alice)
    assert await unmark(door, bob.code) is False


async def test_unknown_ticket_and_cancelled_slot_are_refused():
    edition = await make_edition()
    door, slot = await a_door(edition)
    alice, bob = await make_volunteer(edition), await make_attendee(edition)
    with pytest.raises(UnknownTicket):
        await arrive(door, "NOSUCHCODE", by=alice)
    await database.fetch("UPDATE slot SET state = 'cancelled' WHERE id = $1", slot.id)

    cancelled = await slot_anywhere(slot.code)

    with pytest.raises(SlotCancelled):
        await arrive(cancelled, bob.code, by=alice)
    with pytest.raises(SlotCancelled):
        await mark_absent(cancelled, bob.code, by=alice)


async def test_list_is_one_statement_for_one_person_and_for_three():
    edition = await make_edition()
    door, slot = await a_door(edition, seats=5)
    await give_place(await make_attendee(edition, "Zoé Roy", "zoe@example.ca"), slot)
    async with counted_statements() as for_one:
        await expected(door)
    for name in ("Élise Côté", "Bob Tremblay"):
        await give_place(await make_attendee(edition, name, f"{name[:1]}@example.ca"), slot)
    async with counted_statements() as for_three:
        people = await expected(door)

    assert [person.name for person in people] == ["Bob Tremblay", "Élise Côté", "Zoé Roy"]
    assert (len(for_one), len(for_three)) == (1, 1)

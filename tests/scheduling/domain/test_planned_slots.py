"""Moves on the draft's schedule, one after the other; two at once: tests/concurrency/test_planned_slots.py."""

from datetime import timedelta

import pytest

from digital_days.kernel import database
from scheduling.domain.drafts import draft_of
from scheduling.domain.planned_slots import move_slot, place_activity, remove_slot
from scheduling.domain.planning import PlacedSlot, planning_of
from scheduling.domain.refused_moves import (
    AlreadyPlaced,
    EndsTooSoon,
    LastsTooLong,
    NoSuchActivity,
    NoSuchRoom,
    SlotChanged,
    SlotGone,
    SlotsChanged,
)
from tests.factories import IN_A_YEAR, make_edition, make_room
from tests.scheduling.planned import HOUR, Draft, make_draft

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
async def world() -> Draft:
    return await make_draft()


async def move(world: Draft, **other: object) -> None:
    asked = {
        "version": world.placed.version,
        "room": world.garage,
        "starts_at": IN_A_YEAR + HOUR,
        "ends_at": IN_A_YEAR + 2 * HOUR,
        "by": world.alice,
        **other,
    }
    await move_slot(world.draft, world.placed.code, **asked)  # type: ignore[arg-type] # of many types


async def test_moved_slot_is_the_same_slot_elsewhere(world: Draft):
    await move(world)

    slot = await world.slot()
    assert (slot.room.name if slot.room else "", slot.starts_at, slot.ends_at) == (
        "Garage",
        IN_A_YEAR + HOUR,
        IN_A_YEAR + 2 * HOUR,
    )
    assert (slot.seats, slot.changed_by_name) == (12, "Alice Roy")
    assert slot.version != world.placed.version
    keys = await database.fetch("SELECT count(*), count(DISTINCT source_id) FROM slot")
    assert [tuple(row.values()) for row in keys] == [(2, 1)]


async def test_public_slot_stays_where_it_is_when_its_draft_moves(world: Draft):
    await move(world)

    (public,) = (await planning_of(world.edition.id)).slots
    assert public.starts_at == IN_A_YEAR


async def test_later_move_is_told_who_was_faster_and_where_it_is(world: Draft):
    await move(world)

    with pytest.raises(SlotChanged) as refused:
        await move(world, room=world.lilac, by=world.bob)

    assert str(refused.value).replace("\N{NO-BREAK SPACE}", " ") == (
        "Cette plage vient d’être changée par Alice Roy. Elle est maintenant ici : Garage, 21 octobre 2027, "
        "10 h à 11 h. Votre changement n’a pas été fait."
    )
    assert (await world.slot()).changed_by == world.alice


async def test_later_move_of_ones_own_is_told_so(world: Draft):
    await move(world, room=None)

    with pytest.raises(SlotChanged, match="par vous, dans une autre fenêtre"):
        await move(world)


async def test_move_sent_twice_is_no_refusal(world: Draft):
    await move(world)
    await move(world)

    assert (await world.slot()).starts_at == IN_A_YEAR + HOUR


async def test_move_may_say_the_seats(world: Draft):
    await move(world, seats=None)

    assert (await world.slot()).seats is None


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"ends_at": IN_A_YEAR + HOUR}, EndsTooSoon),
        ({"ends_at": IN_A_YEAR + timedelta(days=2)}, LastsTooLong),
        ({"room": 10**6}, NoSuchRoom),
    ],
)
async def test_move_is_refused_when_it_cannot_be(world: Draft, asked: dict[str, object], refusal: type[Exception]):
    with pytest.raises(refusal):
        await move(world, **asked)

    assert await world.slot() == world.placed


async def test_room_of_another_edition_is_no_room(world: Draft):
    foreign = await make_room(await make_edition("jn2028"))

    with pytest.raises(NoSuchRoom):
        await move(world, room=foreign)


async def test_slot_of_another_edition_is_no_slot(world: Draft):
    other = await draft_of((await make_edition("jn2028")).id)

    with pytest.raises(SlotGone):
        await move_slot(
            other,
            world.placed.code,
            version=world.placed.version,
            room=None,
            starts_at=IN_A_YEAR,
            ends_at=IN_A_YEAR + HOUR,
            by=world.alice,
        )


async def test_removed_activity_waits_to_be_placed(world: Draft):
    await remove_slot(world.draft, world.placed.code, version=world.placed.version, by=world.alice)

    planning = await world.planning()
    assert planning.slots == ()
    assert [each.title for each in planning.unplaced] == ["Atelier", "Conférence"]
    with pytest.raises(SlotGone):
        await move(world)


async def test_slot_is_not_removed_when_somebody_has_moved_it(world: Draft):
    await move(world)

    with pytest.raises(SlotChanged):
        await remove_slot(world.draft, world.placed.code, version=world.placed.version, by=world.bob)

    assert (await world.slot()).room


async def place(world: Draft, **other: object) -> PlacedSlot:
    asked = {"room": world.lilac, "starts_at": IN_A_YEAR, "by": world.alice, **other}
    code = await place_activity(world.draft, world.waiting, **asked)  # type: ignore[arg-type] # of many types
    slot = (await world.planning()).slot(code)
    assert slot
    return slot


async def test_placed_activity_lasts_as_long_as_it_says(world: Draft):
    await database.fetch("UPDATE activity SET minutes = 45 WHERE code = $1", world.waiting)

    slot = await place(world)

    assert (slot.title, slot.starts_at, slot.ends_at) == ("Atelier", IN_A_YEAR, IN_A_YEAR + timedelta(minutes=45))
    assert (await world.planning()).unplaced == ()


@pytest.mark.parametrize(
    ("workstations", "needs", "seats"), [(None, False, 40), (8, True, 8), (8, False, 40), (None, True, 40)]
)
async def test_new_slot_has_as_many_seats_as_its_room_allows(
    world: Draft, workstations: int | None, needs: bool, seats: int
):
    await database.fetch("UPDATE room SET workstations = $1", workstations)
    await database.fetch("UPDATE activity SET needs_workstations = $1", needs)

    assert (await place(world)).seats == seats


async def test_entry_is_free_when_nobody_knows_what_the_room_holds(world: Draft):
    assert (await place(world, room=world.garage)).seats is None


async def test_another_time_has_the_seats_of_the_first(world: Draft):
    first = await place(world, seats=7)

    again = await place(world, starts_at=IN_A_YEAR + HOUR, beside=1)

    assert (first.seats, again.seats) == (7, 7)


async def test_activity_is_placed_once_when_two_saw_it_wait(world: Draft):
    await place(world)

    with pytest.raises(AlreadyPlaced) as refused:
        await place(world, room=world.garage, by=world.bob)

    assert str(refused.value).replace("\N{NO-BREAK SPACE}", " ") == (
        "Cette activité vient d’être placée par Alice Roy, ici : Salle des Lilas, 21 octobre 2027, 9 h à 10 h. "
        "Votre changement n’a pas été fait."
    )


async def test_another_time_is_refused_when_they_are_more_by_now(world: Draft):
    await place(world)
    await place(world, beside=1)

    with pytest.raises(SlotsChanged):
        await place(world, beside=1)


async def test_slot_that_comes_back_is_the_one_that_people_hold_places_in(world: Draft):
    await remove_slot(world.draft, world.placed.code, version=world.placed.version, by=world.alice)
    (activity,) = [each.code for each in (await world.planning()).unplaced if each.title == "Conférence"]

    code = await place_activity(world.draft, activity, room=world.garage, starts_at=IN_A_YEAR, by=world.alice)
    again = await place_activity(
        world.draft, activity, room=world.garage, starts_at=IN_A_YEAR + HOUR, beside=1, by=world.alice
    )

    keys = await database.fetch(
        """
        SELECT s.code, s.seats, s.source_id IN (SELECT z.source_id FROM slot z JOIN activity a ON a.id = z.activity
            WHERE a.edition = $1) AS public FROM slot s WHERE s.code = ANY($2) ORDER BY s.starts_at
        """,
        world.edition.id,
        [code, again],
    )
    assert [tuple(row.values()) for row in keys] == [(code, 12, True), (again, 12, False)]


async def test_activity_of_another_edition_is_no_activity(world: Draft):
    other = await draft_of((await make_edition("jn2028")).id)

    with pytest.raises(NoSuchActivity):
        await place_activity(other, world.waiting, room=None, starts_at=IN_A_YEAR, by=world.alice)

"""Two organisers at the same slot in the same moment: one wins, the others are told, nothing is lost in silence."""

import asyncio
from datetime import timedelta

import pytest

from scheduling.domain.drafts import draft_of
from scheduling.domain.planned_slots import move_slot, place_activity, remove_slot
from scheduling.domain.planning import planning_of
from scheduling.domain.refused_moves import AlreadyPlaced, SlotChanged, SlotGone
from tests.factories import IN_A_YEAR, make_activity, make_edition, make_person, make_slot

pytestmark = pytest.mark.usefixtures("committed")
HOUR = timedelta(hours=1)
MANY = 8


async def test_slot_goes_where_exactly_one_of_many_wants_it():
    edition = await make_edition()
    await make_slot(await make_activity(edition))
    draft = await draft_of(edition.id)
    (slot,) = (await planning_of(draft)).slots
    people = [await make_person(f"Personne {number}", f"p{number}@example.ca") for number in range(MANY)]

    async def move(number: int) -> None:
        starts_at = IN_A_YEAR + (number + 1) * HOUR
        await move_slot(
            draft,
            slot.code,
            version=slot.version,
            room=None,
            starts_at=starts_at,
            ends_at=starts_at + HOUR,
            by=people[number],
        )

    outcomes = await asyncio.gather(*map(move, range(MANY)), return_exceptions=True)

    (winner,) = [number for number, outcome in enumerate(outcomes) if outcome is None]
    told = [outcome for outcome in outcomes if outcome is not None]
    assert [type(each) for each in told] == [SlotChanged] * (MANY - 1)
    assert all(f"Personne {winner}" in str(each) for each in told)
    (now,) = (await planning_of(draft)).slots
    assert (now.starts_at, now.changed_by) == (IN_A_YEAR + (winner + 1) * HOUR, people[winner])


async def test_activity_is_placed_once_when_many_place_it():
    edition = await make_edition()
    activity = await make_activity(edition)
    draft = await draft_of(edition.id)
    (waiting,) = (await planning_of(draft)).unplaced
    alice = await make_person("Alice Roy")

    async def place(number: int) -> str:
        return await place_activity(draft, waiting.code, room=None, starts_at=IN_A_YEAR + number * HOUR, by=alice)

    outcomes = await asyncio.gather(*map(place, range(MANY)), return_exceptions=True)

    assert [type(each) for each in outcomes if not isinstance(each, str)] == [AlreadyPlaced] * (MANY - 1)
    assert len((await planning_of(draft)).slots) == 1
    assert activity.code != waiting.code


async def test_slot_is_moved_or_removed_but_not_both():
    edition = await make_edition()
    await make_slot(await make_activity(edition))
    draft = await draft_of(edition.id)
    (slot,) = (await planning_of(draft)).slots
    alice = await make_person("Alice Roy")
    later = {"room": None, "starts_at": IN_A_YEAR + HOUR, "ends_at": IN_A_YEAR + 2 * HOUR}

    outcomes = await asyncio.gather(
        move_slot(draft, slot.code, version=slot.version, by=alice, **later),  # type: ignore[arg-type] # of many types
        remove_slot(draft, slot.code, version=slot.version, by=alice),
        return_exceptions=True,
    )

    left = (await planning_of(draft)).slots
    assert [type(each) for each in outcomes] == ([type(None), SlotChanged] if left else [SlotGone, type(None)])

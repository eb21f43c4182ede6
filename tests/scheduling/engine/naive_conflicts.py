"""The same conflicts straight from the words of each rule: quarter by quarter, everything with everything."""

from collections.abc import Iterator
from datetime import datetime

from scheduling.engine.conflicts import Conflict, Plan, PlannedSlot
from scheduling.engine.overlaps import Span
from tests.scheduling.engine.plans import QUARTER

LABELS = range(1, 3)


def naive_conflicts(planned: Plan) -> list[Conflict]:
    """In no order."""
    return [
        *_of_rooms(planned),
        *_of_speakers(planned),
        *_of_the_public(planned),
        *(
            conflict
            for slot in planned.slots.values()
            for conflict in [*_unfit(planned, slot), *_untimely(planned, slot)]
        ),
    ]


def _of_rooms(planned: Plan) -> Iterator[Conflict]:
    for room in planned.rooms:
        for group in _together([slot for slot in planned.slots.values() if slot.room == room]):
            yield Conflict(kind="room_taken", hard=True, slots=group, room=room)


def _of_speakers(planned: Plan) -> Iterator[Conflict]:
    for speaker in planned.speakers:
        for group in _together([slot for slot in planned.slots.values() if speaker in slot.speakers]):
            yield Conflict(kind="speaker_twice", hard=True, slots=group, speaker=speaker)


def _of_the_public(planned: Plan) -> Iterator[Conflict]:
    for both in ((audience, theme) for audience in LABELS for theme in LABELS):
        for group in _together([slot for slot in planned.slots.values() if (slot.audience, slot.theme) == both]):
            if len({planned.slots[number].activity for number in group}) > 1:
                yield Conflict(kind="same_public", hard=False, slots=group)


def _unfit(planned: Plan, slot: PlannedSlot) -> Iterator[Conflict]:
    if slot.room is None:
        return
    room = planned.rooms[slot.room]
    if room.capacity and slot.seats and slot.seats > room.capacity:
        yield Conflict(kind="room_small", hard=False, slots=(slot.id,), room=room.id)
    here = room.workstations or 0
    if slot.needs_workstations and (here == 0 or (slot.seats and slot.seats > here)):
        yield Conflict(kind="no_workstations", hard=False, slots=(slot.id,), room=room.id)


def _untimely(planned: Plan, slot: PlannedSlot) -> Iterator[Conflict]:
    for speaker in set(slot.speakers) & set(planned.available):
        if not all(any(_is_on(moment, free) for free in planned.available[speaker]) for moment in _quarters(slot)):
            yield Conflict(kind="speaker_unavailable", hard=False, slots=(slot.id,), speaker=speaker)
    for opening in planned.opening:
        if _is_on(slot.starts_at, opening.day) and not all(_is_on(at, opening.hours) for at in _quarters(slot)):
            yield Conflict(kind="outside_hours", hard=False, slots=(slot.id,), hours=opening.hours)


def _together(slots: list[PlannedSlot]) -> set[tuple[int, ...]]:
    groups = {
        tuple(sorted(other.id for other in slots if other.starts_at <= each.starts_at < other.ends_at))
        for each in slots
    }
    return {group for group in groups if len(group) > 1 and not any(set(group) < set(larger) for larger in groups)}


def _quarters(slot: PlannedSlot) -> list[datetime]:
    return [slot.starts_at + number * QUARTER for number in range((slot.ends_at - slot.starts_at) // QUARTER)]


def _is_on(moment: datetime, span: Span) -> bool:
    return span[0] <= moment < span[1]

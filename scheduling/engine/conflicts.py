"""What does not fit together in a programme: each conflict with those concerned. Words: ``domain/conflict_wording``."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal, TypeVar

from msgspec import Struct

from scheduling.engine.overlaps import Span, at_once, merged

K = TypeVar("K")

Kind = Literal[
    "room_taken",
    "speaker_twice",
    "room_small",
    "no_workstations",
    "speaker_unavailable",
    "same_public",
    "outside_hours",
]


class PlannedRoom(Struct, frozen=True, kw_only=True):
    """``capacity`` 0 or None: nobody knows; ``workstations`` 0 or None: there are none."""

    id: int
    name: str
    capacity: int | None = None
    workstations: int | None = None


class PlannedSlot(Struct, frozen=True, kw_only=True):
    """``seats`` None: free entry. ``audience`` and ``theme`` are numbers of labels."""

    id: int
    code: str
    key: str
    activity: int
    title: str
    starts_at: datetime
    ends_at: datetime
    room: int | None = None
    seats: int | None = None
    needs_workstations: bool = False
    speakers: tuple[int, ...] = ()
    audience: int | None = None
    theme: int | None = None

    @property
    def span(self) -> Span:
        """From its start to its end."""
        return self.starts_at, self.ends_at

    @property
    def public(self) -> tuple[int, int] | None:
        """Whom it is for, about what; none where either is not said."""
        return (self.audience, self.theme) if self.audience and self.theme else None


class Opening(Struct, frozen=True):
    """A day, midnight to midnight, and its hours; what begins on the day belongs into the hours."""

    day: Span
    hours: Span


class Plan(Struct, frozen=True, kw_only=True):
    """A programme by numbers. ``available`` names only speakers who cannot always come; ``opening`` days with hours."""

    slots: Mapping[int, PlannedSlot]
    rooms: Mapping[int, PlannedRoom]
    speakers: Mapping[int, str]
    labels: Mapping[int, str]
    available: Mapping[int, Sequence[Span]]
    opening: Sequence[Opening]


class Conflict(Struct, frozen=True, kw_only=True):
    """``hard``: impossible, no release has it; else it could be better. ``slots`` are numbers, sorted."""

    kind: Kind
    hard: bool
    slots: tuple[int, ...]
    room: int | None = None
    speaker: int | None = None
    hours: Span | None = None


def conflicts(plan: Plan) -> list[Conflict]:
    """Every conflict once, in order of its first slot's start; several at the same moment are one conflict.

    Parameters
    ----------
    plan : slots of n ≤ some thousands; each lasts, its room and its speakers are the plan's own.

    O(n log n) beside the size of the answer, which is at most n groups for each kind and speaker.
    """

    def begins(conflict: Conflict) -> datetime:
        return min(plan.slots[slot].starts_at for slot in conflict.slots)

    found = [conflict for check in _CHECKS for conflict in check(plan)]
    return sorted(found, key=lambda each: (begins(each), not each.hard, each.slots))


def _rooms_taken(plan: Plan) -> Iterator[Conflict]:
    for room, slots in _grouped(plan, lambda slot: [slot.room]):
        for group in _at_once(slots):
            yield Conflict(kind="room_taken", hard=True, slots=group, room=room)


def _speakers_twice(plan: Plan) -> Iterator[Conflict]:
    for speaker, slots in _grouped(plan, lambda slot: set(slot.speakers)):
        for group in _at_once(slots):
            yield Conflict(kind="speaker_twice", hard=True, slots=group, speaker=speaker)


def _rooms_unfit(plan: Plan) -> Iterator[Conflict]:
    for slot in plan.slots.values():
        room = plan.rooms[slot.room] if slot.room is not None else None
        if room and room.capacity and (slot.seats or 0) > room.capacity:
            yield Conflict(kind="room_small", hard=False, slots=(slot.id,), room=room.id)
        if room and slot.needs_workstations and (room.workstations or 0) < max(slot.seats or 0, 1):
            yield Conflict(kind="no_workstations", hard=False, slots=(slot.id,), room=room.id)


def _speakers_unavailable(plan: Plan) -> Iterator[Conflict]:
    whole = {speaker: merged(spans) for speaker, spans in plan.available.items()}
    for slot in plan.slots.values():
        for speaker in sorted(set(slot.speakers) & whole.keys()):
            if not _within(slot.span, whole[speaker]):
                yield Conflict(kind="speaker_unavailable", hard=False, slots=(slot.id,), speaker=speaker)


def _same_public(plan: Plan) -> Iterator[Conflict]:
    for _public, slots in _grouped(plan, lambda slot: [slot.public]):
        for group in _at_once(slots):
            if len({plan.slots[slot].activity for slot in group}) > 1:
                yield Conflict(kind="same_public", hard=False, slots=group)


def _outside_hours(plan: Plan) -> Iterator[Conflict]:
    for slot in plan.slots.values():
        for opening in plan.opening:
            if _starts_in(slot.span, opening.day) and not _within(slot.span, [opening.hours]):
                yield Conflict(kind="outside_hours", hard=False, slots=(slot.id,), hours=opening.hours)


_CHECKS = (_rooms_taken, _speakers_twice, _rooms_unfit, _speakers_unavailable, _same_public, _outside_hours)


def _grouped(plan: Plan, keys: Callable[[PlannedSlot], Iterable[K | None]]) -> Iterable[tuple[K, list[PlannedSlot]]]:
    groups: defaultdict[K, list[PlannedSlot]] = defaultdict(list)
    for slot in plan.slots.values():
        for key in keys(slot):
            if key is not None:
                groups[key].append(slot)
    return groups.items()


def _at_once(slots: Iterable[PlannedSlot]) -> list[tuple[int, ...]]:
    return at_once((slot.id, slot.span) for slot in slots)


def _starts_in(span: Span, day: Span) -> bool:
    return day[0] <= span[0] < day[1]


def _within(span: Span, allowed: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in allowed)

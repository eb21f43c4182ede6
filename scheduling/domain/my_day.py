"""A day composed out of the programme: what is in it, by time, and what cannot be had together."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import combinations
from typing import Literal

from msgspec import Struct

from digital_days.kernel import clock
from scheduling.domain.activities import State, state_of
from scheduling.domain.programme import Programme, Slot
from scheduling.domain.waiting import InLine

Standing = Literal["held", "offered", "waiting", "asked", "chosen", "listed"]
Span = tuple[datetime, datetime]

_TAKES_TIME = frozenset({"open", "free", "started"})


class Part(Struct, frozen=True):
    """A slot of the day: a place held, one offered or waited for, one asked for under an address nobody has proved, a
    choice, or only an idea. ``line`` is where they wait.
    """

    slot: Slot
    state: State
    standing: Standing
    line: InLine | None = None

    @property
    def can_be_chosen(self) -> bool:
        """Whether it makes sense to tick it, or to take the tick away."""
        return self.standing == "chosen" or (self.standing == "listed" and self.state in ("open", "free"))

    @property
    def can_be_had(self) -> bool:
        """Whether a place may be asked for: a full slot too, since somebody may have given one back."""
        return self.standing == "chosen" and self.state in ("open", "full") and not self.must_be_asked

    @property
    def must_be_asked(self) -> bool:
        """Whether a place takes answers that only the activity's own page asks for."""
        needs = self.slot.asks or self.slot.is_reserved
        return needs and self.standing in ("chosen", "listed") and self.state in ("open", "full")


class Overlap(Struct, frozen=True):
    """Two parts at the same time, the earlier first; at least one of them is a choice."""

    first: Part
    second: Part

    @property
    def free_one(self) -> Part | None:
        """That of the two which nobody registers for: then one can decide on the spot."""
        return next((part for part in (self.first, self.second) if part.state == "free"), None)

    @property
    def settled_one(self) -> Part | None:
        """That of the two which is held, or asked for, already."""
        return next((part for part in (self.first, self.second) if part.standing in ("held", "asked")), None)

    @property
    def must_be_solved(self) -> bool:
        """Whether one of the two has to go before anything is sent: nobody gets both."""
        return self.free_one is None and (self.settled_one is None or self.settled_one.standing == "held")


def parts_of_day(
    programme: Programme,
    *,
    held: Collection[str] = (),
    lines: Sequence[InLine] = (),
    asked: Collection[str] = (),
    chosen: Collection[str] = (),
    listed: Collection[str] = (),
) -> list[Part]:
    """By time, each slot once, under the first of the names that it has; codes the programme does not know are left."""
    now = clock.now()
    line_of = {line.place.slot_code: line for line in lines}
    standings: list[tuple[Standing, Collection[str]]] = [
        ("held", held),
        ("offered", [code for code, line in line_of.items() if line.is_offered]),
        ("waiting", [code for code, line in line_of.items() if line.state == "waiting"]),
        ("asked", asked),
        ("chosen", chosen),
        ("listed", listed),
    ]
    return [
        Part(slot, state_of(slot, now), standing, line_of.get(slot.code))
        for slot in programme.slots
        if (standing := next((name for name, codes in standings if slot.code in codes), None))
    ]


def overlaps_in(parts: Sequence[Part]) -> list[Overlap]:
    """Every pair that overlaps because of a choice, by time; what cannot be had any more disturbs nobody."""
    taking = [part for part in parts if _takes_time(part)]
    return [
        Overlap(first, second)
        for first, second in combinations(taking, 2)
        if "chosen" in (first.standing, second.standing) and overlaps(first.slot, _span(second.slot))
    ]


def lines_ended(parts: Sequence[Part]) -> list[tuple[Part, Part]]:
    """Where somebody waits or is offered a seat, with each choice at that time: its place would end that."""
    return [
        (line, choice)
        for line in parts
        if line.standing in ("offered", "waiting")
        for choice in parts
        if choice.standing == "chosen" and choice.state in ("open", "full") and overlaps(choice.slot, _span(line.slot))
    ]


def overlaps(slot: Slot, span: Span) -> bool:
    """Touching ends do not count."""
    return slot.starts_at < span[1] and span[0] < slot.ends_at


def spans_of(programme: Programme, slots: Collection[str]) -> list[Span]:
    """When these slots take place; a cancelled one takes no time."""
    return [_span(slot) for slot in programme.slots if slot.code in slots and not slot.cancelled]


def _takes_time(part: Part) -> bool:
    if part.standing in ("held", "asked"):
        return part.state not in ("cancelled", "over")
    return part.standing == "chosen" and part.state in _TAKES_TIME


def _span(slot: Slot) -> Span:
    return slot.starts_at, slot.ends_at

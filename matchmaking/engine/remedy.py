"""What could be changed in a problem so that a certain meeting is held, and the problem after the change."""

from collections.abc import Iterable
from functools import reduce

from msgspec import Struct
from msgspec.structs import replace

from matchmaking.engine.problem import Meeting, Participant, Placed, Problem


class AddTable(Struct, frozen=True, tag_field="step", tag="add_table"):
    """One table more in that round, with this number."""

    round: int
    table: int


class Free(Struct, frozen=True, tag_field="step", tag="free"):
    """The participant is not busy in that round."""

    participant: int
    round: int


class Raise(Struct, frozen=True, tag_field="step", tag="raise"):
    """The participant may have one meeting more."""

    participant: int


class Open(Struct, frozen=True, tag_field="step", tag="open"):
    """The meeting may be in that round too."""

    meeting: int
    round: int


class Unorder(Struct, frozen=True, tag_field="step", tag="unorder"):
    """The first need not be before the second."""

    first: int
    second: int


class Split(Struct, frozen=True, tag_field="step", tag="split"):
    """The meeting is no longer in the group of which one at most is held."""

    meeting: int
    group: int


class Allow(Struct, frozen=True, tag_field="step", tag="allow"):
    """The meeting is not forbidden."""

    meeting: int


class AddRound(Struct, frozen=True, tag_field="step", tag="add_round"):
    """One round more, the last, with these tables."""

    tables: tuple[int, ...]


Step = AddTable | Free | Raise | Open | Unorder | Split | Allow | AddRound
WEIGHTS: dict[type[Step], int] = {
    AddTable: 10,
    Raise: 11,
    Free: 12,
    Open: 13,
    Unorder: 14,
    Split: 15,
    Allow: 20,
    AddRound: 30,
}
"""What is easier weighs less: another table costs nobody anything, another round all of them time."""


class Change(Struct, frozen=True, kw_only=True):
    """After these steps the meeting of ``hold`` can be held there, if ``moved`` are where this says; else all stays.

    No steps: the rules as they are leave room for it.
    """

    hold: Placed
    steps: tuple[Step, ...] = ()
    moved: tuple[Placed, ...] = ()

    @property
    def weight(self) -> tuple[int, int]:
        """The smaller, the easier."""
        return sum(WEIGHTS[type(step)] for step in self.steps), len(self.moved)


def apply(problem: Problem, change: Change) -> Problem:
    """The problem after the steps, in which the meeting is required: whatever plan it has holds it."""
    after = reduce(_after, change.steps, problem)
    return replace(after, meetings=_with(after.meetings, change.hold.meeting, required=True))


def carried_out(held: Iterable[Placed], change: Change) -> tuple[Placed, ...]:
    """The plan with the meeting in it: one of the problem after the change."""
    moved = {place.meeting: place for place in change.moved}
    return tuple(sorted([*(moved.get(place.meeting, place) for place in held), change.hold]))


def _after(problem: Problem, step: Step) -> Problem:
    match step:
        case AddTable(at, table):
            there = list(problem.tables)
            there[at] = (*there[at], table)
            return replace(problem, tables=tuple(there))
        case AddRound(tables):
            return replace(problem, tables=(*problem.tables, tables))
        case Free(number, at):
            busy = tuple(each for each in problem.participants[number].busy if each != at)
            return replace(problem, participants=_with_one(problem.participants, number, busy=busy))
        case Raise(number):
            most = problem.participants[number].most
            more = None if most is None else most + 1
            return replace(problem, participants=_with_one(problem.participants, number, most=more))
        case Open(number, at):
            rounds = problem.meetings[number].rounds
            more_rounds = None if rounds is None else (*rounds, at)
            return replace(problem, meetings=_with(problem.meetings, number, rounds=more_rounds))
        case Allow(number):
            return replace(problem, meetings=_with(problem.meetings, number, forbidden=False))
        case Split(number, group):
            groups = list(problem.exclusive)
            groups[group] = tuple(each for each in groups[group] if each != number)
            return replace(problem, exclusive=tuple(groups))
        case Unorder(first, second):
            return replace(problem, before=tuple(pair for pair in problem.before if pair != (first, second)))


def _with(meetings: tuple[Meeting, ...], number: int, **changed: object) -> tuple[Meeting, ...]:
    return (*meetings[:number], replace(meetings[number], **changed), *meetings[number + 1 :])


def _with_one(participants: tuple[Participant, ...], number: int, **changed: object) -> tuple[Participant, ...]:
    return (*participants[:number], replace(participants[number], **changed), *participants[number + 1 :])

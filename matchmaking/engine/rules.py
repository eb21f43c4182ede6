"""The hard rules, and where a plan breaks them: the same for tests, for hand edits and for what people are told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from matchmaking.engine.problem import Placed, Problem


class RuleName(StrEnum):
    UNKNOWN_MEETING = "unknown_meeting"
    UNKNOWN_ROUND = "unknown_round"
    BOTH_SIDES = "both_sides"
    TWICE = "twice"
    ONE_AT_A_TIME = "one_at_a_time"
    BUSY = "busy"
    PAST = "past"
    ROUNDS = "rounds"
    FORBIDDEN = "forbidden"
    REQUIRED = "required"
    FIXED = "fixed"
    TABLE_MISSING = "table_missing"
    TABLE_TAKEN = "table_taken"
    TABLES = "tables"
    LEAST = "least"
    MOST = "most"
    EXCLUSIVE = "exclusive"
    BEFORE = "before"


class Violation(Struct, frozen=True, kw_only=True):
    """A rule, broken once, by these; ``group`` is the place in ``exclusive``."""

    rule: RuleName
    meetings: tuple[int, ...] = ()
    participants: tuple[int, ...] = ()
    round: int | None = None
    table: int | None = None
    group: int | None = None


def violations(problem: Problem, held: Iterable[Placed]) -> list[Violation]:
    """Every hard rule that these meetings break, in the order of ``RuleName``; none: it is a plan.

    The problem's own references must be good (``check``); ``held`` may be anything. A meeting without a table takes
    any that is left. What names no meeting of the problem, or no round, is said and then left out.
    Linear in the size of both: 2,000 meetings held of 5,000 take some milliseconds.
    """
    places = sorted({(place.meeting, place.round, place.table) for place in held}, key=_order)
    meetings, tables = range(len(problem.meetings)), problem.tables
    found = [
        *(Violation(rule=RuleName.UNKNOWN_MEETING, meetings=(each[0],)) for each in places if each[0] not in meetings),
        *(
            Violation(rule=RuleName.UNKNOWN_ROUND, meetings=(each[0],), round=each[1])
            for each in places
            if each[0] in meetings and not 0 <= each[1] < len(tables)
        ),
    ]
    known = [each for each in places if each[0] in meetings and 0 <= each[1] < len(tables)]
    rounds: dict[int, int] = {}
    twice = set()
    for number, at, _table in known:
        if number in rounds:
            twice.add(number)
        rounds.setdefault(number, at)
    found += [Violation(rule=RuleName.TWICE, meetings=(number,)) for number in sorted(twice)]
    found += _alone(problem, known)
    found += _at_once(problem, known)
    found += _tables(problem, known)
    found += _promised(problem, rounds, set(known))
    found += _counted(problem, rounds)
    found += _together(problem, rounds)
    order = list(RuleName)
    return sorted(found, key=lambda each: (order.index(each.rule), each.round or 0, each.meetings, each.participants))


def _order(place: tuple[int, int, int | None]) -> tuple[int, int, int]:
    return place[0], place[1], -1 if place[2] is None else place[2]


def _alone(problem: Problem, known: list[tuple[int, int, int | None]]) -> Iterator[Violation]:
    """What is wrong with a meeting whatever else is held."""
    fixed = {(place.meeting, place.round) for place in problem.fixed}
    for number, at, _table in known:
        meeting = problem.meetings[number]
        if meeting.a == meeting.b:
            yield Violation(rule=RuleName.BOTH_SIDES, meetings=(number,), participants=(meeting.a,))
        if meeting.forbidden:
            yield Violation(rule=RuleName.FORBIDDEN, meetings=(number,), participants=_pair(problem, number))
        if meeting.rounds is not None and at not in meeting.rounds:
            yield Violation(rule=RuleName.ROUNDS, meetings=(number,), round=at)
        if at < problem.past and (number, at) not in fixed:
            yield Violation(rule=RuleName.PAST, meetings=(number,), round=at)
        for participant in _pair(problem, number):
            if at in problem.participants[participant].busy:
                yield Violation(rule=RuleName.BUSY, meetings=(number,), participants=(participant,), round=at)


def _at_once(problem: Problem, known: list[tuple[int, int, int | None]]) -> Iterator[Violation]:
    where: dict[tuple[int, int], set[int]] = defaultdict(set)
    for number, at, _table in known:
        meeting = problem.meetings[number]
        where[meeting.a, at].add(number)
        where[meeting.b, at].add(number)
    for (participant, at), numbers in where.items():
        if len(numbers) > 1:
            yield Violation(
                rule=RuleName.ONE_AT_A_TIME, meetings=tuple(sorted(numbers)), participants=(participant,), round=at
            )


def _tables(problem: Problem, known: list[tuple[int, int, int | None]]) -> Iterator[Violation]:
    there = [frozenset(tables) for tables in problem.tables]
    inside: dict[int, set[int]] = defaultdict(set)
    seated: dict[tuple[int, int], set[int]] = defaultdict(set)
    for number, at, table in known:
        inside[at].add(number)
        if table is not None and table in there[at]:
            seated[at, table].add(number)
        elif table is not None:
            yield Violation(rule=RuleName.TABLE_MISSING, meetings=(number,), round=at, table=table)
    for (at, table), numbers in seated.items():
        if len(numbers) > 1:
            yield Violation(rule=RuleName.TABLE_TAKEN, meetings=tuple(sorted(numbers)), round=at, table=table)
    for at, numbers in inside.items():
        if len(numbers) > len(there[at]):
            yield Violation(rule=RuleName.TABLES, meetings=tuple(sorted(numbers)), round=at)


def _promised(problem: Problem, rounds: dict[int, int], known: set[tuple[int, int, int | None]]) -> Iterator[Violation]:
    """What should be held and is not, or not there."""
    somewhere = {(number, at) for number, at, _table in known}
    for place in sorted(dict.fromkeys(problem.fixed), key=lambda place: (place.meeting, place.round)):
        there = (place.meeting, place.round)
        if (there not in somewhere) if place.table is None else ((*there, place.table) not in known):
            yield Violation(rule=RuleName.FIXED, meetings=(place.meeting,), round=place.round, table=place.table)
    for number, meeting in enumerate(problem.meetings):
        if meeting.required and number not in rounds:
            yield Violation(rule=RuleName.REQUIRED, meetings=(number,), participants=_pair(problem, number))


def _counted(problem: Problem, rounds: dict[int, int]) -> Iterator[Violation]:
    mine: dict[int, list[int]] = defaultdict(list)
    for number in rounds:
        for participant in _pair(problem, number):
            mine[participant].append(number)
    for each, asked in enumerate(problem.participants):
        held = tuple(sorted(mine.get(each, ())))
        if len(held) < asked.least:
            yield Violation(rule=RuleName.LEAST, meetings=held, participants=(each,))
        if asked.most is not None and len(held) > asked.most:
            yield Violation(rule=RuleName.MOST, meetings=held, participants=(each,))


def _together(problem: Problem, rounds: dict[int, int]) -> Iterator[Violation]:
    for number, group in enumerate(problem.exclusive):
        inside = tuple(sorted({each for each in group if each in rounds}))
        if len(inside) > 1:
            yield Violation(rule=RuleName.EXCLUSIVE, meetings=inside, group=number)
    for first, second in sorted(set(problem.before)):
        if first in rounds and second in rounds and rounds[first] >= rounds[second]:
            yield Violation(rule=RuleName.BEFORE, meetings=(first, second), round=rounds[second])


def _pair(problem: Problem, number: int) -> tuple[int, ...]:
    meeting = problem.meetings[number]
    return (meeting.a, meeting.b) if meeting.a != meeting.b else (meeting.a,)

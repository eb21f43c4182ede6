"""The rules of a problem one by one, as a person would name them, and the problem in which only some of them hold."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from matchmaking.engine.problem import Meeting, Participant, Placed, Problem
from matchmaking.engine.rules import RuleName


class Rule(Struct, frozen=True, kw_only=True):
    """``rounds``: of ``BUSY``, ``TABLES`` and ``PAST`` those in which it says something; of ``FIXED``, where.

    ``group``: the place in ``exclusive``.
    """

    rule: RuleName
    participant: int | None = None
    meetings: tuple[int, ...] = ()
    rounds: tuple[int, ...] = ()
    table: int | None = None
    group: int | None = None


def rule_book(problem: Problem) -> list[Rule]:
    """All that say something, from what is about one meeting to what is about everybody."""
    return [*_of_meetings(problem), *_of_participants(problem), *_of_all(problem)]


def under(problem: Problem, rules: Iterable[Rule]) -> Problem:
    """The problem in which these rules alone hold: it has a plan exactly if they can all be kept.

    A round has tables enough where no rule counts them.
    """
    named: dict[RuleName, list[Rule]] = defaultdict(list)
    for rule in rules:
        named[rule.rule].append(rule)
    busy = {rule.participant: rule.rounds for rule in named[RuleName.BUSY]}
    least, most = ({rule.participant for rule in named[name]} for name in (RuleName.LEAST, RuleName.MOST))
    required, forbidden, limited = (
        {rule.meetings[0] for rule in named[name]} for name in (RuleName.REQUIRED, RuleName.FORBIDDEN, RuleName.ROUNDS)
    )
    return Problem(
        tables=_tables(problem, {at for rule in named[RuleName.TABLES] for at in rule.rounds}),
        participants=tuple(
            Participant(
                key=each.key,
                busy=busy.get(number, ()),
                least=each.least if number in least else 0,
                most=each.most if number in most else None,
            )
            for number, each in enumerate(problem.participants)
        ),
        meetings=tuple(
            Meeting(
                key=each.key,
                a=each.a,
                b=each.b,
                rounds=each.rounds if number in limited else None,
                required=number in required,
                forbidden=number in forbidden,
            )
            for number, each in enumerate(problem.meetings)
        ),
        fixed=tuple(
            Placed(round=rule.rounds[0], meeting=rule.meetings[0], table=rule.table) for rule in named[RuleName.FIXED]
        ),
        exclusive=tuple(rule.meetings for rule in named[RuleName.EXCLUSIVE]),
        before=tuple((rule.meetings[0], rule.meetings[1]) for rule in named[RuleName.BEFORE]),
        past=problem.past if named[RuleName.PAST] else 0,
    )


def _tables(problem: Problem, counted: set[int]) -> tuple[tuple[int, ...], ...]:
    known = {table for tables in problem.tables for table in tables}
    known |= {place.table for place in problem.fixed if place.table is not None}
    following = max(known, default=0) + 1
    enough = (*known, *range(following, following + len(problem.participants)))
    return tuple(tables if at in counted else enough for at, tables in enumerate(problem.tables))


def essential(problem: Problem) -> tuple[Problem, list[int]]:
    """The problem without the meetings that nobody insists on, and what number each of the others had.

    It has a plan exactly if the problem has: without those meetings, any plan still is one.
    """
    fixed = {place.meeting for place in problem.fixed}
    numbers = [
        number
        for number, meeting in enumerate(problem.meetings)
        if meeting.required
        or number in fixed
        or any(problem.participants[each].least > 0 for each in problem.pair(number))
    ]
    now = {number: place for place, number in enumerate(numbers)}
    return replace(
        problem,
        meetings=tuple(problem.meetings[number] for number in numbers),
        wishes=(),
        exclusive=tuple(tuple(now[number] for number in group if number in now) for group in problem.exclusive),
        fixed=tuple(replace(place, meeting=now[place.meeting]) for place in problem.fixed),
        before=tuple((now[first], now[then]) for first, then in problem.before if first in now and then in now),
        announced=(),
    ), numbers


def _of_meetings(problem: Problem) -> Iterator[Rule]:
    for place in dict.fromkeys(problem.fixed):
        yield Rule(rule=RuleName.FIXED, meetings=(place.meeting,), rounds=(place.round,), table=place.table)
    for number, meeting in enumerate(problem.meetings):
        if meeting.required:
            yield Rule(rule=RuleName.REQUIRED, meetings=(number,))
        if meeting.forbidden:
            yield Rule(rule=RuleName.FORBIDDEN, meetings=(number,))
        if meeting.rounds is not None:
            yield Rule(rule=RuleName.ROUNDS, meetings=(number,))
    for pair in sorted({*problem.before}):
        yield Rule(rule=RuleName.BEFORE, meetings=pair)
    for group, numbers in enumerate(problem.exclusive):
        if len({*numbers}) > 1:
            yield Rule(rule=RuleName.EXCLUSIVE, group=group, meetings=tuple(sorted({*numbers})))


def _of_participants(problem: Problem) -> Iterator[Rule]:
    for number, participant in enumerate(problem.participants):
        if busy := tuple(sorted({each for each in participant.busy if 0 <= each < problem.rounds})):
            yield Rule(rule=RuleName.BUSY, participant=number, rounds=busy)
    for number, participant in enumerate(problem.participants):
        if participant.most is not None:
            yield Rule(rule=RuleName.MOST, participant=number)
    for number, participant in enumerate(problem.participants):
        if participant.least > 0:
            yield Rule(rule=RuleName.LEAST, participant=number)


def _of_all(problem: Problem) -> Iterator[Rule]:
    if problem.past > 0:
        yield Rule(rule=RuleName.PAST, rounds=tuple(range(min(problem.past, problem.rounds))))
    yield Rule(rule=RuleName.TABLES, rounds=tuple(range(problem.rounds)))

"""The problem of the rounds that remain, once the day goes otherwise than was announced."""

from collections import Counter
from collections.abc import Collection, Iterable

from msgspec.structs import replace

from matchmaking.engine.problem import Participant, Placed, Problem
from matchmaking.engine.rules import RuleName, Violation, violations


def replan_problem(
    problem: Problem,
    announced: Iterable[Placed],
    *,
    now: int,
    absent: Collection[int] = (),
    missed: Collection[int] = (),
    closed: Collection[int] = (),
    locked: Collection[int] = (),
) -> Problem:
    """What is to be planned when round ``now`` is the first that has not begun.

    Parameters
    ----------
    problem : as it stands now, with who walked in and what they wish at the end; ``announced`` names its meetings.
    absent : participants who come to no more meetings.
    missed : announced meetings that were past and not held; they may be held later.
    closed : tables that nobody can use any more.
    locked : announced meetings that stay in their rounds, at their tables if these are not closed.

    Past meetings are facts: they are fixed, and no rule speaks against them. What was announced for the remaining
    rounds is ``announced``, so that as little of it changes as possible. Promises that what happened has made
    impossible are taken back (fixed and required meetings of who is absent, required ones that were missed, a table
    that is closed, a ``least`` that nobody can reach with what is left), so that of a plan there is always one: what
    is left of the announced plan; but for what the problem itself asks for and the announced plan never had.
    """
    announced = tuple(announced)
    happened = {place.meeting: place for place in announced if place.round < now and place.meeting not in missed}
    told = {place.meeting: place for place in announced if place.round >= now and place.meeting not in happened}
    pinned = {number: place for number, place in told.items() if number in locked}
    pinned |= {place.meeting: place for place in problem.fixed if place.round >= now and place.meeting not in happened}
    today = replace(
        problem,
        tables=_tables(problem, happened.values(), now, closed),
        participants=_present(problem, happened.values(), now, absent),
        meetings=tuple(
            replace(each, rounds=None, forbidden=False) if number in happened else each
            for number, each in enumerate(problem.meetings)
        ),
        exclusive=tuple(_still_exclusive(group, happened.keys()) for group in problem.exclusive),
        before=tuple(pair for pair in problem.before if not happened.keys() >= {*pair}),
        fixed=tuple(happened.values()),
        announced=(),
        past=now,
    )
    wanted = {**{number: replace(place, table=None) for number, place in told.items()}, **pinned, **happened}
    wanted = {number: _seated(today, place) for number, place in wanted.items()}
    first = [*happened, *pinned, *(number for number in told if problem.meetings[number].required), *told]
    gone, impossible = _gone(today, wanted, list(dict.fromkeys(first)))
    alone = {number for number in range(len(problem.meetings)) if not {*problem.pair(number)}.isdisjoint(absent)}
    released = {*gone, *missed, *(alone - happened.keys())}
    many = Counter(each for number in wanted.keys() - gone for each in {*problem.pair(number)})
    return replace(
        today,
        participants=tuple(
            replace(each, least=min(each.least, many[number])) for number, each in enumerate(today.participants)
        ),
        meetings=tuple(
            replace(each, required=False) if number in released else each for number, each in enumerate(today.meetings)
        ),
        fixed=tuple(sorted(wanted[number] for number in {**happened, **pinned} if number not in gone)),
        announced=tuple(sorted(place for number, place in told.items() if number not in impossible)),
    )


def _tables(
    problem: Problem, happened: Iterable[Placed], now: int, closed: Collection[int]
) -> tuple[tuple[int, ...], ...]:
    """Those that are left; of past rounds also those at which somebody was."""
    used = {(place.round, place.table): None for place in happened if place.table is not None}
    return tuple(
        tuple(table for table in tables if table not in closed)
        if at >= now
        else (*tables, *(table for each, table in used if each == at and table is not None and table not in tables))
        for at, tables in enumerate(problem.tables)
    )


def _still_exclusive(group: tuple[int, ...], happened: Collection[int]) -> tuple[int, ...]:
    """If several happened all the same, one of them is enough to exclude the rest."""
    several = [number for number in dict.fromkeys(group) if number in happened][1:]
    return tuple(number for number in group if number not in several)


def _present(
    problem: Problem, happened: Iterable[Placed], now: int, absent: Collection[int]
) -> tuple[Participant, ...]:
    was = {(each, place.round) for place in happened for each in problem.pair(place.meeting)}
    many = Counter(each for each, _at in was)
    remaining = tuple(range(now, problem.rounds))
    return tuple(
        replace(
            each,
            busy=tuple(at for at in each.busy if (number, at) not in was) + (remaining if number in absent else ()),
            most=None if each.most is None else max(each.most, many[number]),
        )
        for number, each in enumerate(problem.participants)
    )


def _seated(problem: Problem, place: Placed) -> Placed:
    """At its table if that is there, else at any."""
    return place if place.table is None or place.table in problem.tables[place.round] else replace(place, table=None)


def _gone(problem: Problem, wanted: dict[int, Placed], order: list[int]) -> tuple[set[int], set[int]]:
    """Of those that are wanted: who must go, the last in the order first; and who is impossible whoever else goes."""
    rank = {number: place for place, number in enumerate(order)}
    gone: set[int] = set()
    impossible: set[int] = set()
    for violation in violations(problem, wanted.values()):
        fit = _fit(problem, violation)
        if fit is not None:
            gone.update(sorted(violation.meetings, key=rank.__getitem__)[fit:])
            impossible.update(violation.meetings if fit == 0 else ())
    return gone, impossible


def _fit(problem: Problem, violation: Violation) -> int | None:
    """How many of its meetings may stay; None: more meetings are what it lacks."""
    match violation:
        case Violation(rule=RuleName.LEAST | RuleName.REQUIRED | RuleName.FIXED):
            return None
        case Violation(rule=RuleName.TABLES, round=int(at)):
            return len({*problem.tables[at]})
        case Violation(rule=RuleName.MOST, participants=(participant,)):
            return problem.participants[participant].most
        case Violation(rule=RuleName.ONE_AT_A_TIME | RuleName.TABLE_TAKEN | RuleName.EXCLUSIVE | RuleName.BEFORE):
            return 1
    return 0

"""The rules and the levels once more, written to be read: every plan there is, by trying all."""

from collections.abc import Iterator
from itertools import groupby, islice, pairwise, permutations, product

from matchmaking.engine.problem import Placed, Problem

Plan = tuple[Placed, ...]


def broken_rules(problem: Problem, held: Plan) -> list[str]:  # noqa: C901 - a list of rules, one after the other
    """What is wrong with it; tables count where they are named."""
    at = {place.meeting: place.round for place in held}
    wrong = []
    if len(at) != len(held):
        wrong.append("held twice")
    for number, meeting in enumerate(problem.meetings):
        if number not in at:
            if meeting.required or any(place.meeting == number for place in problem.fixed):
                wrong.append(f"{number} is missing")
            continue
        if meeting.forbidden:
            wrong.append(f"{number} is forbidden")
        if meeting.rounds is not None and at[number] not in meeting.rounds:
            wrong.append(f"{number} is not in a round of its own")
        if at[number] < problem.past and not any((p.meeting, p.round) == (number, at[number]) for p in problem.fixed):
            wrong.append(f"{number} is in the past")
    for number, participant in enumerate(problem.participants):
        mine = [at[m] for m, meeting in enumerate(problem.meetings) if m in at and number in (meeting.a, meeting.b)]
        if len(set(mine)) != len(mine) or set(mine) & set(participant.busy):
            wrong.append(f"participant {number} cannot be there")
        if len(mine) < participant.least or (participant.most is not None and len(mine) > participant.most):
            wrong.append(f"participant {number} has {len(mine)}")
    for when, tables in enumerate(problem.tables):
        here = [place for place in held if place.round == when]
        named = [place.table for place in here if place.table is not None]
        if len(here) > len(set(tables)) or len(set(named)) < len(named) or not set(named) <= set(tables):
            wrong.append(f"tables of round {when}")
    wrong += [f"group {group}" for group in problem.exclusive if len(set(group) & set(at)) > 1]
    wrong += [f"{a} before {b}" for a, b in problem.before if a in at and b in at and at[a] >= at[b]]
    for fixed in problem.fixed:
        if not any(
            (place.meeting, place.round) == (fixed.meeting, fixed.round)
            and (fixed.table is None or place.table in (None, fixed.table))
            for place in held
        ):
            wrong.append(f"{fixed} moved")
    return wrong


def all_plans(problem: Problem) -> Iterator[Plan]:
    """Without tables, which the last level tries."""
    places = [[None, *range(len(problem.tables))] for _meeting in problem.meetings]
    for choice in product(*places):
        held = tuple(Placed(round=at, meeting=number) for number, at in enumerate(choice) if at is not None)
        if not broken_rules(problem, held):
            yield held


def gains(problem: Problem, held: Plan) -> list[list[int]]:
    """The levels before the breaks and the breaks: the greater, the better."""
    at = {place.meeting: place.round for place in held}
    told = {(place.meeting, place.round) for place in problem.announced}
    levels = [[len(told & set(at.items()))]] if problem.announced else []
    for counted in ([wish for wish in problem.wishes if wish.must], list(problem.wishes)):
        owners = {wish.owner for wish in counted}
        served = [sum(not set(w.meetings).isdisjoint(at) for w in counted if w.owner == each) for each in owners]
        asked = [sum(w.owner == each for w in counted) for each in owners]
        levels.append([sum(many >= k for many in served) for k in range(1, max(asked, default=0) + 1)])
    levels.append([sum(problem.meetings[number].value for number in at)])
    breaks = [len(idle) for idle in (_gaps(problem, at, number) for number in range(len(problem.participants)))]
    apart = max(breaks, default=0) - min(breaks, default=0)
    levels.append([-max(0, apart - (apart if problem.spread is None else problem.spread)), -sum(breaks)])
    return levels


def _gaps(problem: Problem, at: dict[int, int], participant: int) -> list[int]:
    meets = [
        any(at.get(m) == when and participant in (meeting.a, meeting.b) for m, meeting in enumerate(problem.meetings))
        for when in range(len(problem.tables))
    ]
    runs = [busy for busy, _ in groupby(meets)]
    inner = runs[runs.index(True) : len(runs) - runs[::-1].index(True)] if any(runs) else []
    return [0 for busy in inner if not busy]


def seated(problem: Problem, held: Plan) -> Iterator[Plan]:
    """The same with tables, in every way in which what was announced for a table that is there keeps it."""
    taken: dict[tuple[int, int | None], int] = {
        (place.round, place.table): place.meeting for place in problem.fixed if place.table is not None
    }
    settled = {(place.meeting, place.round) for place in problem.fixed if place.table is not None}
    told: dict[tuple[int, int], int | None] = {}
    for place in problem.announced:
        cell, spot = (place.meeting, place.round), (place.round, place.table)
        is_there = place.table in problem.tables[place.round] and cell not in {*settled, *told}
        if is_there and taken.setdefault(spot, place.meeting) == place.meeting:
            told[cell] = place.table
    by_round = [[place for place in held if place.round == when] for when in range(len(problem.tables))]
    for tables in product(
        *(permutations(sorted(set(names)), len(here)) for names, here in zip(problem.tables, by_round, strict=True))
    ):
        plan = tuple(
            Placed(round=place.round, meeting=place.meeting, table=table)
            for here, names in zip(by_round, tables, strict=True)
            for place, table in zip(here, names, strict=True)
        )
        kept = all(told.get((place.meeting, place.round), place.table) == place.table for place in plan)
        if kept and not broken_rules(problem, plan):
            yield plan


def plans_with_tables(problem: Problem) -> Iterator[Plan]:
    """One of each plan that there is, when tables count."""
    for held in all_plans(problem):
        yield from islice(seated(problem, held), 1)


def moves(problem: Problem, held: Plan) -> int:
    """Changes of table of those who would like to stay."""
    count = 0
    for number, participant in enumerate(problem.participants):
        mine = [
            place.table
            for place in sorted(held)
            if number in (problem.meetings[place.meeting].a, problem.meetings[place.meeting].b)
        ]
        count += participant.stays * sum(first != then for first, then in pairwise(mine))
    return count


def best(problem: Problem) -> list[list[int]] | None:
    """All levels of the best plan, or None where there is none."""
    ranked: list[tuple[list[list[int]], Plan]] = [(gains(problem, held), held) for held in all_plans(problem)]
    plans = [(levels, plan) for levels, held in ranked for plan in [held] if any(True for _ in seated(problem, held))]
    if not plans:
        return None
    most = max(levels for levels, _plan in plans)
    fewest = min(moves(problem, plan) for levels, held in plans if levels == most for plan in seated(problem, held))
    return [*most, [-fewest]]

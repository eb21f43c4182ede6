"""What was announced and nothing speaks against stays without question, so that little is left to decide."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from msgspec import Struct, structs

from matchmaking.engine.climbing import climb
from matchmaking.engine.problem import Placed, Problem
from matchmaking.engine.rows import Rows, Stage, ones
from matchmaking.engine.task import Task

Place = tuple[int, int]
"""A meeting and its round."""
Claim = tuple[str, int, int]
"""Something of which there is so much, that places need."""


class Settled(Struct, frozen=True, kw_only=True):
    """``problem``: with what is uncontested fixed. ``most``: no plan keeps more announced meetings.

    ``rounds``: a way to keep so many, with what must be held, if nothing else speaks against it.
    """

    problem: Problem
    most: int
    rounds: dict[int, int]


def settle(task: Task) -> Settled:
    """Fixes the announced meetings that take from no other announced one, nor from one that must be held.

    A plan that keeps the most keeps all of them.
    """
    problem, opened = task.problem, task.opened
    fixed = {(place.meeting, place.round) for place in problem.fixed}
    told = {(place.meeting, place.round) for place in problem.announced}
    wanted = {(number, at) for number, at in told - fixed if at in opened.rounds[number]}
    obliged = opened.must - {number for number, _at in fixed | wanted}
    others = {(number, at) for number in obliged for at in opened.rounds[number]}
    claims, room = _claims(problem, sorted(wanted | others))
    contested = {each for claim, claiming in claims.items() if len(claiming) > room[claim] for each in claiming}
    uncontested = sorted(wanted - contested)
    rows = Rows()
    columns = {each: rows.column() for each in sorted(contested | others)}
    for claim, claiming in claims.items():
        mine = [columns[each] for each in claiming if each in columns]
        rows.at_most(max(0, room[claim] - len(claiming) + len(mine)), ones(mine))
    for number in sorted(obliged):
        rows.at_most(1, ones(columns[number, at] for at in opened.rounds[number]), low=1)
    kept = Stage(level="kept", terms=ones(columns[each] for each in sorted(wanted & contested)), most=len(wanted))
    answer = climb(rows, [kept], watch=task.watch, seed=task.seed)
    chosen = [each for each, column in columns.items() if answer.columns and answer.columns[column]]
    most = answer.bounds[0] if answer.bounds else len(wanted & contested)
    return Settled(
        problem=structs.replace(
            problem, fixed=(*problem.fixed, *(Placed(round=at, meeting=number) for number, at in uncontested))
        ),
        most=len(told & fixed) + len(uncontested) + most,
        rounds=dict([*uncontested, *chosen]),
    )


def _claims(problem: Problem, places: list[Place]) -> tuple[dict[Claim, list[Place]], dict[Claim, int]]:
    """Who needs what, and how much of it what is fixed has left."""
    held = Counter(each for place in problem.fixed for each in problem.pair(place.meeting))
    in_round = Counter(place.round for place in problem.fixed)
    groups: dict[int, list[int]] = defaultdict(list)
    for group, numbers in enumerate(problem.exclusive):
        for number in set(numbers):
            groups[number].append(group)

    def needs(number: int, at: int) -> Iterator[tuple[Claim, int]]:
        yield ("meeting", number, 0), 1
        yield ("round", at, 0), len(set(problem.tables[at])) - in_round[at]
        yield from ((("group", group, 0), 1) for group in groups[number])
        for participant in problem.pair(number):
            yield ("participant", participant, at), 1
            most = problem.participants[participant].most
            if most is not None:
                yield ("most", participant, 0), most - held[participant]

    claims: dict[Claim, list[Place]] = defaultdict(list)
    room: dict[Claim, int] = {}
    for number, at in places:
        for claim, many in needs(number, at):
            claims[claim].append((number, at))
            room[claim] = many
    when = dict(places)
    for first, second in set(problem.before):
        if first in when and second in when and when[first] >= when[second]:
            claims["before", first, second] = [(first, when[first]), (second, when[second])]
            room["before", first, second] = 1
    return claims, room

"""What was announced and nothing speaks against stays without question, so that little is left to decide."""

from collections import Counter, defaultdict

from msgspec import Struct, structs

from matchmaking.engine.climbing import climb
from matchmaking.engine.problem import Placed, Problem
from matchmaking.engine.rows import Rows, Stage, ones
from matchmaking.engine.task import Task

Claim = tuple[str, int, int]


class Settled(Struct, frozen=True, kw_only=True):
    """``problem``: with what is uncontested fixed. ``most``: no plan keeps more announced meetings."""

    problem: Problem
    most: int


def settle(task: Task) -> Settled:
    """Fixes the announced meetings that compete with no other announced one.

    A plan that keeps the most keeps all of them: what they take, no announced meeting could have had.
    """
    problem, opened = task.problem, task.opened
    fixed = {(place.meeting, place.round) for place in problem.fixed}
    told = {(place.meeting, place.round) for place in problem.announced}
    wanted = sorted((number, at) for number, at in told - fixed if at in opened.rounds[number])
    claims, room = _claims(problem, wanted)
    contested = {each for claim, claiming in claims.items() if len(claiming) > room[claim] for each in claiming}
    uncontested = [each for each in wanted if each not in contested]
    rows = Rows()
    columns = {each: rows.column() for each in sorted(contested)}
    for claim, claiming in claims.items():
        free = room[claim] - sum(each not in contested for each in claiming)
        rows.at_most(max(0, free), ones(columns[each] for each in claiming if each in contested))
    kept = Stage(level="kept", terms=ones(columns.values()), most=len(columns))
    most = climb(rows, [kept], watch=task.watch, seed=task.seed).bounds if columns else [0]
    return Settled(
        problem=structs.replace(
            problem, fixed=(*problem.fixed, *(Placed(round=at, meeting=number) for number, at in uncontested))
        ),
        most=len(told & fixed) + len(uncontested) + (most[0] if most else len(columns)),
    )


def _claims(
    problem: Problem, wanted: list[tuple[int, int]]
) -> tuple[dict[Claim, list[tuple[int, int]]], dict[Claim, int]]:
    """What each of these needs that others may need too, and how much of it there is."""
    claims: dict[Claim, list[tuple[int, int]]] = defaultdict(list)
    room: dict[Claim, int] = {}
    held = Counter(each for place in problem.fixed for each in problem.pair(place.meeting))
    in_round = Counter(place.round for place in problem.fixed)
    groups: dict[int, list[int]] = defaultdict(list)
    for group, numbers in enumerate(problem.exclusive):
        for number in numbers:
            groups[number].append(group)
    where = dict(wanted)

    def claim(what: Claim, there_is: int, each: tuple[int, int]) -> None:
        room[what] = there_is
        claims[what].append(each)

    for number, at in wanted:
        each = number, at
        claim(("meeting", number, 0), 1, each)
        claim(("round", at, 0), len(set(problem.tables[at])) - in_round[at], each)
        for group in groups[number]:
            claim(("group", group, 0), 1, each)
        for participant in problem.pair(number):
            claim(("participant", participant, at), 1, each)
            most = problem.participants[participant].most
            if most is not None:
                claim(("most", participant, 0), most - held[participant], each)
    for first, second in set(problem.before):
        if first in where and second in where and where[first] >= where[second]:
            claim(("before", first, second), 1, (first, where[first]))
            claim(("before", first, second), 1, (second, where[second]))
    return claims, room

"""Betters a plan part by part: everything stays but what is around one meeting that is missing, solved exactly."""

from collections.abc import Mapping
from random import Random

from msgspec import structs

from matchmaking.engine.climbing import climb
from matchmaking.engine.grid_rows import grid, kept
from matchmaking.engine.ledger import Ledger, flat
from matchmaking.engine.problem import Placed, Problem
from matchmaking.engine.score import scores_of
from matchmaking.engine.task import Task
from matchmaking.engine.wishes import gains

IN_VAIN = 40
"""After so many parts without a gain it is left as it is."""
FREED = 60
"""Meetings that a part may move."""
SECONDS_EACH = 5.0
WRITTEN = 10_000
"""Meetings about which a slow machine writes a part's model in a second."""


def mend(task: Task, rounds: Mapping[int, int], ledger: Ledger) -> dict[int, int]:
    """Until the bounds are reached or nothing has helped for long."""
    random = Random(task.seed)  # noqa: S311 - a search, not a secret
    best, in_vain = dict(rounds), 0
    writing = len(task.problem.meetings) / WRITTEN
    while in_vain < IN_VAIN and task.watch.left > writing and ledger.short:
        missing = [number for number, open_ in enumerate(task.opened.rounds) if open_ and number not in best]
        if not missing:
            break
        better = _solved(task, best, _around(task.problem, best, random.choice(missing), random))
        counted = flat(scores_of(task.problem, better), ledger.gains)
        in_vain += 1
        if counted > ledger.reached[: len(counted)]:
            best, in_vain = better, 0
            ledger.reached[: len(counted)] = counted
    return best


def _around(problem: Problem, rounds: Mapping[int, int], focus: int, random: Random) -> set[int]:
    """Meetings of its two participants, and of those whom these meet, and so on."""
    mine: dict[int, list[int]] = {}
    for number in rounds:
        for participant in problem.pair(number):
            mine.setdefault(participant, []).append(number)
    queue = [*problem.pair(focus)]
    freed: set[int] = set()
    for participant in queue:
        found = sorted(set(mine.get(participant, ())) - freed)
        random.shuffle(found)
        for number in found[: FREED - len(freed)]:
            freed.add(number)
            queue += problem.pair(number)
    return freed


def _solved(task: Task, rounds: dict[int, int], freed: set[int]) -> dict[int, int]:
    problem = task.problem
    stay = rounds.keys() - freed - {place.meeting for place in problem.fixed}
    placed = (Placed(round=rounds[number], meeting=number) for number in sorted(stay))
    part = task.narrowed(structs.replace(problem, fixed=(*problem.fixed, *placed)))
    cells = grid(part.problem, part.opened)
    stages = [*kept(cells, part.problem), *gains(cells.rows, part.problem, cells.held)]
    short = part.watch.sooner(max(0.0, part.watch.left - SECONDS_EACH))
    answer = climb(cells.rows, stages, watch=short, seed=task.seed, start=cells.columns(rounds))
    return rounds if answer.columns is None else cells.placed(answer.columns)

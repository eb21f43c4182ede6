"""The levels from kept to value of a problem of any size: choose meetings without time, then find them their rounds."""

from collections.abc import Sequence

from msgspec import Struct

from matchmaking.engine.baseline import baseline, complete
from matchmaking.engine.choice_rows import HALF, Choice
from matchmaking.engine.climbing import climb
from matchmaking.engine.ledger import Ledger
from matchmaking.engine.placing import place
from matchmaking.engine.relaxed import Relaxation
from matchmaking.engine.task import Task
from matchmaking.engine.watch import Watch

ATTEMPTS = 4
"""Choices that are as good as each other, each avoiding what found no place before."""
FOR_PLACING = 0.25
"""Part of the time that the relaxation leaves."""
FOR_WHOLE = 0.5
"""Part of the time that is left to find a whole choice in, where the relaxation is not."""
MANY = 8
"""Ways of searching that take turns, which keeps the answer the same each time."""
STEPS_EACH = 60
"""Of the placing, for each meeting."""


class Chosen(Struct, kw_only=True):
    """``rounds``: of the meetings that found one. ``bounds``: of the stages, each given those before are reached."""

    rounds: dict[int, int]
    bounds: list[int]
    infeasible: bool = False


def choose(task: Task, asked: Choice, ledger: Ledger) -> Chosen:
    """Where all that was chosen found its round, the bounds are reached."""
    relaxed = Relaxation(asked.rows, task.watch.sooner(task.watch.left * FOR_PLACING))
    relaxed.climb(asked.stages, told=lambda number, bound: ledger.note(number, bound=bound))
    if relaxed.infeasible and not relaxed.bounds:
        return Chosen(rounds={}, bounds=[], infeasible=True)
    best: dict[int, int] = {}
    missing, bounds = None, relaxed.bounds
    for attempt in range(ATTEMPTS):
        point: Sequence[float] = relaxed.point or ()
        if point and not relaxed.whole(asked.held):
            point, bounds = _whole(task, asked, relaxed)
        picked = [
            number for number, column in enumerate(asked.held) if column is not None and point and point[column] > HALF
        ]
        stay = {} if attempt else asked.staying(point)
        rounds, hard = place(task, picked, stay=stay, attempt=attempt, steps=STEPS_EACH * (len(picked) + 1))
        if missing is None or len(picked) - len(rounds) < missing:
            best, missing = rounds, len(picked) - len(rounds)
        if not missing or not task.watch.left or bounds is not relaxed.bounds:
            break
        harder = [(column, -many) for number, many in hard.items() if (column := asked.held[number]) is not None]
        if not relaxed.aim(harder):
            break
    return Chosen(rounds=best, bounds=bounds)


def bounds_given(asked: Choice, ledger: Ledger, watch: Watch) -> list[int]:
    """Of each stage, for plans that reach as much as the best so far in the ones before."""
    relaxed = Relaxation(asked.rows, watch)
    relaxed.climb(asked.stages, reached=ledger.reached)
    return [*relaxed.bounds, *(stage.most for stage in asked.stages[len(relaxed.bounds) :])]


def _whole(task: Task, asked: Choice, relaxed: Relaxation) -> tuple[Sequence[float], list[int]]:
    """Where the point halves meetings, a choice that does not, and what bounds it."""
    point = relaxed.point or ()
    rounded = _rounded(task, asked, point)
    answer = climb(
        asked.rows,
        asked.stages,
        watch=task.watch.sooner(task.watch.left * (1 - FOR_WHOLE)),
        seed=task.seed,
        start=asked.columns(rounded) if complete(task.problem, task.opened, rounded) else None,
        known=relaxed.bounds,
        workers=MANY,
    )
    return (point, relaxed.bounds) if answer.columns is None else (answer.columns, answer.bounds)


def _held(asked: Choice, point: Sequence[float]) -> list[int]:
    return [number for number, column in enumerate(asked.held) if column is not None and point and point[column] > HALF]


def _rounded(task: Task, asked: Choice, point: Sequence[float]) -> dict[int, int]:
    """What finds a round at once, those first of which the point has more."""
    share = {number: point[column] for number, column in enumerate(asked.held) if column is not None}
    order = sorted(share, key=lambda number: (-share[number], number))
    return baseline(task.problem, task.opened, ((number, at) for number in order for at in task.opened.rounds[number]))

"""The levels from kept to value of a problem of any size: choose meetings without time, then find them their rounds."""

from msgspec import Struct

from matchmaking.engine.choice_rows import choice, kept
from matchmaking.engine.climbing import climb
from matchmaking.engine.ledger import Ledger
from matchmaking.engine.openings import Openings
from matchmaking.engine.placing import place
from matchmaking.engine.problem import Problem
from matchmaking.engine.relaxed import Relaxation
from matchmaking.engine.rows import Stage
from matchmaking.engine.task import Task
from matchmaking.engine.watch import Watch
from matchmaking.engine.wishes import gains

ATTEMPTS = 4
"""Choices that are as good as each other, each avoiding what found no place before."""
STEPS_EACH = 60
"""Of the placing, for each meeting."""


class Chosen(Struct, kw_only=True):
    """``rounds``: of the meetings that found one. ``bounds``: of the stages, each given those before are reached."""

    rounds: dict[int, int]
    bounds: list[int]
    infeasible: bool = False


class Choice:
    """The rows that are true of all plans, and what is asked of them."""

    def __init__(self, problem: Problem, opened: Openings) -> None:
        self.rows, self.held = choice(problem, opened)
        self.stages: list[Stage] = [
            *kept(self.rows, problem, opened, self.held),
            *gains(self.rows, problem, self.held),
        ]


def choose(task: Task, asked: Choice, ledger: Ledger) -> Chosen:
    """Where all that was chosen found its round, the bounds are reached."""
    relaxed = Relaxation(asked.rows, task.watch)
    relaxed.climb(asked.stages, told=lambda number, bound: ledger.note(number, bound=bound))
    if relaxed.infeasible and not relaxed.bounds:
        return Chosen(rounds={}, bounds=[], infeasible=True)
    best: dict[int, int] = {}
    missing = None
    for attempt in range(ATTEMPTS):
        picked = _picked(asked, relaxed, seed=task.seed, watch=task.watch)
        steps = STEPS_EACH * (len(picked) + 1)
        rounds, hard = place(task, picked, attempt=attempt, steps=steps)
        if missing is None or len(picked) - len(rounds) < missing:
            best, missing = rounds, len(picked) - len(rounds)
        if not missing or not task.watch.left:
            break
        if not relaxed.aim(
            [(column, -many) for number, many in hard.items() if (column := asked.held[number]) is not None]
        ):
            break
    return Chosen(rounds=best, bounds=relaxed.bounds)


def bounds_given(asked: Choice, ledger: Ledger, watch: Watch) -> list[int]:
    """Of each stage, for plans that reach as much as the best so far in the ones before."""
    relaxed = Relaxation(asked.rows, watch)
    relaxed.climb(asked.stages, reached=ledger.reached)
    return [*relaxed.bounds, *(stage.most for stage in ledger.stages[len(relaxed.bounds) :])]


def _picked(asked: Choice, relaxed: Relaxation, *, seed: int, watch: Watch) -> list[int]:
    """The meetings of the point; where some are halved, those of the best whole answer."""
    point = relaxed.point or []
    if point and not relaxed.whole(asked.held):
        answer = climb(asked.rows, asked.stages, watch=watch, seed=seed, known=relaxed.bounds)
        point = [float(value) for value in answer.columns or ()]
    return [number for number, column in enumerate(asked.held) if column is not None and point and point[column] > 0.5]

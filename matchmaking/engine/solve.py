"""Which meetings, when and at which table: the best plan there is, or the best in the time, with what bounds it."""

from collections.abc import Callable, Iterable

from msgspec import structs

from matchmaking.engine.arranging import Arranged, arrange
from matchmaking.engine.early import early
from matchmaking.engine.keeping import settle
from matchmaking.engine.openings import openings
from matchmaking.engine.plan import Plan, Progress
from matchmaking.engine.problem import Placed, Problem
from matchmaking.engine.task import Task
from matchmaking.engine.watch import Stop, Watch

LAST_WORDS = 20_000
"""Meetings among which a slow machine puts the answer together in a second; a quarter of the limit at most."""


def solve(
    problem: Problem,
    *,
    seed: int = 0,
    time_limit: float = 60.0,
    on_progress: Callable[[Progress], None] | None = None,
    start: Plan | Iterable[Placed] | None = None,
    stop: Stop | None = None,
) -> Plan:
    """The same plan for the same seed, unless the time (seconds) ends first or a stop is asked; then the best so far.

    ``start`` is a hint: of it and of what was announced as much as the rules allow is where the search begins.
    """
    hinted = start.held if isinstance(start, Plan) else tuple(start or ())
    task = Task(
        problem=problem,
        opened=openings(problem),
        preferred={place.meeting: place.round for place in (*hinted, *problem.announced)},
        seed=seed,
        watch=Watch(time_limit - min(0.1 + len(problem.meetings) / LAST_WORDS, time_limit / 4), on_progress, stop=stop),
    )
    if task.opened.contradiction:
        return Plan(found=False, infeasible=True)
    arranged = _keeping(task) if problem.announced else arrange(task)
    if arranged.held is None:
        return Plan(found=False, infeasible=arranged.infeasible)
    return Plan(held=early(problem, arranged.held), levels=tuple(arranged.ledger.levels()))


def _keeping(task: Task) -> Arranged:
    """With what nothing speaks against kept, if that is how to keep the most; else with all of it in question."""
    settled = settle(task)
    narrow = task.narrowed(settled.problem)
    if not narrow.opened.contradiction:
        kept = arrange(narrow)
        if kept.held is not None:
            if kept.ledger.reached[0] >= settled.most:
                return kept
            task = structs.replace(task, preferred={place.meeting: place.round for place in kept.held})
    return arrange(task)

"""All levels for a problem of any size."""

from itertools import chain

from msgspec import Struct

from matchmaking.engine.baseline import baseline, complete, eager
from matchmaking.engine.breaks import fewer_breaks
from matchmaking.engine.choice_rows import Choice
from matchmaking.engine.choosing import bounds_given, choose
from matchmaking.engine.ledger import Ledger
from matchmaking.engine.mending import mend
from matchmaking.engine.plan import LevelName
from matchmaking.engine.problem import Placed, Problem
from matchmaking.engine.rows import Stage
from matchmaking.engine.score import rank, scores, scores_of
from matchmaking.engine.seats import seat
from matchmaking.engine.task import Task
from matchmaking.engine.watch import Watch
from matchmaking.engine.whole import solve_whole

EXACT = 3_000
"""Pairs of meeting and round that are decided as a whole."""
PAIRS_A_SECOND = 5_000
"""Of them it takes a slow machine a second to write the model, which is then not begun."""
STEPS_A_SECOND = 100_000
"""Of annealing, on a machine that has nothing else to do; and it may take half of the time."""
STEPS_EACH = 2_000
AFTERWARDS = 0.4
"""Part of the time that mending leaves."""
FOR_TABLES = 0.25
"""Part of the time that annealing leaves."""
SWAPS_EACH = 100
"""Exchanges of tables, for each meeting."""
LAST: tuple[LevelName, ...] = ("breaks", "breaks", "moves")
"""What is not counted in what is held alone: to be as few as possible, and none at best."""


class Arranged(Struct, kw_only=True):
    """``held`` None: no plan was found."""

    held: tuple[Placed, ...] | None
    ledger: Ledger
    infeasible: bool = False


def arrange(task: Task) -> Arranged:
    """Always as good as what is preferred, where that is a plan."""
    problem, opened, watch = task.problem, task.opened, task.watch
    asked = Choice(problem, opened)
    ledger = Ledger([*asked.stages, *(Stage(level=name, terms=[], most=0) for name in LAST)], watch)
    first = baseline(problem, opened, chain(task.preferred.items(), eager(problem, opened)))
    best = first if complete(problem, opened, first) else None
    if best is not None:
        ledger.plan(scores_of(problem, best))
    chosen = choose(task, asked, ledger)
    if chosen.infeasible:
        return Arranged(held=None, ledger=ledger, infeasible=True)
    if complete(problem, opened, chosen.rounds):
        best = _better(problem, best, chosen.rounds)
    ledger.bounds[: len(chosen.bounds)] = chosen.bounds
    if best is not None:
        ledger.plan(scores_of(problem, best))
        if opened.pairs > EXACT and ledger.short:
            best = mend(task.sooner(AFTERWARDS * watch.left), best, ledger)
        best = _smoothed(task, best)
        ledger.plan(scores_of(problem, best))
    if best is None or (opened.pairs <= EXACT and watch.left * PAIRS_A_SECOND > opened.pairs):
        return _whole(task, best, chosen.bounds, ledger)
    _bound(asked, chosen.bounds, ledger, watch)
    held = seat(task, best, steps=SWAPS_EACH * len(best))
    ledger.plan(scores(problem, held))
    return Arranged(held=held, ledger=ledger)


def _bound(asked: Choice, known: list[int], ledger: Ledger, watch: Watch) -> None:
    """What is known holds up to the first stage that is not reached, and in that one."""
    good = 0
    while good < len(known) and ledger.reached[good] == known[good]:
        good += 1
    known = known[: good + 1]
    given = bounds_given(asked, ledger, watch) if len(known) < len(asked.stages) and watch.left else []
    ledger.bounds = [*known, *given[len(known) :], *ledger.bounds[max(len(known), len(given)) :]]


def _whole(task: Task, best: dict[int, int] | None, known: list[int], ledger: Ledger) -> Arranged:
    whole = solve_whole(task, best, known, ledger)
    if whole.held is None:
        return Arranged(held=None, ledger=ledger, infeasible=whole.infeasible)
    held = whole.held
    if any(place.table is None for place in held):
        held = seat(task, {place.meeting: place.round for place in held}, steps=SWAPS_EACH * len(held))
    ledger.plan(scores(task.problem, held))
    return Arranged(held=tuple(sorted(held)), ledger=ledger)


def _smoothed(task: Task, rounds: dict[int, int]) -> dict[int, int]:
    steps = min(STEPS_EACH * len(rounds), int(STEPS_A_SECOND * task.watch.limit / 2))
    return _better(task.problem, rounds, fewer_breaks(task.sooner(FOR_TABLES * task.watch.left), rounds, steps=steps))


def _better(problem: Problem, one: dict[int, int] | None, other: dict[int, int]) -> dict[int, int]:
    if one is None or rank(scores_of(problem, one)) < rank(scores_of(problem, other)):
        return other
    return one

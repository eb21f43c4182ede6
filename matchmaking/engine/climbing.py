"""Raises one stage after the other with CP-SAT, each to its proof where the time allows."""

from collections.abc import Callable, Sequence
from math import floor

from msgspec import Struct
from ortools.sat.python import cp_model

from matchmaking.engine.rows import Rows, Stage, Terms, total
from matchmaking.engine.watch import Watch

CLOSE = 1e-6
LOWEST = -(1 << 40)
"""No sum here comes near it."""
Told = Callable[[int, int, int], None]
"""Hears the number of the stage, what is reached, and what is not exceeded."""


class Climbed(Struct, frozen=True, kw_only=True):
    """``columns``: the best that was found, None where nothing was. ``bounds``: of each stage."""

    columns: list[int] | None
    bounds: list[int]
    infeasible: bool = False


class _Bounds(cp_model.CpSolverSolutionCallback):
    """Tells each better value; the solver calls it from its own thread."""

    def __init__(self, number: int, most: int, told: Told) -> None:
        super().__init__()
        self.number = number
        self.most = most
        self.told = told

    def on_solution_callback(self) -> None:
        """Value and bound of this stage."""
        self.told(self.number, round(self.objective_value), min(self.most, floor(self.best_objective_bound + CLOSE)))


def climb(
    rows: Rows,
    stages: Sequence[Stage],
    *,
    watch: Watch,
    seed: int,
    start: list[int] | None = None,
    known: Sequence[int] = (),
    told: Told = lambda _number, _reached, _bound: None,
    share: float = 0.5,
    workers: int = 1,
) -> Climbed:
    """``start``: columns that keep all rows, to be bettered. ``known``: of the first stages, what none exceeds that
    reaches as much in the ones before.

    The same answer for the same seed unless the time ends first; a stage may take this share of what is left.
    """
    if rows.contradiction:
        return Climbed(columns=None, bounds=[], infeasible=True)
    model = cp_model.CpModel()
    columns = [model.new_int_var(low, high, "") for low, high in rows.ends]
    for row in rows.rows:
        model.add_linear_constraint(_sum(columns, row.terms), LOWEST if row.low is None else row.low, row.high)
    best = start
    bounds: list[int] = []
    reached: list[int] = []
    for number, stage in enumerate(stages):
        most = stage.most
        if number < len(known) and reached == list(known[:number]):
            most = min(most, known[number])
        if best is None or total(stage.terms, best) < most:
            hint = model.proto.solution_hint
            hint.vars.clear()
            hint.values.clear()
            if best is not None:
                hint.vars.extend(range(len(best)))
                hint.values.extend(best)
            model.add_linear_constraint(_sum(columns, stage.terms), LOWEST, most)
            model.maximize(_sum(columns, stage.terms))
            solver = cp_model.CpSolver()
            solver.parameters.random_seed = seed
            solver.parameters.num_workers = workers
            solver.parameters.interleave_search = workers > 1
            last = number == len(stages) - 1
            solver.parameters.max_time_in_seconds = watch.left * (1 if last or best is None else share)
            with watch.stop.reaching(solver.stop_search):
                status = solver.solve(model, _Bounds(number, most, told))
            if status == cp_model.INFEASIBLE and best is None:
                return Climbed(columns=None, bounds=[], infeasible=True)
            if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                best = [solver.value(column) for column in columns]
            if best is None:
                return Climbed(columns=None, bounds=[])
            most = min(most, floor(solver.best_objective_bound + CLOSE))
        reached.append(total(stage.terms, best))
        bounds.append(max(most, reached[-1]))
        told(number, reached[-1], bounds[-1])
        model.add_linear_constraint(_sum(columns, stage.terms), reached[-1], stage.most)
    return Climbed(columns=best, bounds=bounds)


def _sum(columns: Sequence[cp_model.IntVar], terms: Terms) -> cp_model.LinearExprT:
    return cp_model.LinearExpr.weighted_sum([columns[column] for column, _ in terms], [factor for _, factor in terms])

"""Raises one stage after the other in a linear relaxation: bounds in no time, and where it is whole, the answer."""

from collections.abc import Callable, Sequence

from ortools.linear_solver import pywraplp

from matchmaking.engine.rows import Rows, Stage, Terms
from matchmaking.engine.watch import Watch

CLOSE, CLOSE_OF = 1e-6, 1e-7
"""What the solver may be off, and for each unit of a value."""
PRICE = 1e-4
"""A column that costs more than this to move stays at its end in all that is as good."""


class Relaxation:
    """``point``: the last that was reached, None where there is none. ``bounds``: of the stages gone through."""

    def __init__(self, rows: Rows, watch: Watch) -> None:
        self.point: list[float] | None = None
        self.bounds: list[int] = []
        self.infeasible = rows.contradiction
        self._watch = watch
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._warm = pywraplp.MPSolverParameters()
        self._warm.SetIntegerParam(self._warm.INCREMENTALITY, self._warm.INCREMENTALITY_ON)
        self._columns = [self._solver.NumVar(low, high, "") for low, high in rows.ends]
        for row in () if self.infeasible else rows.rows:
            self._add(-self._solver.infinity() if row.low is None else row.low, row.high, row.terms)

    def climb(
        self,
        stages: Sequence[Stage],
        *,
        reached: Sequence[int] | None = None,
        told: Callable[[int, int], None] = lambda _number, _bound: None,
    ) -> None:
        """Each given what the ones before can reach, or what a plan reached there; less far if the time ends."""
        if self.infeasible:
            return
        for number, stage in enumerate(stages):
            best = None if self.point is None else _value(stage.terms, self.point)
            solved = best is None or best < stage.most - CLOSE
            if best is None or solved:
                if not self.aim(stage.terms):
                    return
                value = _value(stage.terms, self.point or ())
                if best is not None and value < best - CLOSE - CLOSE_OF * abs(best):
                    return  # worse than where it came from: numbers that cannot be trusted
                best = value
            bound = min(stage.most, int(best + CLOSE + CLOSE_OF * abs(best)))
            self.bounds.append(bound)
            told(number, bound)
            floor = bound if reached is None else reached[number]
            if solved and abs(best - floor) < CLOSE:
                self._keep()
            self._add(floor, self._solver.infinity(), stage.terms)

    def aim(self, terms: Terms) -> bool:
        """Goes where the sum is greatest; false where that took too long."""
        self._solver.SetTimeLimit(max(1, int(1000 * self._watch.left)))
        aim = self._solver.Objective()
        aim.Clear()
        for column, factor in terms:
            aim.SetCoefficient(self._columns[column], factor)
        aim.SetMaximization()
        with self._watch.stop.reaching(self._solver.InterruptSolve):
            answer = self._solver.Solve(self._warm)
        if answer == pywraplp.Solver.OPTIMAL:
            self.point = [column.solution_value() for column in self._columns]
        self.infeasible = answer == pywraplp.Solver.INFEASIBLE
        return bool(answer == pywraplp.Solver.OPTIMAL)

    def whole(self, columns: Sequence[int | None]) -> bool:
        """Whether these decisions are taken, not halved."""
        point = self.point
        return point is not None and all(
            abs(point[each] - round(point[each])) < CLOSE for each in columns if each is not None
        )

    def _keep(self) -> None:
        """Fixes what is the same in every answer as good as this one (its reduced cost is not zero).

        Later stages get ever smaller: four times faster for a thousand participants, eight times for two thousand.
        """
        prices = [column.reduced_cost() for column in self._columns]
        for column, value, price in zip(self._columns, self.point or (), prices, strict=True):
            if abs(price) > PRICE and column.lb() < column.ub():
                column.SetBounds(round(value), round(value))

    def _add(self, low: float, high: float, terms: Terms) -> None:
        constraint = self._solver.Constraint(low, high)
        for column, factor in terms:
            constraint.SetCoefficient(self._columns[column], factor)


def _value(terms: Terms, point: Sequence[float]) -> float:
    return sum(factor * point[column] for column, factor in terms)

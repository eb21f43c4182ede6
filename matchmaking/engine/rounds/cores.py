"""The fewest breaks, from below: assume that nobody has any, and give way only where the solver shows that one must.

This is the core-guided algorithm OLL (Andres et al., 2012; Morgado, Dodaro and Marques-Silva, 2014) for unit weights: a
core is a set of assumptions that can't all hold; it raises the bound by one, and its members count together from then
on. The first plan that is found has as many breaks as the bound says, so it is the best there is.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace
from pysat.solvers import Solver

from matchmaking.engine.rounds.clauses import Clauses
from matchmaking.engine.rounds.encoding import Encoding, encode
from matchmaking.engine.rounds.tighten import interchangeable
from matchmaking.engine.timing import Timed, Timing


class Strategy(Struct, frozen=True):
    """Different ones are good at different problems.

    ``in_order``: of plans that differ by interchangeable meetings, look at one. ``options``: CaDiCaL's.
    """

    by_owner: bool
    in_order: bool
    options: dict[str, int]


REFUTING = Strategy(by_owner=True, in_order=True, options={})
FINDING = Strategy(by_owner=False, in_order=False, options={"stabilizeonly": 1})


def prove(timing: Timing, strategy: Strategy, *, conflicts: int | None = None) -> Iterator[Timed]:
    """Each bound, then the best plan, or that there is none; gives up after so many conflicts, or never."""
    if strategy.in_order:
        timing = replace(timing, before=timing.before + tuple(interchangeable(timing)))
    with Solver(name="cadical195") as solver:
        solver.configure(strategy.options)
        clauses = Clauses(solver.add_clause)
        encoding = encode(timing, clauses, by_owner=strategy.by_owner)
        # An assumption, "no more than k of these", and the counts to which it belongs.
        held: dict[int, tuple[list[int], int]] = {-counts[0]: (counts, 0) for counts in encoding.breaks if counts}
        bound = 0
        while True:
            if conflicts is not None:
                solver.conf_budget(max(conflicts - solver.accum_stats()["conflicts"], 0))
            satisfied = solver.solve_limited(assumptions=list(held))
            if satisfied is None:
                return
            if satisfied:
                yield Timed(plan(encoding, solver.get_model()), bound, bound)
                return
            core = solver.get_core()
            if not core:
                yield Timed(None, None, bound, infeasible=True)
                return
            bound += 1
            yield Timed(None, None, bound)
            _give_way(clauses, held, core)


def _give_way(clauses: Clauses, held: dict[int, tuple[list[int], int]], core: list[int]) -> None:
    for assumption in core:
        counts, k = held.pop(assumption)
        if k + 1 < len(counts):
            held[-counts[k + 1]] = (counts, k + 1)
    if len(core) > 1:
        together = clauses.count([-assumption for assumption in core], len(core))
        held[-together[1]] = (together, 1)


def plan(encoding: Encoding, model: list[int]) -> tuple[int, ...]:
    """The round of each meeting in a model."""
    true = {literal for literal in model if literal > 0}
    return tuple(next(at for at, literal in rounds.items() if literal in true) for rounds in encoding.held)

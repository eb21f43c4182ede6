"""Tiny problems with every kind of rule: the engine against all plans there are."""

from hypothesis import given, settings
from msgspec import structs

from matchmaking.engine.plan import MAXIMISED, Plan
from matchmaking.engine.problem import Problem
from matchmaking.engine.solve import solve
from tests.matchmaking.engine.oracle import best, broken_rules, gains, moves
from tests.matchmaking.engine.problems import tiny_problems


@settings(max_examples=100, deadline=None)
@given(tiny_problems())
def test_solve_finds_and_proves_the_best_of_all_plans(problem: Problem):
    plan = solve(problem, time_limit=20)

    wanted = best(problem)
    if wanted is None:
        assert plan == Plan(found=False, infeasible=True)
        return
    assert broken_rules(problem, plan.held) == []
    assert None not in {place.table for place in plan.held}
    assert [*gains(problem, plan.held), [-moves(problem, plan.held)]] == wanted
    told = [[each if level.name in MAXIMISED else -each for each in level.value] for level in plan.levels]
    assert told == wanted
    assert [level.name for level in plan.levels if not level.proven] == []


@settings(max_examples=30, deadline=None)
@given(tiny_problems(fixed=False))
def test_a_table_more_never_serves_fewer_wishes(problem: Problem):
    problem = structs.replace(problem, announced=())
    more = structs.replace(problem, tables=tuple((*names, 99) for names in problem.tables))

    few, many = solve(problem, time_limit=20), solve(more, time_limit=20)

    assert _shares(few) <= _shares(many)


def _shares(plan: Plan) -> list[tuple[int, ...]]:
    return [level.value for level in plan.levels if level.name in ("musts", "wishes")]

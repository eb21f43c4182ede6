"""Every level of every tiny problem is what trying all plans finds."""

from hypothesis import given, settings

from matchmaking.engine.plan import MAXIMISED
from matchmaking.engine.problem import Problem
from matchmaking.engine.solve import solve
from tests.matchmaking.engine.oracle import best, broken_rules, gains, moves
from tests.matchmaking.engine.problems import tiny_problems


@settings(max_examples=60, deadline=None)
@given(tiny_problems())
def test_solve_finds_the_best_of_all_plans(problem: Problem):
    plan = solve(problem, time_limit=20)

    wanted = best(problem)
    if wanted is None:
        assert (plan.infeasible, plan.found, plan.held) == (True, False, ())
        return
    assert broken_rules(problem, plan.held) == []
    assert None not in {place.table for place in plan.held}
    assert [*gains(problem, plan.held), [-moves(problem, plan.held)]] == wanted
    told = [[each if level.name in MAXIMISED else -each for each in level.value] for level in plan.levels]
    assert told == wanted
    assert [level.name for level in plan.levels if not level.proven] == []

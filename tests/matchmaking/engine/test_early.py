"""A plan begins as early as it can without being any worse."""

from hypothesis import given
from msgspec.structs import replace

from matchmaking.engine.early import early
from matchmaking.engine.problem import Placed, Problem
from matchmaking.engine.rules import violations
from matchmaking.engine.score import scores
from matchmaking.engine.solve import solve
from tests.matchmaking.problems import at, between, numbered, planned

PROBLEM = Problem(tables=((1, 2),) * 5, participants=numbered(4), meetings=between((0, 2), (1, 3), (0, 3)))
LATE = (at(2, 0, 1), at(2, 1, 2), at(3, 2, 1))


def test_all_meetings_move_ahead_together():
    assert early(PROBLEM, LATE) == (at(0, 0, 1), at(0, 1, 2), at(1, 2, 1))


def test_no_rule_is_broken_for_it():
    people = (replace(PROBLEM.participants[0], busy=(0,)), *PROBLEM.participants[1:])

    assert early(replace(PROBLEM, participants=people), LATE) == (at(1, 0, 1), at(1, 1, 2), at(2, 2, 1))
    assert early(replace(PROBLEM, fixed=(at(2, 0),)), LATE) == LATE


def test_what_is_past_stays_and_what_was_announced_is_kept():
    past = (at(0, 0, 1),)
    problem = replace(PROBLEM, past=1, fixed=past)

    assert early(problem, (*past, at(3, 1, 2), at(4, 2, 1))) == (*past, at(1, 1, 2), at(2, 2, 1))
    assert early(replace(PROBLEM, announced=LATE), LATE) == LATE
    assert early(PROBLEM, ()) == ()


@given(planned())
def test_it_costs_nothing(case: tuple[Problem, tuple[Placed, ...]]):
    problem, held = case

    moved = early(problem, held)

    assert scores(problem, moved) == scores(problem, held)
    assert len(violations(problem, moved)) <= len(violations(problem, held))


def test_solved_plan_begins_with_its_first_round():
    ready = tuple(replace(each, busy=(4,)) for each in PROBLEM.participants)

    assert min(place.round for place in solve(replace(PROBLEM, participants=ready)).held) == 0

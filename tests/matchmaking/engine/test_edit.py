"""What a change by hand leads to is said at once: rules, levels, who loses and who gains a wish."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matchmaking.engine.edit import Edited, allow, drop, forbid, lock, move, swap, unlock
from matchmaking.engine.problem import Placed, Problem, Wish
from matchmaking.engine.rules import RuleName, Violation
from matchmaking.engine.score import scores
from tests.matchmaking.problems import at, between, broken, numbered, planned, served

PROBLEM = Problem(
    tables=((1, 2), (1, 2), (1, 2)),
    participants=numbered(4),
    meetings=between((0, 1), (2, 3), (0, 2)),
    wishes=tuple(Wish(key=f"w{number}", owner=f"o{number}", meetings=(number,)) for number in range(3)),
)
HELD = (at(0, 0, 1), at(0, 1, 2))


def told(edited: Edited) -> tuple[tuple[Placed, ...], tuple[RuleName, ...], tuple[int, ...], tuple[int, ...]]:
    return edited.held, tuple(each.rule for each in edited.new), edited.lost, edited.gained


def test_meeting_moves_with_its_table():
    assert told(move(PROBLEM, HELD, 1, 2)) == ((at(0, 0, 1), at(2, 1, 2)), (), (), ())


def test_meeting_takes_another_table_where_its_own_is_taken():
    assert told(move(PROBLEM, [at(0, 0, 1), at(1, 1, 1)], 1, 0)) == ((at(0, 0, 1), at(0, 1, 2)), (), (), ())


def test_added_meeting_serves_a_wish_and_breaks_what_it_breaks():
    clash = (RuleName.ONE_AT_A_TIME, RuleName.ONE_AT_A_TIME, RuleName.TABLES)

    assert told(move(PROBLEM, HELD, 2, 1)) == ((*HELD, at(1, 2, 1)), (), (), (2,))
    assert told(move(PROBLEM, HELD, 2, 0)) == ((*HELD, at(0, 2)), clash, (), (2,))


def test_move_back_mends_what_it_broke():
    broken_one = move(PROBLEM, HELD, 2, 0)

    back = move(broken_one.problem, broken_one.held, 2, 1)

    assert (back.new, back.broken, back.mended) == ((), (), broken_one.broken)


def test_two_meetings_swap_rounds_and_tables():
    assert told(swap(PROBLEM, [at(0, 0, 1), at(2, 1, 2)], 0, 1)) == ((at(0, 1, 1), at(2, 0, 2)), (), (), ())


def test_dropped_meeting_takes_its_wish_with_it_and_is_not_fixed_any_more():
    edited = drop(replace(PROBLEM, fixed=(at(0, 0),)), HELD, 0)

    assert told(edited) == ((HELD[1],), (), (0,), ())
    assert edited.problem == PROBLEM
    assert (edited.before["wishes"], edited.after["wishes"]) == ((2,), (1,))


def test_dropping_what_is_required_is_said():
    required = replace(PROBLEM, meetings=(replace(PROBLEM.meetings[0], required=True), *PROBLEM.meetings[1:]))

    assert drop(required, HELD, 0).new == (Violation(rule=RuleName.REQUIRED, meetings=(0,), participants=(0, 1)),)


def test_forbidden_meeting_goes_and_stays_away_until_it_is_allowed():
    edited = forbid(PROBLEM, HELD, 0)

    assert told(edited) == ((HELD[1],), (), (0,), ())
    assert edited.problem.meetings[0].forbidden
    assert allow(edited.problem, edited.held, 0).problem == PROBLEM


def test_locked_meeting_is_fixed_where_it_is_once():
    locked = lock(lock(PROBLEM, HELD, 0).problem, HELD, 0)

    assert locked.problem.fixed == (at(0, 0, 1),)
    assert unlock(locked.problem, HELD, 0).problem == PROBLEM


@pytest.mark.parametrize(("fixed", "then"), [(at(0, 0, 1), at(1, 0, 1)), (at(0, 0), at(1, 0))])
def test_fixed_meeting_that_is_moved_is_fixed_there(fixed: Placed, then: Placed):
    edited = move(replace(PROBLEM, fixed=(fixed,)), HELD, 0, 1)

    assert (edited.problem.fixed, edited.new) == ((then,), ())


@settings(max_examples=50)
@given(planned(), st.data())
def test_consequences_are_those_of_the_two_plans(case: tuple[Problem, tuple[Placed, ...]], data: st.DataObject):
    problem, held = case
    if not problem.meetings:
        return
    meeting = data.draw(st.integers(0, len(problem.meetings) - 1))
    to = data.draw(st.integers(0, problem.rounds - 1))
    edits = [move(problem, held, meeting, to), drop(problem, held, meeting), forbid(problem, held, meeting)]
    if len(held) > 1:
        edits.append(swap(problem, held, held[0].meeting, held[1].meeting))

    for edited in edits:
        before, after = served(problem, held), served(edited.problem, edited.held)
        assert {str(each.rule) for each in edited.broken} == broken(edited.problem, [*edited.held])
        assert ({*edited.lost}, {*edited.gained}) == (before - after, after - before)
        assert (edited.before, edited.after) == (scores(problem, held), scores(edited.problem, edited.held))
        assert edited.new == edited.broken

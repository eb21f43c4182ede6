"""A new plan of the remaining rounds keeps what can be kept, and what changes is counted for everybody."""

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matchmaking.engine.changes import ChangeKind, change_kind
from matchmaking.engine.problem import Placed, Problem
from matchmaking.engine.replan import replan_problem
from matchmaking.engine.rules import violations
from matchmaking.engine.solve import solve
from tests.matchmaking.problems import at, between, broken, numbered, planned

PROBLEM = Problem(
    tables=((1, 2), (1, 2), (1, 2)), participants=numbered(6), meetings=between((0, 1), (2, 3), (0, 2), (1, 3), (4, 5))
)
ANNOUNCED = (at(0, 0, 1), at(0, 1, 2), at(1, 2, 1), at(1, 3, 2), at(2, 4, 1))


def _kinds(announced: Iterable[Placed], held: Iterable[Placed]) -> dict[int, ChangeKind]:
    """Of each meeting of either plan."""
    was, now = ({each.meeting: (each.round, each.table) for each in plan} for plan in (announced, held))
    return {number: change_kind(was.get(number), now.get(number)) for number in sorted(was.keys() | now.keys())}


def test_each_kind_is_told_apart():
    now = (at(0, 0, 1), at(0, 1, 1), at(2, 2, 1), at(2, 4, 1))

    assert _kinds(ANNOUNCED[:4], now) == {
        0: ChangeKind.KEPT,
        1: ChangeKind.RESEATED,
        2: ChangeKind.MOVED,
        3: ChangeKind.CANCELLED,
        4: ChangeKind.NEW,
    }


def test_past_stays_and_the_absent_meet_nobody():
    today = replan_problem(PROBLEM, ANNOUNCED, now=1, absent={2})

    plan = solve(today)

    assert today.fixed == (at(0, 0, 1), at(0, 1, 2))
    assert today.participants[2].busy == (1, 2)
    assert [(place.round, place.meeting) for place in plan.held] == [(0, 0), (0, 1), (1, 3), (2, 4)]
    assert [*_kinds(ANNOUNCED, plan.held).values()].count(ChangeKind.CANCELLED) == 1


def test_meeting_that_was_missed_may_be_held_later():
    problem = replace(PROBLEM, meetings=(replace(PROBLEM.meetings[0], value=1), *PROBLEM.meetings[1:]))

    plan = solve(replan_problem(problem, ANNOUNCED, now=1, missed={0}))

    assert [place.round for place in plan.held if place.meeting == 0] == [2]


def test_closed_table_takes_with_it_what_has_no_other():
    today = replan_problem(PROBLEM, ANNOUNCED, now=1, closed={2}, locked={3})

    assert today.tables == ((1, 2), (1,), (1,))
    assert today.fixed == (at(0, 0, 1), at(0, 1, 2), at(1, 3))
    assert today.announced == ANNOUNCED[2:]
    kinds = _kinds(ANNOUNCED, solve(today).held)
    stays = (ChangeKind.KEPT, ChangeKind.RESEATED)
    assert [number for number, kind in kinds.items() if kind in stays] == [0, 1, 3, 4]


def test_promises_that_no_one_can_keep_any_more_are_taken_back():
    people = tuple(replace(each, least=2) for each in PROBLEM.participants[:2])
    meetings = tuple(replace(each, required=True) for each in PROBLEM.meetings)
    problem = replace(
        PROBLEM, participants=(*people, *PROBLEM.participants[2:]), meetings=meetings, fixed=(at(1, 2, 1), at(1, 3, 2))
    )

    today = replan_problem(problem, ANNOUNCED, now=1, absent={2})

    assert [each.least for each in today.participants[:2]] == [1, 2]
    assert [each.required for each in today.meetings] == [True, True, False, True, True]
    assert today.fixed == (at(0, 0, 1), at(0, 1, 2), at(1, 3, 2))


def test_required_meeting_that_was_missed_is_held_later_only_if_it_can_be():
    problem = replace(PROBLEM, meetings=(replace(PROBLEM.meetings[0], required=True, value=1), *PROBLEM.meetings[1:]))

    over = solve(replan_problem(problem, ANNOUNCED, now=problem.rounds, missed={0}))
    later = solve(replan_problem(problem, ANNOUNCED[:2], now=1, missed={0}))

    assert (over.found, {*over.held}) == (True, {*ANNOUNCED} - {ANNOUNCED[0]})
    assert 0 in {place.meeting for place in later.held}


def test_what_happened_breaks_no_rule_whatever_was_decided_since():
    problem = replace(
        PROBLEM,
        tables=((1,), (1, 2), (1, 2)),
        participants=tuple(replace(each, busy=(0,), most=0) for each in PROBLEM.participants),
        meetings=tuple(replace(each, forbidden=True, rounds=()) for each in PROBLEM.meetings),
        exclusive=((0, 1),),
        before=((0, 1),),
    )

    today = replan_problem(problem, ANNOUNCED, now=1)

    assert violations(today, ANNOUNCED[:2]) == []


@settings(max_examples=40)
@given(planned(), st.data())
def test_there_is_always_a_plan_of_the_remaining_rounds(case: tuple[Problem, tuple[Placed, ...]], data: st.DataObject):
    problem, announced = case
    now = data.draw(st.integers(problem.past, problem.rounds))
    some = st.sets(st.integers(0, max(0, len(problem.meetings) - 1)), max_size=3)
    absent = data.draw(st.sets(st.integers(0, len(problem.participants) - 1), max_size=2))
    closed, locked, missed = data.draw(st.sets(st.integers(1, 4), max_size=2)), data.draw(some), data.draw(some)

    today = replan_problem(problem, announced, now=now, absent=absent, missed=missed, closed=closed, locked=locked)
    plan = solve(today, time_limit=20)

    assert plan.found
    assert broken(today, [*plan.held]) == set()
    happened = {place for place in announced if place.round < now and place.meeting not in missed}
    assert {place for place in plan.held if place.round < now} == happened
    assert not any(
        absent & {*problem.pair(place.meeting)} or place.table in closed for place in plan.held if place.round >= now
    )

"""Each hard rule, alone and among random others; and that nobody waits for the answer at a hand edit."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matchmaking.engine.problem import Placed, Problem
from matchmaking.engine.rules import RuleName, Violation, violations
from matchmaking.engine.solve import solve
from tests.matchmaking.problems import at, between, broken, numbered, problems

PROBLEM = Problem(
    tables=((1, 2), (1, 2), (1, 2)), participants=numbered(6), meetings=between((0, 1), (2, 3), (4, 5), (0, 2), (1, 1))
)


def changed(number: int, **what: Any) -> Problem:
    """The problem, with one meeting otherwise."""
    meetings = list(PROBLEM.meetings)
    meetings[number] = replace(meetings[number], **what)
    return replace(PROBLEM, meetings=tuple(meetings))


def asked(number: int, **what: Any) -> Problem:
    """The problem, with one participant otherwise."""
    participants = list(PROBLEM.participants)
    participants[number] = replace(participants[number], **what)
    return replace(PROBLEM, participants=tuple(participants))


def found(rule: RuleName, *meetings: int, **more: Any) -> Violation:
    return Violation(rule=rule, meetings=meetings, **more)


CASES = [
    (PROBLEM, [at(0, 7)], found(RuleName.UNKNOWN_MEETING, 7)),
    (PROBLEM, [at(0, -1)], found(RuleName.UNKNOWN_MEETING, -1)),
    (PROBLEM, [at(3, 0)], found(RuleName.UNKNOWN_ROUND, 0, round=3)),
    (PROBLEM, [at(0, 4)], found(RuleName.BOTH_SIDES, 4, participants=(1,))),
    (PROBLEM, [at(0, 0), at(1, 0)], found(RuleName.TWICE, 0)),
    (PROBLEM, [at(0, 0), at(0, 3)], found(RuleName.ONE_AT_A_TIME, 0, 3, participants=(0,), round=0)),
    (asked(1, busy=(2,)), [at(2, 0)], found(RuleName.BUSY, 0, participants=(1,), round=2)),
    (replace(PROBLEM, past=1), [at(0, 0)], found(RuleName.PAST, 0, round=0)),
    (changed(0, rounds=(0, 1)), [at(2, 0)], found(RuleName.ROUNDS, 0, round=2)),
    (changed(0, forbidden=True), [at(0, 0)], found(RuleName.FORBIDDEN, 0, participants=(0, 1))),
    (changed(0, required=True), [], found(RuleName.REQUIRED, 0, participants=(0, 1))),
    (replace(PROBLEM, fixed=(at(1, 0),)), [at(2, 0)], found(RuleName.FIXED, 0, round=1)),
    (replace(PROBLEM, fixed=(at(1, 0, 2),)), [at(1, 0, 1)], found(RuleName.FIXED, 0, round=1, table=2)),
    (PROBLEM, [at(0, 0, 3)], found(RuleName.TABLE_MISSING, 0, round=0, table=3)),
    (PROBLEM, [at(0, 0, 1), at(0, 1, 1)], found(RuleName.TABLE_TAKEN, 0, 1, round=0, table=1)),
    (PROBLEM, [at(0, 0), at(0, 1), at(0, 2)], found(RuleName.TABLES, 0, 1, 2, round=0)),
    (asked(0, least=2), [at(0, 0)], found(RuleName.LEAST, 0, participants=(0,))),
    (asked(0, most=1), [at(0, 0), at(1, 3)], found(RuleName.MOST, 0, 3, participants=(0,))),
    (replace(PROBLEM, exclusive=((), (0, 1))), [at(0, 0), at(1, 1)], found(RuleName.EXCLUSIVE, 0, 1, group=1)),
    (replace(PROBLEM, before=((0, 1),)), [at(1, 0), at(1, 1)], found(RuleName.BEFORE, 0, 1, round=1)),
]


@pytest.mark.parametrize(("problem", "held", "violation"), CASES, ids=[str(each[2].rule) for each in CASES])
def test_each_rule_is_named_alone_where_it_alone_is_broken(problem: Problem, held: list[Placed], violation: Violation):
    assert violations(problem, held) == [violation]


def test_each_rule_has_its_case():
    assert {violation.rule for _problem, _held, violation in CASES} == {*RuleName}


def test_what_is_past_may_be_what_it_was():
    problem = replace(PROBLEM, past=2, fixed=(at(0, 0),))

    assert violations(problem, [at(0, 0, 1), at(2, 3, 1)]) == []


@settings(max_examples=60)
@given(problems(), st.data())
def test_the_same_rules_are_broken_as_in_plain_words(problem: Problem, data: st.DataObject):
    place = st.builds(
        at, st.integers(-1, problem.rounds), st.integers(-1, len(problem.meetings)), st.none() | st.integers(1, 4)
    )
    held, fixed = data.draw(st.lists(place, max_size=6)), data.draw(st.lists(place, max_size=2))
    problem = replace(problem, fixed=tuple(fixed))

    assert {str(each.rule) for each in violations(problem, held)} == broken(problem, held)


@settings(max_examples=30)
@given(problems())
def test_plans_that_are_found_break_none(problem: Problem):
    plan = solve(problem, time_limit=20)

    assert plan.found
    assert violations(problem, plan.held) == []


def test_two_thousand_meetings_are_looked_at_in_no_time():
    businesses, resources, rounds = 1000, 150, 16
    pairs = [
        (number % businesses, businesses + (number * 7 + number // businesses) % resources) for number in range(5000)
    ]
    problem = Problem(
        tables=(tuple(range(1, 151)),) * rounds,
        participants=numbered(1150, busy=(3,), most=16),
        meetings=between(*pairs),
    )
    held = [at(number % 14, number, number % 150 + 1) for number in range(2000)]

    began = time.process_time()
    for _ in range(5):
        violations(problem, held)

    assert (time.process_time() - began) / 5 < 0.04  # 10 ms on a quiet machine

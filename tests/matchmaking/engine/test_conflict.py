"""Of a problem without a plan, rules are named that leave none, and each is needed."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from matchmaking.engine.conflict import conflict
from matchmaking.engine.problem import Meeting, Participant, Problem
from matchmaking.engine.rule_book import Rule, rule_book, under
from matchmaking.engine.rules import RuleName
from tests.matchmaking.engine.oracle import plans_with_tables
from tests.matchmaking.engine.problems import tiny_problems
from tests.matchmaking.problems import at, between, numbered

BASE = Problem(tables=((1,), (1,)), participants=numbered(6), meetings=between((0, 1), (2, 3), (4, 5), (0, 2)))


def required(*numbers: int, **what: Any) -> tuple[Meeting, ...]:
    """The meetings, these required."""
    return tuple(
        replace(each, required=True, **what) if number in numbers else each for number, each in enumerate(BASE.meetings)
    )


def person(**what: Any) -> tuple[Participant, ...]:
    """The participants, the first otherwise."""
    return (Participant(key="p", **what), *BASE.participants[1:])


def fixed(number: int, round: int, table: int | None = None) -> Rule:  # noqa: A002 - as it is called everywhere
    return Rule(rule=RuleName.FIXED, meetings=(number,), rounds=(round,), table=table)


def rule(name: RuleName, *meetings: int, **more: Any) -> Rule:
    return Rule(rule=name, meetings=meetings, **more)


CASES = {
    "one person in two fixed meetings": (
        replace(BASE, fixed=(at(0, 0), at(0, 3), at(1, 1))),
        {fixed(0, 0), fixed(3, 0)},
    ),
    "a meeting fixed twice": (replace(BASE, fixed=(at(0, 0), at(1, 0))), {fixed(0, 0), fixed(0, 1)}),
    "a table twice": (
        replace(BASE, tables=((1, 2),), fixed=(at(0, 0, 2), at(0, 1, 2))),
        {fixed(0, 0, 2), fixed(1, 0, 2)},
    ),
    "a table that is not there": (
        replace(BASE, fixed=(at(1, 0, 7),)),
        {fixed(0, 1, 7), rule(RuleName.TABLES, rounds=(1,))},
    ),
    "three meetings for two tables": (
        replace(BASE, meetings=required(0, 1, 2)),
        {*(rule(RuleName.REQUIRED, number) for number in range(3)), rule(RuleName.TABLES, rounds=(0, 1))},
    ),
    "two fixed in a round with one table": (
        replace(BASE, fixed=(at(1, 0), at(1, 1))),
        {fixed(0, 1), fixed(1, 1), rule(RuleName.TABLES, rounds=(1,))},
    ),
    "busy": (
        replace(BASE, participants=person(busy=(0, 1)), fixed=(at(1, 0),)),
        {fixed(0, 1), rule(RuleName.BUSY, participant=0, rounds=(1,))},
    ),
    "required and forbidden": (
        replace(BASE, meetings=required(0, forbidden=True)),
        {rule(RuleName.REQUIRED, 0), rule(RuleName.FORBIDDEN, 0)},
    ),
    "in none of its rounds": (
        replace(BASE, meetings=required(0, rounds=())),
        {rule(RuleName.REQUIRED, 0), rule(RuleName.ROUNDS, 0)},
    ),
    "more than at most": (
        replace(BASE, participants=person(least=2, most=1)),
        {rule(RuleName.LEAST, participant=0), rule(RuleName.MOST, participant=0)},
    ),
    "more than there are": (replace(BASE, participants=person(least=3)), {rule(RuleName.LEAST, participant=0)}),
    "both of a group": (
        replace(BASE, meetings=required(0, 1), exclusive=((0, 1, 2),)),
        {rule(RuleName.REQUIRED, 0), rule(RuleName.REQUIRED, 1), rule(RuleName.EXCLUSIVE, 0, 1, group=0)},
    ),
    "each before the other": (
        replace(BASE, tables=((1, 2),) * 3, meetings=required(0, 1), before=((0, 1), (1, 0))),
        {
            rule(RuleName.REQUIRED, 0),
            rule(RuleName.REQUIRED, 1),
            rule(RuleName.BEFORE, 0, 1),
            rule(RuleName.BEFORE, 1, 0),
        },
    ),
    "all rounds past": (
        replace(BASE, meetings=required(0), past=2),
        {rule(RuleName.REQUIRED, 0), rule(RuleName.PAST, rounds=(0, 1))},
    ),
}


@pytest.mark.parametrize(("problem", "rules"), CASES.values(), ids=CASES)
def test_conflict_is_named(problem: Problem, rules: set[Rule]):
    named = conflict(problem)

    assert ({*named}, len(named)) == (rules, len(rules))


def test_every_rule_is_in_a_conflict():
    implied = {RuleName.UNKNOWN_MEETING, RuleName.UNKNOWN_ROUND, RuleName.BOTH_SIDES, RuleName.TWICE}
    implied |= {RuleName.ONE_AT_A_TIME, RuleName.TABLE_MISSING, RuleName.TABLE_TAKEN}

    assert {each.rule for _problem, rules in CASES.values() for each in rules} == {*RuleName} - implied


@settings(max_examples=60)
@given(tiny_problems(demanding=True))
def test_conflict_leaves_no_plan_and_one_without_any_of_its_rules(problem: Problem):
    named = [*conflict(problem)]

    assert bool(named) == (not _has_a_plan(problem))
    assert not named or not _has_a_plan(under(problem, named))
    for number, each in enumerate(named):
        others = named[:number] + named[number + 1 :]
        rounds = each.rounds if each.rule in (RuleName.BUSY, RuleName.TABLES) else ()
        fewer = [replace(each, rounds=tuple(one for one in rounds if one != gone)) for gone in rounds]

        assert _has_a_plan(under(problem, others))
        assert all(_has_a_plan(under(problem, [*others, less])) for less in fewer)


@settings(max_examples=40)
@given(tiny_problems(demanding=True))
def test_no_conflict_has_fewer_rules(problem: Problem):
    named = conflict(problem)
    rules = rule_book(problem)

    for fewer in range(len(named)):
        assert all(_has_a_plan(under(problem, some)) for some in combinations(rules, fewer))


def _has_a_plan(problem: Problem) -> bool:
    return next(plans_with_tables(problem), None) is not None


def test_the_same_conflict_is_named_each_time():
    problem = replace(BASE, meetings=required(0, 1, 2, 3), participants=person(most=1, busy=(1,)))

    assert len({conflict(problem) for _ in range(3)}) == 1


def test_no_conflict_where_there_is_a_plan():
    assert conflict(BASE) == ()


def test_large_problem_names_its_few_rules_soon():
    pairs = [(number % 200, 200 + (number * 7 + number // 200) % 40) for number in range(3000)]
    meetings = list(between(*pairs))
    mine = [number for number, each in enumerate(pairs) if each[1] == 200][:13]
    for number in mine:
        meetings[number] = replace(meetings[number], required=True)
    people = numbered(240, busy=(3,), most=12)
    problem = Problem(tables=(tuple(range(40)),) * 12, participants=people, meetings=tuple(meetings))

    named = conflict(problem, time_limit=20)

    assert {each.rule for each in named} <= {RuleName.REQUIRED, RuleName.MOST, RuleName.BUSY}
    assert len(named) <= 13

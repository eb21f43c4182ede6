"""What people are told of a wish that is not served is true: the change serves it, the exchange costs what it says."""

import time
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from matchmaking.engine.explain import Unserved, unserved
from matchmaking.engine.instead import Instead
from matchmaking.engine.obstacles import Obstacle, Reason
from matchmaking.engine.problem import Meeting, Participant, Placed, Problem, Wish
from matchmaking.engine.remedy import (
    AddRound,
    AddTable,
    Allow,
    Change,
    Free,
    Open,
    Raise,
    Split,
    Step,
    Unorder,
    apply,
    carried_out,
)
from matchmaking.engine.rules import RuleName
from matchmaking.engine.score import rank, scores
from matchmaking.engine.solve import solve
from tests.matchmaking.problems import at, between, broken, numbered, planned, problems, served


def wished(**more: Any) -> Problem:
    """Four people, two rounds, a table; the wish is for the first meeting."""
    problem = Problem(
        tables=((1,), (1,)),
        participants=numbered(4),
        meetings=between((0, 1), (2, 3), (0, 2), (1, 3)),
        wishes=(Wish(key="w", owner="x", meetings=(0,)),),
    )
    return replace(problem, **more)


def person(**what: Any) -> Participant:
    return Participant(key="p", **what)


FULL = (at(0, 1, 1), at(1, 2, 1))
CASES: dict[str, tuple[Problem, tuple[Placed, ...], Reason, tuple[Step, ...] | None]] = {
    "nothing is in the way": (wished(), (), Reason.POSSIBLE, ()),
    "wish for strangers": (wished(wishes=(Wish(key="w", owner="x", meetings=()),)), (), Reason.NO_MEETING, None),
    "both sides": (wished(meetings=between((0, 0))), (), Reason.BOTH_SIDES, None),
    "forbidden": (
        wished(meetings=(Meeting(key="m", a=0, b=1, forbidden=True),)),
        (),
        Reason.FORBIDDEN,
        (Allow(0),),
    ),
    "never both there": (
        wished(participants=(person(busy=(0,)), person(busy=(1,)), person(), person())),
        (),
        Reason.NO_COMMON_ROUND,
        (Free(0, 0),),
    ),
    "not in its rounds": (
        wished(meetings=(Meeting(key="m", a=0, b=1, rounds=()),)),
        (),
        Reason.NO_COMMON_ROUND,
        (Open(0, 0),),
    ),
    "past": (wished(past=2), (), Reason.PAST, (AddRound((1,)),)),
    "excluded": (wished(exclusive=((0, 1),)), (at(0, 1, 1),), Reason.EXCLUSIVE, (Split(0, 0),)),
    "has enough": (
        wished(participants=(person(most=1), person(), person(), person())),
        (at(0, 2, 1),),
        Reason.MOST,
        (Raise(0),),
    ),
    "always with others": (
        wished(tables=((1, 2), (1, 2)), fixed=(at(0, 2), at(1, 3))),
        (at(0, 2, 1), at(1, 3, 1)),
        Reason.FULL,
        (AddRound((1, 2)),),
    ),
    "no table": (wished(), FULL, Reason.NO_TABLE, (AddTable(0, 2),)),
    "too early": (
        wished(tables=((1, 2), (1, 2)), before=((1, 0),), meetings=between((0, 1), (2, 3))),
        (at(1, 1, 1),),
        Reason.BEFORE,
        (Unorder(1, 0),),
    ),
    "two steps": (
        wished(tables=((1,),), participants=(person(busy=(0,)), *numbered(3))),
        (at(0, 1, 1),),
        Reason.NO_COMMON_ROUND,
        (Free(0, 0), AddTable(0, 2)),
    ),
    "more than can be advised": (
        wished(
            meetings=(Meeting(key="m", a=0, b=1, forbidden=True), *between((0, 2), (1, 3))),
            participants=(person(most=1), person(most=1), person(), person()),
        ),
        (at(0, 1, 1), at(1, 2, 1)),
        Reason.FORBIDDEN,
        None,
    ),
}


@pytest.mark.parametrize(("problem", "held", "reason", "steps"), CASES.values(), ids=CASES)
def test_reason_and_change_are_named(
    problem: Problem, held: tuple[Placed, ...], reason: Reason, steps: tuple[Step, ...] | None
):
    (told,) = unserved(problem, held)

    assert (told.reason, told.change.steps if told.change else None) == (reason, steps)


def test_every_reason_has_its_case():
    assert {reason for _problem, _held, reason, _steps in CASES.values()} == {*Reason}


def test_all_that_a_person_is_told_stands_in_the_answer():
    problem = wished(participants=(person(busy=(0,)), person(), person(), person()))

    assert unserved(problem, FULL) == [
        Unserved(
            wish=0,
            meeting=0,
            reason=Reason.FULL,
            obstacles=(
                Obstacle(rule=RuleName.BUSY, participant=0, rounds=(0,)),
                Obstacle(rule=RuleName.ONE_AT_A_TIME, participant=0, rounds=(1,), meetings=(2,)),
                Obstacle(rule=RuleName.TABLES, rounds=(0, 1)),
            ),
            change=Change(hold=at(0, 0, 2), steps=(Free(0, 0), AddTable(0, 2))),
            instead=Instead(hold=at(1, 0, 1), meetings=(2,), lost=(), gained=(0,)),
        )
    ]


def test_another_meeting_moves_where_that_is_enough():
    problem = wished(tables=((1, 2), (1, 2)), participants=(person(busy=(0,)), *numbered(3)))

    (told,) = unserved(problem, [at(1, 3, 1)])

    assert told.change == Change(hold=at(1, 0, 1), moved=(at(0, 3, 1),))


def test_announced_meeting_moves_for_nobody():
    problem = wished(tables=((1, 2), (1, 2)), participants=(person(busy=(0,)), *numbered(3)), announced=(at(1, 3, 1),))

    (told,) = unserved(problem, [at(1, 3, 1)])

    assert told.change == Change(hold=at(0, 0, 1), steps=(Free(0, 0),))


@given(planned())
def test_what_is_told_is_true(case: tuple[Problem, tuple[Placed, ...]]):
    problem, held = case

    answer = unserved(problem, held)

    assert [told.wish for told in answer] == sorted({*range(len(problem.wishes))} - served(problem, held))
    for told in answer:
        _the_change_serves_it_and_nobody_loses(problem, held, told)
        _the_exchange_costs_what_it_says(problem, held, told)
        _the_obstacles_leave_the_rounds_in_which_it_could_be(problem, held, told)


@settings(max_examples=25)
@given(problems())
def test_after_the_change_every_new_plan_serves_the_wish_and_is_as_good_for_all(problem: Problem):
    plan = solve(problem, time_limit=20)

    for told in unserved(problem, plan):
        if told.change is not None:
            after = apply(problem, told.change)
            again = solve(after, time_limit=20)
            least = scores(after, carried_out(plan.held, told.change))

            assert told.wish in served(after, again.held)
            assert rank(scores(after, again.held)) >= rank(least)


def _the_change_serves_it_and_nobody_loses(problem: Problem, held: tuple[Placed, ...], told: Unserved):
    if told.change is not None:
        after, plan = apply(problem, told.change), carried_out(held, told.change)
        before, now = scores(problem, held), scores(after, plan)

        assert broken(after, [*plan]) == set()
        assert served(after, plan) >= served(problem, held) | {told.wish}
        assert after.meetings[told.change.hold.meeting].required
        assert all(now[name] >= before[name] for name in ("kept", "musts", "wishes", "value") if name in before)


def _the_exchange_costs_what_it_says(problem: Problem, held: tuple[Placed, ...], told: Unserved):
    if told.instead is not None:
        plan = [place for place in held if place.meeting not in told.instead.meetings] + [told.instead.hold]
        before, now = served(problem, held), served(problem, plan)

        assert broken(problem, plan) == set()
        assert (before - now, now - before) == ({*told.instead.lost}, {*told.instead.gained})
        assert told.wish in now


def _the_obstacles_leave_the_rounds_in_which_it_could_be(problem: Problem, held: tuple[Placed, ...], told: Unserved):
    if told.meeting is not None:
        everywhere = any(not each.rounds for each in told.obstacles)
        closed = {each for obstacle in told.obstacles for each in obstacle.rounds}
        left = set() if everywhere else {*range(problem.rounds)} - closed
        could = {each for each in range(problem.rounds) if not broken(problem, [*held, at(each, told.meeting)])}

        assert left == could
        assert (told.reason == Reason.POSSIBLE) == bool(could)


def test_two_thousand_wishes_are_explained_before_anybody_waits():
    random, rounds, tables = Random(1), 16, 100
    busy = [random.sample(range(rounds), 3) for _ in range(1150)]
    pairs = [*{(random.randrange(1000), 1000 + random.randrange(150)): None for _ in range(3800)}]
    problem = Problem(
        tables=(tuple(range(tables)),) * rounds,
        participants=tuple(person(busy=tuple(each), most=14) for each in busy),
        meetings=between(*pairs),
        wishes=tuple(Wish(key=f"w{each}", owner=f"{a}", meetings=(each,)) for each, (a, _b) in enumerate(pairs)),
    )
    taken, held, inside = [{*each} for each in busy], [], [0] * rounds
    for number, (a, b) in enumerate(pairs):
        free = next((each for each in range(rounds) if inside[each] < tables and each not in taken[a] | taken[b]), None)
        if free is not None:
            held.append(at(free, number, inside[free]))
            inside[free] += 1
            taken[a].add(free)
            taken[b].add(free)

    began = time.process_time()
    told = unserved(problem, held)
    seconds = time.process_time() - began

    assert len(told) > 2000
    assert all(each.change for each in told)
    assert seconds < 2

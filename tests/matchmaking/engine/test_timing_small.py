"""Against every plan there is: the fewest breaks are found, and what is impossible is proven so."""

import pytest
from hypothesis import given, settings

from matchmaking.engine.rounds.cores import FINDING, REFUTING, Strategy, prove
from matchmaking.engine.rounds.solver import time_meetings
from matchmaking.engine.rounds.tighten import tightened
from matchmaking.engine.timing import Timed, Timing, breaks_of, violations
from tests.matchmaking.engine.timings import counted, fewest_breaks, tiny_timings


@settings(max_examples=300, deadline=None)
@given(tiny_timings())
def test_timing_finds_the_fewest_breaks_or_proves_that_there_is_no_plan(timing: Timing):
    timed = time_meetings(timing)

    fewest = fewest_breaks(timing)
    assert (timed.value, timed.infeasible, timed.proven) == (fewest, fewest is None, True)
    if timed.rounds is not None:
        assert sum(counted(timing, timed.rounds) or ()) == fewest


@pytest.mark.parametrize("strategy", [REFUTING, FINDING], ids=["refuting", "finding"])
def test_each_proof_agrees_with_trying_everything(strategy: Strategy):
    @settings(max_examples=150, deadline=None)
    @given(tiny_timings())
    def agrees(timing: Timing):
        tight = tightened(timing)
        *bounds, last = prove(tight, strategy) if tight else (Timed(None, None, 0, infeasible=True),)

        assert (last.value, last.infeasible) == ((fewest := fewest_breaks(timing)), fewest is None)
        assert [told.bound for told in bounds] == list(range(1, len(bounds) + 1))

    agrees()


@settings(max_examples=200, deadline=None)
@given(tiny_timings())
def test_violations_are_found_exactly_where_a_plan_may_not_be_held(timing: Timing):
    rounds = tuple(allowed[0] for allowed in timing.allowed)

    counts = counted(timing, rounds)

    assert (list(violations(timing, rounds)) == []) == (counts is not None)
    assert counts is None or breaks_of(timing, rounds) == counts


def test_gap_of_any_length_counts_once_and_forbidden_rounds_are_idle():
    timing = Timing(3, 9, (1,) * 9, ((0, 1), (0, 2), (0, 1)), ((0,), (4,), (8,)))

    assert time_meetings(timing) == Timed((0, 4, 8), 3, 3)


@pytest.mark.parametrize(
    "timing",
    [
        Timing(2, 3, (1, 1, 1), ((0, 1), (0, 1)), ((0, 1, 2), (0, 1, 2)), before=((0, 1), (1, 0))),
        Timing(2, 3, (1, 1, 1), ((0, 1),), ((0, 1, 2),), before=((0, 0),)),
        Timing(2, 3, (1, 1, 1), ((0, 1),), ((),)),
        Timing(2, 0, (), ((0, 1),), ((),)),
        Timing(2, 3, (0, 0, 0), ((0, 1),), ((0, 1, 2),)),
        Timing(40, 2, (9, 9), tuple((2 * m, 2 * m + 1) for m in range(19)), ((0, 1),) * 19),
        Timing(21, 10, (99,) * 10, tuple((0, 1 + m) for m in range(20)), (tuple(range(10)),) * 20),
        Timing(3, 3, (1,) * 3, ((0, 1), (0, 1)), ((0,), (2,)), spread=0),
    ],
    ids=["circle", "before itself", "no round", "no rounds", "no table", "crowded", "busy", "unfair"],
)
def test_impossible_problem_is_proven_so(timing: Timing):
    timed = time_meetings(timing)

    assert (timed.rounds, timed.value, timed.infeasible, timed.proven) == (None, None, True, True)


def test_no_meetings_are_held_without_breaks():
    assert time_meetings(Timing(3, 2, (1, 1), (), ())) == Timed((), 0, 0)

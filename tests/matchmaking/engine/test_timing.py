"""Larger problems: plans may be held, come early, and time is kept."""

import time
from random import Random

import psutil
import pytest
from msgspec.structs import replace

from matchmaking.engine.rounds.cores import FINDING, REFUTING
from matchmaking.engine.rounds.helpers import Helpers
from matchmaking.engine.rounds.prover import Task
from matchmaking.engine.rounds.solver import time_meetings
from matchmaking.engine.rounds.tighten import tightened
from matchmaking.engine.timing import breaks_of, violations
from tests.matchmaking.engine.timings import crowd

SESSION = crowd(1, guests=20, hosts=8, rounds=10, meetings=60, tables=7, absent=0.1)
ROOM = crowd(1, guests=1000, hosts=150, rounds=16, meetings=2000, tables=130, absent=0.05)


@pytest.mark.parametrize("seed", range(6))
def test_plan_of_a_random_session_keeps_all_rules(seed: int):
    random = Random(seed)
    timing = crowd(seed, guests=12, hosts=6, rounds=8, meetings=30, tables=random.choice((4, 5, 12)), absent=0.1)
    first, second, third = random.sample(range(30), 3)
    timing = replace(timing, before=((first, second), (second, third)), spread=random.choice((None, 0, 1, 2)))

    timed = time_meetings(timing, time_limit=20)

    assert timed.proven
    if timed.rounds is not None:
        assert list(violations(timing, timed.rounds)) == []
        assert timed.value == sum(breaks_of(timing, timed.rounds))


def test_a_table_more_never_costs_breaks():
    values = [time_meetings(replace(SESSION, tables=(tables,) * 10)).value for tables in (6, 7, 8)]

    assert None not in values
    assert values == sorted(values, key=lambda value: -(value or 0))


def test_same_seed_gives_the_same_plan():
    assert time_meetings(SESSION, seed=3) == time_meetings(SESSION, seed=3)


def test_progress_is_told_and_only_gets_better():
    told: list[tuple[int | None, int, float]] = []

    timed = time_meetings(SESSION, on_progress=lambda *known: told.append(known))

    assert told[-1][:2] == (timed.value, timed.bound)
    assert [bound for _, bound, _ in told] == sorted(bound for _, bound, _ in told)
    assert [seconds for *_, seconds in told] == sorted(seconds for *_, seconds in told)


def test_plan_for_a_full_room_comes_early_and_the_time_is_kept():
    told: list[tuple[int | None, int, float]] = []
    began = time.monotonic()

    timed = time_meetings(ROOM, time_limit=2, on_progress=lambda *known: told.append(known))

    assert time.monotonic() - began < 4
    assert timed.rounds is not None
    assert list(violations(ROOM, timed.rounds)) == []
    assert timed.value == sum(breaks_of(ROOM, timed.rounds)) < (told[0][0] or 0)
    assert 0 <= timed.bound <= timed.value


def test_plan_to_start_from_is_where_the_search_begins():
    told: list[int | None] = []
    begun = time_meetings(ROOM, time_limit=1).rounds
    assert begun is not None

    time_meetings(ROOM, start=begun, time_limit=0.3, on_progress=lambda value, *_: told.append(value))

    assert told[0] == sum(breaks_of(ROOM, begun))


def test_plan_to_start_from_may_say_nothing_or_what_is_impossible():
    for nonsense in (-1, 99):
        assert time_meetings(SESSION, start=[nonsense] * len(SESSION.pairs)).proven


def test_crowd_that_fits_no_room_is_not_searched_forever():
    crowded = replace(ROOM, tables=(125,) * 15 + (124,))

    assert time_meetings(crowded, time_limit=5).infeasible


def test_two_proofs_in_processes_of_their_own_agree_and_none_is_left_behind():
    tight = tightened(replace(SESSION, spread=1))
    assert tight is not None
    told = []

    with Helpers() as helpers:
        for strategy in (REFUTING, FINDING):
            helpers.start(Task(tight, strategy, 20))
        while helpers.working:
            told += helpers.heard(20)
        helpers.start(Task(ROOM, REFUTING, 60))

    assert {known.value for known in told if known.proven} == {time_meetings(SESSION).value}
    assert len([known for known in told if known.rounds]) == 2
    assert [child for child in psutil.Process().children() if "prover" in " ".join(child.cmdline())] == []

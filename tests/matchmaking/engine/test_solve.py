"""Problems of a real size, and what callers count on."""

import time

import pytest
from msgspec import structs

from benchmarks.matchmaking_problems import MEDIUM, Size, problem
from matchmaking.engine.plan import Level, LevelName, Plan, Progress
from matchmaking.engine.problem import Meeting, Participant, Placed, Problem, Wish
from matchmaking.engine.solve import solve
from matchmaking.engine.watch import Stop
from tests.matchmaking.engine.oracle import broken_rules

TINY, SMALL = Size(8, 4, 5, 4), Size(30, 10, 8, 8)
PEOPLE = tuple(Participant(key=key) for key in "abcd")
TWO_ROUNDS = Problem(
    tables=((1, 2), (1, 2)),
    participants=PEOPLE,
    meetings=tuple(Meeting(key=f"{a}{b}", a=a, b=b, value=10 * (a + 1) + b) for a in (0, 1) for b in (2, 3)),
)


def _level(plan: Plan, name: LevelName) -> Level:
    return next(level for level in plan.levels if level.name == name)


def _until_proven(asked: Problem, *names: LevelName) -> Plan:
    """However slow the machine is: the search goes on until these levels are proven, and then no longer."""
    stop, proven = Stop(), set[LevelName]()

    def hear(told: Progress) -> None:
        if told.value == told.bound:
            proven.add(told.level)
        if proven >= {*names}:
            stop.ask()

    return solve(asked, time_limit=60, on_progress=hear, stop=stop)


@pytest.fixture(scope="module")
def announced() -> Problem:
    asked = problem(Size(60, 20, 12, 20))
    return structs.replace(asked, announced=solve(asked, time_limit=3).held)


def test_solve_holds_everything_when_everything_fits():
    plan = solve(TWO_ROUNDS)

    assert sorted(place.meeting for place in plan.held) == [0, 1, 2, 3]
    assert [level.proven for level in plan.levels] == [True] * 5


def test_solve_proves_shares_and_value_of_a_real_event_at_once():
    asked = problem(MEDIUM)

    plan = _until_proven(asked, "musts", "wishes", "value")

    assert broken_rules(asked, plan.held) == []
    assert {level.name for level in plan.levels if level.proven} >= {"musts", "wishes", "value"}


def test_solve_gives_the_same_plan_for_the_same_seed():
    asked = problem(TINY)

    assert solve(asked, seed=7, time_limit=30) == solve(asked, seed=7, time_limit=30)


def test_solve_ends_with_its_time_and_a_plan():
    asked = problem(MEDIUM)
    began = time.monotonic()

    plan = solve(asked, time_limit=0.4)

    assert time.monotonic() - began < 2
    assert plan.found
    assert broken_rules(asked, plan.held) == []
    assert all(level.value == level.bound or not level.proven for level in plan.levels)


@pytest.mark.parametrize("limit", [0.02, 0.1, 0.3])
def test_bounds_hold_however_early_the_search_ends(limit: float):
    asked = problem(SMALL, seed=1)
    best = _until_proven(asked, "musts", "wishes", "value").levels[:3]

    early = solve(asked, time_limit=limit).levels[:3]

    assert all(level.proven for level in best)
    for found, whole in zip(early, best, strict=True):
        assert found.bound >= whole.value
        if found.value != whole.value:
            break


def test_solve_is_no_worse_than_where_it_starts():
    asked = problem(SMALL)
    first = solve(asked, time_limit=1)

    again = solve(asked, time_limit=0.05, start=first)

    assert _level(again, "value").value >= _level(first, "value").value


def test_solve_tells_how_far_it_is():
    heard: list[Progress] = []

    solve(problem(SMALL), time_limit=1, on_progress=heard.append)

    assert {told.level for told in heard} >= {"musts", "wishes", "value", "breaks"}
    assert [told.seconds for told in heard] == sorted(told.seconds for told in heard)
    assert len({(told.level, told.value, told.bound) for told in heard}) == len(heard)


@pytest.mark.parametrize(
    "impossible",
    [
        structs.replace(TWO_ROUNDS, fixed=(Placed(round=0, meeting=0), Placed(round=0, meeting=1))),
        structs.replace(TWO_ROUNDS, fixed=(Placed(round=0, meeting=0), Placed(round=1, meeting=0))),
        structs.replace(TWO_ROUNDS, fixed=(Placed(round=0, meeting=0, table=9),)),
        structs.replace(TWO_ROUNDS, fixed=(Placed(round=5, meeting=0),)),
        structs.replace(TWO_ROUNDS, participants=(*PEOPLE[:3], Participant(key="d", least=3))),
        structs.replace(
            TWO_ROUNDS,
            tables=((1,), ()),
            meetings=tuple(structs.replace(meeting, required=True) for meeting in TWO_ROUNDS.meetings),
        ),
    ],
    ids=["same person", "two rounds", "no such table", "no such round", "least", "too few tables"],
)
def test_solve_says_so_when_the_rules_leave_nothing(impossible: Problem):
    assert solve(impossible) == Plan(found=False, infeasible=True)


def test_nothing_is_held_without_tables():
    plan = solve(structs.replace(TWO_ROUNDS, tables=((), ())))

    assert (plan.found, plan.held) == (True, ())


def test_fixed_meetings_are_where_they_were_put_and_the_past_is_left_alone():
    here = Placed(round=0, meeting=3, table=2)

    plan = solve(structs.replace(TWO_ROUNDS, fixed=(here,), past=1))

    assert [place for place in plan.held if place.round == 0] == [here]
    assert len(plan.held) == 3


def test_one_of_a_group_serves_whoever_wishes_for_it():
    asked = structs.replace(
        TWO_ROUNDS, exclusive=((0, 2),), wishes=(Wish(key="w", owner="company", meetings=(0, 2), must=True),)
    )

    plan = solve(asked)

    assert _level(plan, "musts").value == (1,)
    assert [place.meeting for place in plan.held if place.meeting in (0, 2)] == [2]


def test_who_would_like_to_stay_stays():
    asked = problem(SMALL, unavailable=0.05)
    asked = structs.replace(asked, tables=(tuple(range(1, 11)),) * 8)

    assert _level(_until_proven(asked, "moves"), "moves") == Level(name="moves", value=(0,), bound=(0,))


def test_what_was_announced_stays_when_nothing_changed(announced: Problem):
    plan = solve(announced, time_limit=2)

    assert plan.held == announced.announced


def test_nobody_is_sent_to_another_table_for_the_sake_of_others(announced: Problem):
    last = len(announced.tables[0]) + 1
    odd = tuple(
        structs.replace(place, table=last - (place.table or 0)) if place.round % 2 else place
        for place in announced.announced
    )
    asked = structs.replace(announced, announced=odd)

    plan = solve(asked, time_limit=2)

    assert plan.held == tuple(sorted(odd))


@pytest.mark.parametrize("who", [3, 70], ids=["a business", "a resource"])
def test_only_meetings_of_who_does_not_come_are_given_up(announced: Problem, who: int):
    people = list(announced.participants)
    people[who] = structs.replace(people[who], busy=tuple(range(12)))
    asked = structs.replace(announced, participants=tuple(people))
    theirs = {place.meeting for place in announced.announced if who in announced.pair(place.meeting)}

    plan = _until_proven(asked, "kept")

    assert broken_rules(asked, plan.held) == []
    assert _level(plan, "kept") == Level(
        name="kept", value=(kept := (len(announced.announced) - len(theirs),)), bound=kept
    )


def test_a_meeting_that_must_be_added_moves_as_few_as_possible(announced: Problem):
    held = {place.meeting for place in announced.announced}
    new = next(number for number in range(len(announced.meetings)) if number not in held)
    meetings = list(announced.meetings)
    meetings[new] = structs.replace(meetings[new], required=True)
    asked = structs.replace(announced, meetings=tuple(meetings))

    plan = _until_proven(asked, "kept")

    assert broken_rules(asked, plan.held) == []
    assert len(announced.announced) - _level(plan, "kept").value[0] <= 2
    assert _level(plan, "kept").proven

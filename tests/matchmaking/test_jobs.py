"""The engine at work for organisers: one worker a run, progress kept, deaths survived, the best so far on request."""

import asyncio
import os
import signal
from collections.abc import Sequence
from datetime import timedelta

import psutil
import pytest
from msgspec import structs

from digital_days.kernel import clock, database
from matchmaking import jobs
from matchmaking.domain.asking import Asked
from matchmaking.domain.drafts import DraftPlace, draft_of
from matchmaking.domain.publishing import publish_plan
from matchmaking.domain.rounds import Round
from matchmaking.domain.runs import (
    GAVE_UP,
    LEASE,
    MOST_ATTEMPTS,
    NobodyToMatch,
    Point,
    Run,
    answer_of,
    ask_to_stop,
    claim_run,
    end_run,
    keep_run,
    queue_run,
    run_called,
)
from matchmaking.domain.scenarios import Variation, add_scenario, scenario_called
from matchmaking.engine.problem import Meeting, Participant, Problem, Wish
from matchmaking.jobs import solve_one
from tests.factories import make_edition
from tests.matchmaking.endless import ENDLESS
from tests.matchmaking.factories import MORNING
from tests.matchmaking.published import make_matched

pytestmark = pytest.mark.usefixtures("committed")
ROUNDS = 4
NOTHING = Problem(tables=(), participants=(), meetings=())
ROUND = Round(number=1, session=1, starts_at=MORNING, ends_at=MORNING + timedelta(minutes=15))


def _asked(businesses: int = 2, resources: int = 2, rounds: int = ROUNDS) -> Asked:
    """Everybody wishes for everybody; one table."""
    people = [Participant(key=f"B{number}") for number in range(businesses)]
    people += [Participant(key=f"R{number}", stays=True) for number in range(resources)]
    pairs = [(one, businesses + other) for one in range(businesses) for other in range(resources)]
    meetings = tuple(Meeting(key=f"{people[a].key} {people[b].key}", a=a, b=b, value=a + b) for a, b in pairs)
    wishes = tuple(
        Wish(key=meeting.key, owner=people[meeting.a].key, meetings=(number,), must=number % 3 == 0)
        for number, meeting in enumerate(meetings)
    )
    problem = Problem(
        tables=tuple(tuple(range(1, 1 + max(1, resources // 2))) for _ in range(rounds)),
        participants=tuple(people),
        meetings=meetings,
        wishes=wishes,
    )
    return Asked(problem=problem, participants=(), rounds=(ROUND,) * rounds, numbers={})


@pytest.fixture
async def scenario() -> int:
    edition = await make_edition()
    code = await add_scenario(edition.id, name="Comme prévu", variation=Variation(), by=None)
    return (await scenario_called(edition.id, code)).id


async def _run(code: str) -> Run:
    [row] = await database.fetch("SELECT id FROM edition")
    return await run_called(row["id"], code)


async def test_run_ends_with_a_plan_its_reasons_and_a_draft(scenario: int):
    code = await queue_run(scenario, _asked(), by=None, seconds=10)

    assert (await solve_one(), await solve_one()) == (True, False)

    run = await _run(code)
    answer = await answer_of(run.id)
    assert (run.state, run.reason) == ("done", "")
    assert answer is not None
    assert len(answer.plan.held) == 4
    assert all(level.proven for level in answer.plan.levels)
    assert [(place.round, place.table) for place in await draft_of(run.id)] == [(1, 1), (2, 1), (3, 1), (4, 1)]
    assert run.progress
    assert answer.unserved == ()


async def test_problem_without_a_plan_says_which_rules_do_not_go_together(scenario: int):
    asked = _asked()
    people = (*asked.problem.participants[:1], Participant(key="B1", least=3), *asked.problem.participants[2:])
    problem = structs.replace(asked.problem, participants=people)
    code = await queue_run(scenario, structs.replace(asked, problem=problem), by=None)

    await solve_one()

    answer = await answer_of((await _run(code)).id)
    assert answer is not None
    assert (answer.plan.infeasible, [rule.rule.value for rule in answer.conflict]) == (True, ["least"])


async def test_pressing_twice_makes_one_run(scenario: int):
    codes = await asyncio.gather(*(queue_run(scenario, _asked(), by=None) for _ in range(8)))

    assert len(set(codes)) == 1


async def test_nothing_to_match_is_said_at_once(scenario: int):
    with pytest.raises(NobodyToMatch):
        await queue_run(scenario, Asked(problem=NOTHING, participants=(), rounds=(), numbers={}), by=None)


async def test_of_many_workers_one_takes_the_run(scenario: int):
    await queue_run(scenario, _asked(), by=None)

    claims = await asyncio.gather(*(claim_run(f"worker {number}") for number in range(16)))

    assert sum(claim is not None for claim in claims) == 1


async def test_run_of_a_dead_worker_is_taken_again_and_the_dead_one_writes_nothing(scenario: int):
    code = await queue_run(scenario, _asked(), by=None)
    first = await claim_run("dead")
    assert first is not None
    await database.fetch("UPDATE solver_run SET lease_until = $1", clock.now() - LEASE)

    second = await claim_run("alive")

    assert second is not None
    assert second.id == first.id
    assert await keep_run(first.id, "dead", ()) is None
    assert await end_run(first.id, "dead", answer=None, reason="x") is False
    assert (await _run(code)).state == "running"


async def test_run_that_kills_its_workers_is_given_up_with_a_sentence(scenario: int):
    code = await queue_run(scenario, _asked(), by=None)
    for number in range(MOST_ATTEMPTS):
        assert await claim_run(f"worker {number}") is not None
        await database.fetch("UPDATE solver_run SET lease_until = $1", clock.now() - LEASE)

    assert await claim_run("one more") is None

    run = await _run(code)
    assert (run.state, run.reason) == ("failed", GAVE_UP)


async def test_worker_that_stops_gives_the_run_back(scenario: int):
    code = await queue_run(scenario, _asked(30, 12, 12), by=None, seconds=60)
    work = asyncio.create_task(solve_one())
    await _engine()

    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work

    run = await _run(code)
    assert run.state == "queued"
    assert _engines() == []
    assert await claim_run("the next one") is not None


async def test_killed_engine_is_a_sentence_and_leaves_no_draft_and_what_is_published_as_it_was():
    fair = await make_matched()
    await publish_plan(fair.edition.id, [fair.place("Bob", "Carole", 1, 1)], fair.rounds, expected=0, by=None)
    published = await _published()
    added = await add_scenario(fair.edition.id, name="Comme prévu", variation=Variation(), by=None)
    scenario = (await scenario_called(fair.edition.id, added)).id
    code = await queue_run(scenario, _asked(30, 12, 12), by=None, seconds=60)
    work = asyncio.create_task(solve_one())
    os.kill((await _engine()).pid, signal.SIGKILL)

    await work

    run = await _run(code)
    assert run.state == "failed"
    assert "a mis fin au calcul" in run.reason
    assert await draft_of(run.id) == list[DraftPlace]()
    assert all(published)
    assert await _published() == published


async def test_run_that_is_asked_to_stop_keeps_the_best_so_far_though_the_database_was_away_for_a_moment(
    scenario: int, monkeypatch: pytest.MonkeyPatch
):
    asked = Asked(problem=ENDLESS, participants=(), rounds=(ROUND,) * len(ENDLESS.tables), numbers={})
    code = await queue_run(scenario, asked, by=None, seconds=120)
    away: list[OSError] = [ConnectionRefusedError()]

    async def away_once(run_id: int, by: str, points: Sequence[Point]) -> bool | None:
        if away:
            raise away.pop()
        return await keep_run(run_id, by, points)

    monkeypatch.setattr(jobs, "keep_run", away_once)
    work = asyncio.create_task(solve_one())
    async with asyncio.timeout(20):
        while not (await _run(code)).progress:  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.05)

    await ask_to_stop((await _run(code)).id)
    async with asyncio.timeout(30):
        await work

    run = await _run(code)
    assert (away, run.state) == ([], "stopped")
    assert await draft_of(run.id) != []


async def _published() -> list[list[database.Row]]:
    """What everybody sees of a plan, and what is still to be sent."""
    tables = ("publication", "meeting_round", "meeting", "agenda_entry", "outbox_message")
    return [await database.fetch(f"SELECT * FROM {table} ORDER BY id") for table in tables]


def _engines() -> list[psutil.Process]:
    return [
        each
        for each in psutil.Process().children(recursive=True)
        if "matchmaking.engine" in each.cmdline() and each.status() != psutil.STATUS_ZOMBIE
    ]


async def _engine() -> psutil.Process:
    async with asyncio.timeout(10):
        while not (found := _engines()):  # noqa: ASYNC110 - another process begins
            await asyncio.sleep(0.02)
    return found[0]

"""Whoever waits for the process that solves gets its answer or a clear refusal, and leaves no process behind."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import psutil
import pytest
from msgspec.structs import replace

from matchmaking.domain.child import EngineDied, EngineKilled, EngineLate, ProblemUnreadable, run_engine
from matchmaking.engine.plan import Progress
from matchmaking.engine.problem import Problem, Wish
from matchmaking.engine.protocol import EXPLAINING, Request, Started, write_line
from matchmaking.engine.rules import violations
from tests.matchmaking.endless import ENDLESS
from tests.matchmaking.problems import at, between, numbered

SMALL = Problem(
    tables=((1,),),
    participants=numbered(4),
    meetings=between((0, 1), (2, 3)),
    wishes=tuple(Wish(key=f"w{number}", owner="o", meetings=(number,)) for number in range(2)),
)
LONG = Request(problem=ENDLESS, time_limit=600)


def children() -> list[psutil.Process]:
    """Processes of ours that solve."""
    return [each for each in psutil.Process().children() if "matchmaking.engine" in each.cmdline()]


async def nothing(_progress: Progress) -> None:
    """Nobody looks."""


def once(what: Callable[[], object]) -> Callable[[Progress], Awaitable[None]]:
    """At the first word of progress."""
    told: list[Progress] = []

    async def on_progress(progress: Progress) -> None:
        told.append(progress)
        if len(told) == 1:
            what()

    return on_progress


def send(number: int) -> None:
    os.kill(children()[0].pid, number)


async def test_answer_comes_with_its_progress():
    told: list[Progress] = []

    async def on_progress(progress: Progress) -> None:
        told.append(progress)

    result = await run_engine(Request(problem=SMALL, explain=False), on_progress)

    assert [each.proven for each in result.plan.levels] == [True] * 5
    assert {each.level for each in told} <= {each.name for each in result.plan.levels}
    assert told
    assert (len(result.plan.held), result.unserved, result.stopped) == (1, (), False)
    assert children() == []


async def test_stop_brings_the_best_so_far():
    stop = asyncio.Event()

    result = await run_engine(LONG, once(stop.set), stop=stop)

    assert result.stopped
    assert violations(ENDLESS, result.plan.held) == []
    assert children() == []


async def test_stop_that_crosses_the_answer_loses_nothing_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    request = Request(problem=SMALL)
    answer = await run_engine(request, nothing)
    said = tmp_path / "said"
    said.write_bytes(b"".join(write_line(line) + b"\n" for line in (Started(), answer)))
    engine = tmp_path / "engine"
    engine.write_text(f"#!/bin/sh\ncat '{said}'\nkill -TERM $$\n", encoding="utf-8")
    engine.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(engine))

    assert await run_engine(request, nothing) == answer


@pytest.mark.parametrize(("number", "refusal"), [(signal.SIGKILL, EngineKilled), (signal.SIGABRT, EngineDied)])
async def test_process_that_dies_in_the_middle_is_a_clear_refusal(number: int, refusal: type[EngineDied]):
    with pytest.raises(EngineDied) as refused:
        await run_engine(LONG, once(lambda: send(number)))

    assert type(refused.value) is refusal
    assert children() == []


async def test_process_that_does_not_answer_in_time_is_ended():
    with pytest.raises(EngineLate):
        await run_engine(replace(LONG, time_limit=0.5), once(lambda: send(signal.SIGSTOP)), grace=1.0 - EXPLAINING)

    assert children() == []


async def test_process_ends_with_whoever_waited_for_it():
    working = asyncio.Event()
    waiting = asyncio.create_task(run_engine(LONG, once(working.set)))
    await working.wait()

    waiting.cancel()

    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert children() == []


async def test_problem_that_names_what_is_not_there_is_refused():
    with pytest.raises(ProblemUnreadable):
        await run_engine(Request(problem=replace(SMALL, fixed=(at(0, 9),))), nothing)

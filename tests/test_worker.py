"""Real worker processes: killed, stopped, cut off from their servers."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from digital_days.kernel import database, wake
from digital_days.kernel.settings import Settings
from digital_days.worker import end
from tests.kernel.letters import eventually, queue_letters, queue_many, rows, states
from tests.kernel.sendgrid_stand_in import API_KEY, SENDER, TAKES_IT_AND_HANGS, StandIn, stand_in

pytestmark = pytest.mark.usefixtures("committed")
CHECKOUT = Path(__file__).parent.parent


@asynccontextmanager
async def _worker(
    settings: Settings, sendgrid: StandIn, log: Path, *, redis_url: str | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Ends with the block, politely, whatever the test did to it."""
    variables = {
        "PATH": os.environ["PATH"],
        "NO_PROXY": "127.0.0.1",
        "DATABASE_URL": settings.database_url or "",
        "REDIS_URL": redis_url or settings.redis_url or "",
        "SECRET_KEY": settings.secret_key,
        "SENDGRID_API_KEY": API_KEY,
        "SENDGRID_URL": sendgrid.url,
        "SENDGRID_TIMEOUT": "2",
        **SENDER,
    }
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.hurried_worker", env=variables, cwd=CHECKOUT, stdout=output, stderr=output
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), 30)


async def _all_done(count: int) -> None:
    async with asyncio.timeout(90):
        while await states() != {"done": count}:  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(("many", "has_activity"), [(1000, True), (300, False)])
async def test_every_message_arrives_when_the_worker_is_killed_in_the_middle(
    settings: Settings, tmp_path: Path, many: int, has_activity: bool
) -> None:
    """Killed at the worst moment: as many mails as can be on their way are accepted, and no answer was recorded."""
    on_their_way = settings.worker_concurrency
    await queue_many(many)

    async with stand_in(has_activity=has_activity) as sendgrid:
        sendgrid.script = lambda _request: TAKES_IT_AND_HANGS if len(sendgrid.accepted) >= many // 2 else None
        async with _worker(settings, sendgrid, tmp_path / "log") as worker:
            await eventually(lambda: len(sendgrid.accepted) == many // 2 + on_their_way)
            worker.send_signal(signal.SIGKILL)
            await worker.wait()
        when_killed = await states()
        sendgrid.script = lambda _request: None
        async with _worker(settings, sendgrid, tmp_path / "log"):
            await _all_done(many)

    assert (when_killed["sending"], when_killed["done"]) == (on_their_way, many // 2)
    assert set(sendgrid.keys()) == {f"letter:{n}" for n in range(many)}
    told = {key for key, maybe in await rows("dedup_key", "maybe_twice") if maybe}
    assert set(sendgrid.twice()) == told
    assert len(told) == (0 if has_activity else on_their_way)


async def test_stopped_worker_leaves_nothing_half_done(settings: Settings, tmp_path: Path) -> None:
    await queue_many(200)

    async with stand_in(delay=0.02) as sendgrid:
        async with _worker(settings, sendgrid, tmp_path / "log") as worker:
            await eventually(lambda: len(sendgrid.accepted) >= 20)
            worker.terminate()
            assert await asyncio.wait_for(worker.wait(), 30) == 0
        accepted = len(sendgrid.accepted)

    assert await states() == {"done": accepted, "queued": 200 - accepted}
    assert "example.org" not in (tmp_path / "log").read_text()


async def test_lost_database_connections_cost_no_message_and_none_goes_twice(
    settings: Settings, database_url: str, tmp_path: Path
) -> None:
    await queue_many(300)

    ours = await _connections(database_url)
    async with stand_in() as sendgrid, _worker(settings, sendgrid, tmp_path / "log"):
        await eventually(lambda: len(sendgrid.accepted) >= 100)
        cut = await _cut_off(await _connections(database_url) - ours)
        await _all_done(300)

    assert cut > 0

    assert set(sendgrid.keys()) == {f"letter:{n}" for n in range(300)}
    assert sendgrid.twice() == {}


async def _connections(database_url: str) -> set[int]:
    name = database_url.rpartition("/")[2]
    found = await database.fetch("SELECT pid FROM pg_stat_activity WHERE datname = $1", name)
    return {row["pid"] for row in found}


async def _cut_off(pids: set[int]) -> int:
    found = await database.fetch("SELECT pg_terminate_backend(pid) AS gone FROM unnest($1::int[]) pid", list(pids))
    return sum(row["gone"] for row in found)


async def test_worker_is_woken_within_moments_and_sweeps_where_no_call_comes(
    settings: Settings, tmp_path: Path
) -> None:
    redis = wake.valkey(settings.redis_url or "")

    async def call() -> object:
        return await redis.enqueue_job(wake.DRAIN, _job_id=wake.DRAIN)

    async with stand_in() as sendgrid, _worker(settings, sendgrid, tmp_path / "log"):
        await queue_letters(first=0)
        await eventually(lambda: len(sendgrid.accepted) == 1)
        async with wake.waker(call):
            await queue_letters(first=1)
            wake.soon()
            await eventually(lambda: len(sendgrid.accepted) == 2)
    await redis.aclose()

    assert sendgrid.keys() == ["letter:0", "letter:1"]


async def test_messages_leave_while_valkey_is_away(settings: Settings, tmp_path: Path) -> None:
    nobody = "redis://127.0.0.1:1/0"

    async with stand_in() as sendgrid, _worker(settings, sendgrid, tmp_path / "log", redis_url=nobody):
        await queue_letters(3)
        await _all_done(3)

    assert (tmp_path / "log").read_text().count("no wake-up calls") == 1
    assert await database.fetch("SELECT 1 FROM outbox_message WHERE state <> 'done'") == []


async def test_end_comes_although_a_cancellation_was_swallowed() -> None:
    swallowed = 0

    async def polls() -> None:
        nonlocal swallowed
        while swallowed < 2:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                swallowed += 1
        await asyncio.sleep(60)

    task = asyncio.create_task(polls())
    await asyncio.sleep(0)

    await asyncio.wait_for(end(task), 5)

    assert (task.cancelled(), swallowed) == (True, 2)

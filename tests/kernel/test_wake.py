"""The wake-up call, with a real Valkey."""

import asyncio
import logging

import pytest
from arq.connections import ArqRedis

from digital_days.kernel import wake
from digital_days.kernel.settings import Settings


async def test_burst_of_commits_becomes_two_calls() -> None:
    calls = 0

    async def call() -> None:
        nonlocal calls
        calls += 1

    async with wake.waker(call):
        for _ in range(100):
            wake.soon()
            await asyncio.sleep(0)
        await asyncio.sleep(wake.AT_MOST_EVERY * 4)

    assert calls == 2


async def test_call_reaches_the_queue_once_however_often_it_is_made(settings: Settings) -> None:
    redis = wake.valkey(settings.redis_url or "")
    await redis.flushdb()

    async with wake.waker(lambda: redis.enqueue_job(wake.DRAIN, _job_id=wake.DRAIN)):
        for _ in range(3):
            wake.soon()
            await asyncio.sleep(wake.AT_MOST_EVERY * 1.5)
    jobs = await redis.queued_jobs()
    await redis.flushdb()
    await redis.aclose()

    assert [(job.function, job.job_id, list(job.args)) for job in jobs] == [(wake.DRAIN, wake.DRAIN, [])]


async def test_valkey_that_is_away_is_said_once_and_disturbs_nobody(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wake, "AFTER_A_FAILURE", 0.01)
    nowhere: ArqRedis = wake.valkey("redis://127.0.0.1:1/0")
    calls = 0

    async def call() -> None:
        nonlocal calls
        calls += 1
        await nowhere.ping()

    with caplog.at_level(logging.WARNING):
        async with wake.waker(call):
            while calls < 3:
                wake.soon()
                await asyncio.sleep(0.02)
    await nowhere.aclose()

    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_call_outside_a_lifespan_does_nothing() -> None:
    wake.soon()

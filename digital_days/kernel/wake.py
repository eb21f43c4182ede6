"""The wake-up call: after a commit the worker is told that something waits. Losing it costs one sweep, nothing more."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import msgspec
from arq.connections import ArqRedis
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

DRAIN = "outbox.drain"
"""The job's name and its id: a call that still waits makes the next one needless."""

AT_MOST_EVERY = 0.05
AFTER_A_FAILURE = 1.0

ValkeyAway = (RedisError, OSError, TimeoutError)

log = logging.getLogger(__name__)
_something_waits: asyncio.Event | None = None


def soon() -> None:
    """Call it after a commit that may have filled the outbox: it costs nothing, never fails, may be repeated."""
    if _something_waits:
        _something_waits.set()


def valkey(url: str) -> ArqRedis:
    """Valkey as arq wants it, jobs as MessagePack; connects when first used."""
    pool: ConnectionPool = ConnectionPool.from_url(url, socket_timeout=2, socket_connect_timeout=2)
    redis = ArqRedis(pool, job_serializer=msgspec.msgpack.encode, job_deserializer=msgspec.msgpack.decode)
    redis.auto_close_connection_pool = True  # the pool is its own, so ``aclose`` closes it too
    return redis


@asynccontextmanager
async def waker(call: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
    """While inside, ``soon`` leads to a ``call``: the first at once, a burst as one more."""
    global _something_waits
    _something_waits = waiting = asyncio.Event()
    task = asyncio.create_task(_pass_on(waiting, call))
    try:
        yield
    finally:
        _something_waits = None
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _pass_on(waiting: asyncio.Event, call: Callable[[], Awaitable[object]]) -> None:
    away = False
    while True:
        await waiting.wait()
        waiting.clear()
        try:
            await call()
            away = False
        except ValkeyAway as error:
            if not away:
                log.warning("no wake-up calls for now (%s): messages leave with the next sweep", type(error).__name__)
            away = True
        await asyncio.sleep(AFTER_A_FAILURE if away else AT_MOST_EVERY)

"""Counted in Valkey; without it nobody is turned away."""

import asyncio
import time

import pytest
from litestar import Litestar
from redis.asyncio import Redis

from digital_days.kernel.errors import TooMany
from digital_days.kernel.web import rate_limits


@pytest.fixture
async def valkey(app: Litestar) -> Redis:
    await app.state.redis.flushdb()
    redis: Redis = app.state.redis
    return redis


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """That Valkey was away is remembered by this test only."""
    monkeypatch.setattr(rate_limits, "_uncounted_until", 0.0)


async def test_limit_refuses_what_goes_beyond_and_says_when_to_come_back(valkey: Redis):
    for _ in range(3):
        await rate_limits.count(valkey, email=("bob", 3))

    with pytest.raises(TooMany) as refusal:
        await rate_limits.count(valkey, email=("bob", 3))

    assert refusal.value.headers == {"retry-after": "600"}
    await rate_limits.count(valkey, email=("charlie", 3))


async def test_limit_holds_for_each_of_its_subjects(valkey: Redis):
    await rate_limits.count(valkey, email=("bob", 9), address=("192.0.2.1", 1))

    with pytest.raises(TooMany):
        await rate_limits.count(valkey, email=("charlie", 9), address=("192.0.2.1", 1))


async def test_limit_ends_with_its_window(valkey: Redis):
    await rate_limits.count(valkey, email=("bob", 3))

    assert 0 < await valkey.ttl(f"rate:email:{rate_limits.fingerprint('bob')}") <= 600


async def test_request_goes_on_when_valkey_is_away(forgotten: None):
    nowhere = Redis(host="127.0.0.1", port=1, socket_connect_timeout=1)

    await rate_limits.count(nowhere, email=("bob", 0))

    await nowhere.aclose()


async def test_requests_do_not_wait_one_after_another_for_a_valkey_that_hangs(forgotten: None):
    async def say_nothing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(writer)

    asked: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    hanging = Redis(host="127.0.0.1", port=server.sockets[0].getsockname()[1], socket_timeout=2)
    before = time.monotonic()

    for _ in range(10):
        await rate_limits.count(hanging, email=("bob", 0))

    assert time.monotonic() - before < 1.5
    assert len(asked) == 1
    await hanging.aclose()
    asked[0].close()
    server.close()


async def test_counting_goes_on_some_seconds_after_valkey_was_away(
    forgotten: None, valkey: Redis, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rate_limits, "AFTER_A_FAILURE", 0.05)
    nowhere = Redis(host="127.0.0.1", port=1, socket_connect_timeout=1)
    await rate_limits.count(nowhere, email=("bob", 0))
    await rate_limits.count(valkey, email=("bob", 0))
    await asyncio.sleep(0.1)

    with pytest.raises(TooMany):
        await rate_limits.count(valkey, email=("bob", 0))

    await nowhere.aclose()

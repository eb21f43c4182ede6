"""Counted in Valkey; without it nobody is turned away."""

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


async def test_request_goes_on_when_valkey_is_away():
    nowhere = Redis(host="127.0.0.1", port=1, socket_connect_timeout=1)

    await rate_limits.count(nowhere, email=("bob", 0))

    await nowhere.aclose()

"""Counted in the process at once, shared through Valkey in a moment; without it nobody waits."""

from collections.abc import Iterator

import pytest
from litestar import Litestar
from redis.asyncio import Redis
from redis.exceptions import RedisError

from digital_days.kernel.errors import TooMany
from digital_days.kernel.web import rate_limits


@pytest.fixture
async def valkey(app: Litestar) -> Redis:
    await app.state.redis.flushdb()
    redis: Redis = app.state.redis
    return redis


@pytest.fixture(autouse=True)
def fresh(app: Litestar, mid_window: None) -> Iterator[None]:
    """In the middle of a window, with nothing counted."""
    rate_limits.forget()
    yield
    rate_limits.forget()


async def kept(valkey: Redis, key: str) -> dict[bytes, bytes]:
    """What Valkey holds of one window: its subjects, and how often each was counted."""
    tallies: dict[bytes, bytes] = await valkey.hgetall(key)  # type: ignore[misc] # both clients have one type
    return tallies


def another_process() -> None:
    """The same program on another machine: it has counted nothing itself."""
    rate_limits.forget()


def test_limit_refuses_what_goes_beyond_and_says_when_to_come_back():
    for _ in range(3):
        rate_limits.count(email=("bob", 3))

    with pytest.raises(TooMany) as refusal:
        rate_limits.count(email=("bob", 3))

    assert refusal.value.headers == {"retry-after": "401"}
    rate_limits.count(email=("charlie", 3))


def test_limit_holds_for_each_of_its_subjects():
    rate_limits.count(email=("bob", 9), address=("192.0.2.1", 1))

    with pytest.raises(TooMany):
        rate_limits.count(email=("charlie", 9), address=("192.0.2.1", 1))


def test_limit_starts_anew_with_the_next_window(monkeypatch: pytest.MonkeyPatch):
    rate_limits.count(email=("bob", 1))
    monkeypatch.setattr("time.time", lambda: 600 * 1001 + 1.0)

    rate_limits.count(email=("bob", 1))


async def test_limit_holds_for_all_processes_together(valkey: Redis):
    for _ in range(3):
        rate_limits.count(email=("bob", 5))
    await rate_limits.share(valkey)
    another_process()
    rate_limits.count(email=("bob", 5))
    await rate_limits.share(valkey)
    rate_limits.count(email=("bob", 5))

    with pytest.raises(TooMany):
        rate_limits.count(email=("bob", 5))


async def test_what_valkey_keeps_ends_with_its_window_and_names_nobody(valkey: Redis):
    rate_limits.count(email=("bob@example.ca", 3))
    await rate_limits.share(valkey)

    [key] = await valkey.keys("rate:*")
    assert [b"bob" in name for name in await kept(valkey, key)] == [False]
    assert 0 < await valkey.ttl(key) <= 600


async def test_nothing_counted_is_lost_while_valkey_is_away(valkey: Redis):
    nowhere = Redis(host="127.0.0.1", port=1, socket_connect_timeout=1)
    rate_limits.count(email=("bob", 5))
    with pytest.raises((RedisError, OSError)):
        await rate_limits.share(nowhere)
    await nowhere.aclose()
    rate_limits.count(email=("bob", 5))

    await rate_limits.share(valkey)

    [key] = await valkey.keys("rate:*")
    assert list((await kept(valkey, key)).values()) == [b"2"]


async def test_many_are_told_a_few_at_a_time(valkey: Redis):
    many = [f"person {number}" for number in range(2 * rate_limits.TOLD_AT_ONCE + 1)]
    for person in many:
        rate_limits.count(email=(person, 5))

    await rate_limits.share(valkey)
    await rate_limits.share(valkey)

    [key] = await valkey.keys("rate:*")
    assert list((await kept(valkey, key)).values()) == [b"1"] * len(many)


def test_tallies_of_past_windows_are_dropped():
    rate_limits.count(email=("bob", 1))

    rate_limits.forget(before=600 * 1001 + 1.0)

    rate_limits.count(email=("bob", 1))

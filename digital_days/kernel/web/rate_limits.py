"""How often an unproved address or a network may ask: counted here at once, shared by all processes in a moment.

A request waits for nobody: it counts in this process, and a task tells Valkey a few times a second what was
counted and learns the sum of all processes. So a limit may be exceeded by what the others count in that moment,
and without Valkey each process goes on with its own counts.
"""

import asyncio
import hashlib
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from msgspec import Struct
from redis.asyncio import Redis
from redis.exceptions import RedisError

from digital_days.kernel.errors import TooMany
from digital_days.kernel.settings import current

SHARED_EVERY = 0.25  # seconds
AFTER_A_FAILURE = 5.0
TOLD_AT_ONCE = 50

log = logging.getLogger(__name__)


class _Tally(Struct):
    told: int = 0  # the sum of all processes when we last heard
    untold: int = 0  # ours since


_tallies: dict[int, dict[str, _Tally]] = {}  # by window
_untold: set[tuple[int, str]] = set()


def count(refusal: type[TooMany] = TooMany, /, **limits: tuple[str, int]) -> None:
    """Counts one request under each ``name=(subject, most)``; beyond a window's most raises the refusal."""
    if exceeded(**limits):
        window = current().rate_window_seconds
        raise refusal(seconds=int(window - time.time() % window) + 1)


def exceeded(**limits: tuple[str, int]) -> bool:
    """Counts one request under each ``name=(subject, most)``, and tells whether it goes beyond a window's most."""
    number = int(time.time() // current().rate_window_seconds)
    beyond = False
    for name, (subject, most) in limits.items():
        key = f"{name}:{fingerprint(subject)}"
        tally = _tallies.setdefault(number, {}).setdefault(key, _Tally())
        tally.untold += 1
        _untold.add((number, key))
        beyond |= tally.told + tally.untold > most
    return beyond


@asynccontextmanager
async def shared(redis: Redis) -> AsyncIterator[None]:
    """While inside, what this process counts is shared with the others."""
    task = asyncio.create_task(_keep_sharing(redis))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def share(redis: Redis) -> None:
    """Tells Valkey what is untold and hears the sums. Raises what Valkey's absence raises.

    A few at a time, so that no request waits long behind them.
    """
    telling = list(_untold)
    for start in range(0, len(telling), TOLD_AT_ONCE):
        await _share(redis, telling[start : start + TOLD_AT_ONCE])


async def _share(redis: Redis, telling: list[tuple[int, str]]) -> None:
    numbers = [_tallies[window][key].untold for window, key in telling]
    pipeline = redis.pipeline(transaction=False)
    for (window, key), number in zip(telling, numbers, strict=True):
        pipeline.hincrby(f"rate:{window}", key, number)
    for window in {window for window, _key in telling}:
        pipeline.expire(f"rate:{window}", current().rate_window_seconds)
    sums = (await pipeline.execute())[: len(telling)]
    for (window, key), number, told in zip(telling, numbers, sums, strict=True):
        tally = _tallies[window][key]
        tally.told = told
        tally.untold -= number
        if not tally.untold:
            _untold.discard((window, key))


def forget(*, before: float | None = None) -> None:
    """Drops the tallies of windows that ended before this moment, or all."""
    number = int(before // current().rate_window_seconds) if before is not None else None
    for window in [window for window in _tallies if number is None or window < number]:
        del _tallies[window]
        _untold.difference_update([told for told in _untold if told[0] == window])


def fingerprint(subject: str) -> str:
    """What Valkey sees of an address: enough to count, not to read."""
    return hashlib.blake2b(subject.encode(), digest_size=12).hexdigest()


async def _keep_sharing(redis: Redis) -> None:
    while True:
        await asyncio.sleep(SHARED_EVERY)
        forget(before=time.time())
        try:
            await share(redis)
        except (RedisError, OSError) as error:
            log.warning("rate limits are not shared for now: %s", type(error).__name__)
            await asyncio.sleep(AFTER_A_FAILURE)

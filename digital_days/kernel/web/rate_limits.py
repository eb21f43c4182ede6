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

log = logging.getLogger(__name__)


class _Tally(Struct):
    told: int = 0  # the sum of all processes when we last heard
    untold: int = 0  # ours since


_tallies: dict[str, _Tally] = {}
_untold: set[str] = set()


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
        key = f"rate:{name}:{fingerprint(subject)}:{number}"
        tally = _tallies.setdefault(key, _Tally())
        tally.untold += 1
        _untold.add(key)
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
    """Tells Valkey what is untold and hears the sums; one round trip. Raises what Valkey's absence raises."""
    window = current().rate_window_seconds
    telling = {key: _tallies[key].untold for key in _untold}
    if not telling:
        return
    pipeline = redis.pipeline(transaction=False)
    for key, number in telling.items():
        pipeline.incrby(key, number)
        pipeline.expire(key, window)
    sums = (await pipeline.execute())[::2]
    for (key, number), told in zip(telling.items(), sums, strict=True):
        tally = _tallies[key]
        tally.told = told
        tally.untold -= number
        if not tally.untold:
            _untold.discard(key)


def forget(*, before: float | None = None) -> None:
    """Drops the tallies of windows that ended before this moment, or all."""
    number = int(before // current().rate_window_seconds) if before is not None else None
    for key in [key for key in _tallies if number is None or int(key.rpartition(":")[2]) < number]:
        del _tallies[key]
        _untold.discard(key)


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

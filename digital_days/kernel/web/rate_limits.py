"""How often an unproved address or a network may ask; counted in Valkey, shared by all web processes."""

import asyncio
import hashlib
import logging
import time

from redis.asyncio import Redis
from redis.exceptions import RedisError

from digital_days.kernel.errors import TooMany
from digital_days.kernel.settings import current

AT_MOST = 0.5
"""Seconds that a request waits for its count."""

AFTER_A_FAILURE = 5.0
"""Seconds in which nobody waits again for a Valkey that hangs."""

log = logging.getLogger(__name__)

_uncounted_until = 0.0

# One command: counting and setting the end of the window cannot come apart, and it is one round trip.
_COUNT = """
local beyond = 0
for i = 1, #KEYS do
    local seen = redis.call('INCR', KEYS[i])
    if seen == 1 then redis.call('EXPIRE', KEYS[i], ARGV[1]) end
    if seen > tonumber(ARGV[i + 1]) then beyond = 1 end
end
return beyond
"""


def fingerprint(subject: str) -> str:
    """What Valkey sees of an address: enough to count, not to read."""
    return hashlib.blake2b(subject.encode(), digest_size=12).hexdigest()


async def count(redis: Redis, **limits: tuple[str, int]) -> None:
    """Counts one request under each ``name=(subject, most)``; beyond a window's most raises ``TooMany``.

    When Valkey does not answer the request goes on: a full house matters more than a counter.
    """
    global _uncounted_until
    if time.monotonic() < _uncounted_until:
        return
    window = current().rate_window_seconds
    keys = [f"rate:{name}:{fingerprint(subject)}" for name, (subject, _most) in limits.items()]
    try:
        async with asyncio.timeout(AT_MOST):
            beyond = await redis.register_script(_COUNT)(
                keys=keys, args=[window, *(most for _subject, most in limits.values())]
            )
    except (RedisError, OSError) as error:
        _uncounted_until = time.monotonic() + AFTER_A_FAILURE
        log.warning("rate limits are not counted for now: %s", type(error).__name__)
        return
    if beyond:
        raise TooMany(seconds=window)

"""How often an unproved address or a network may ask; counted in Valkey, shared by all web processes."""

import hashlib
import logging

from redis.asyncio import Redis
from redis.exceptions import RedisError

from digital_days.kernel.errors import TooMany
from digital_days.kernel.settings import current

log = logging.getLogger(__name__)

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
    window = current().rate_window_seconds
    keys = [f"rate:{name}:{fingerprint(subject)}" for name, (subject, _most) in limits.items()]
    try:
        beyond = await redis.register_script(_COUNT)(
            keys=keys, args=[window, *(most for _subject, most in limits.values())]
        )
    except (RedisError, OSError) as error:
        log.warning("rate limits are not counted: %s", type(error).__name__)
        return
    if beyond:
        raise TooMany(seconds=window)

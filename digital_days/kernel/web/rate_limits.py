"""How often an unproved address or a network may ask; counted in Valkey, shared by all web processes."""

import logging

from redis.asyncio import Redis
from redis.exceptions import RedisError

from digital_days.kernel.errors import TooMany
from digital_days.kernel.settings import current

log = logging.getLogger(__name__)


async def count(redis: Redis, **limits: tuple[str, int]) -> None:
    """Counts one request under each ``name=(subject, most)``; beyond a window's most raises ``TooMany``.

    One round trip. When Valkey does not answer the request goes on: a full house matters more than a counter.
    """
    window = current().rate_window_seconds
    pipeline = redis.pipeline(transaction=False)
    for name, (subject, _most) in limits.items():
        pipeline.incr(f"rate:{name}:{subject}")
        pipeline.expire(f"rate:{name}:{subject}", window, nx=True)
    try:
        counts = (await pipeline.execute())[::2]
    except (RedisError, OSError) as error:
        log.warning("rate limits are not counted: %s", type(error).__name__)
        return
    if any(seen > most for seen, (_subject, most) in zip(counts, limits.values(), strict=True)):
        raise TooMany(seconds=window)

"""Whether the process lives, and whether it can serve."""

import asyncio
from collections.abc import Awaitable

from litestar import Response, Router, get
from redis.exceptions import AuthenticationError, RedisError, ResponseError

from digital_days.kernel import database
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import Valkey

_PATIENCE = 2.0  # seconds; a proxy asks often


@get("/live", name="site:live", permission=Permission.PUBLIC)
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@get("/ready", name="site:ready", permission=Permission.PUBLIC)
async def ready(redis: Valkey) -> Response[dict[str, str]]:
    """The database answers; without Valkey we still serve, and say so."""
    state = {"database": await state_of(database.fetch("SELECT 1")), "valkey": await state_of(redis.ping())}
    serves = state["database"] == "ok"
    whole = all(each == "ok" for each in state.values())
    return Response(
        {"status": ("ok" if whole else "degraded") if serves else "unavailable", **state},
        status_code=200 if serves else 503,
        headers={"cache-control": "no-store"},
    )


async def state_of(question: Awaitable[object]) -> str:
    """« ok », « refused » or « unreachable », within two seconds whatever the server does."""
    asked = asyncio.ensure_future(question)
    await asyncio.wait({asked}, timeout=_PATIENCE)
    if not asked.done():
        asked.add_done_callback(_forget)
        asked.cancel()  # and not waited for: asyncpg asks a server that hangs whether it may stop
        return "unreachable"
    try:
        asked.result()
    except (AuthenticationError, ResponseError):
        return "refused"
    except (*database.Unreachable, RedisError):
        return "unreachable"
    return "ok"


def _forget(asked: asyncio.Future[object]) -> None:
    if not asked.cancelled():
        asked.exception()  # what comes after the answer interests nobody


router = Router(path="/health", route_handlers=[live, ready], include_in_schema=False)

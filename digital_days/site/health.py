"""Whether the process lives, and whether it can serve."""

import asyncio

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
    state = {"database": await _state(database.fetch("SELECT 1")), "valkey": await _state(redis.ping())}
    serves = state["database"] == "ok"
    whole = all(each == "ok" for each in state.values())
    return Response(
        {"status": ("ok" if whole else "degraded") if serves else "unavailable", **state},
        status_code=200 if serves else 503,
        headers={"cache-control": "no-store"},
    )


async def _state(question: object) -> str:
    try:
        await asyncio.wait_for(question, _PATIENCE)  # type: ignore[arg-type] # both kinds can be awaited
    except (AuthenticationError, ResponseError):
        return "refused"
    except (*database.Unreachable, RedisError, TimeoutError):
        return "unreachable"
    return "ok"


router = Router(path="/health", route_handlers=[live, ready], include_in_schema=False)

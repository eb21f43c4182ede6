"""The plan live: who follows it sees booths become taken and free. Codes and states only, for everybody."""

from collections.abc import AsyncIterator, Mapping
from time import monotonic

import msgspec
from litestar import Response, get
from litestar.response import Stream

from digital_days.kernel.database import Unreachable
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.draining import pause
from digital_days.kernel.web.page_cache import JSON
from digital_days.kernel.web.pages import PageRequest
from exhibitors.domain.standings import Standing, live_standings

EVENTS = "text/event-stream"
EVERY = 0.5  # seconds; what is looked at is kept for one
HEARTBEAT = 15.0
LASTS = 600.0  # a browser comes back by itself, perhaps to a newer program
MOST = 300
"""Followers of one process: every connection counts against what it accepts. Others ask again and again instead."""

_HEADERS = {"cache-control": "no-store", "vary": "accept", "x-accel-buffering": "no"}
_following = 0


@get("/{edition_slug:str}/salon/plan/suivre", name="exhibitors:follow-plan", permission=Permission.PUBLIC)
async def follow(request: PageRequest, edition: RequestedEdition) -> Response[bytes] | Stream:
    """Server-sent events for who asks for them: all booths that are not free, then each change. Else those, once."""
    if EVENTS not in request.headers.get("accept", ""):
        body = msgspec.json.encode(await live_standings.get(edition.id))
        return Response(body, media_type=JSON, headers=_HEADERS)
    if _following >= MOST:
        return Response(b"", status_code=503, media_type="text/plain", headers={**_HEADERS, "retry-after": "10"})
    return Stream(events(edition.id), media_type=EVENTS, headers=_HEADERS)


async def events(edition_id: int) -> AsyncIterator[bytes]:
    """« all » first, then « changed »; booths that became free are said so. A comment now and then keeps it open."""
    global _following
    _following += 1
    began = said_at = monotonic()
    told: Mapping[str, Standing] | None = None
    try:
        yield b"retry: 3000\n\n"
        while not await pause(EVERY if told is not None else 0) and monotonic() - began < LASTS:
            try:
                now = await live_standings.get(edition_id)
            except Unreachable:
                return
            if now is not told:
                yield _event("changed", changes(told, now)) if told is not None else _event("all", now)
                told, said_at = now, monotonic()
            elif monotonic() - said_at > HEARTBEAT:
                yield b": still here\n\n"
                said_at = monotonic()
    finally:
        _following -= 1


def changes(before: Mapping[str, Standing], now: Mapping[str, Standing]) -> dict[str, str]:
    """What is not as it was, by code."""
    freed = {code: "free" for code in before if code not in now}
    return freed | {code: standing for code, standing in now.items() if before.get(code) != standing}


def _event(name: str, said: Mapping[str, str]) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + msgspec.json.encode(said) + b"\n\n"

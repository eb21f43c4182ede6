"""Changes of a plan are made one after another, and none while a booth is being held or booked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from digital_days.kernel import clock, database
from exhibitors.domain.plan_pieces import StillInUse

_GO_ON = "SELECT exhibitors_go_on($1, $2)"
_NEXT_VERSION = """
    INSERT INTO floor_plan (edition, version, updated_at) VALUES ($1, 1, $2)
    ON CONFLICT (edition) DO UPDATE SET version = floor_plan.version + 1, updated_at = excluded.updated_at
    RETURNING version
"""
_IN_USE = (asyncpg.ForeignKeyViolationError, asyncpg.RestrictViolationError)


@asynccontextmanager
async def plan_turn(edition_id: int) -> AsyncIterator[int]:
    """A transaction that gives the plan its next version; holds that are over end before, offers are made after.

    The database lets no booth go that somebody has: raises ``StillInUse`` where nothing before has refused.
    """
    try:
        async with database.transaction():
            await database.fetch(_GO_ON, edition_id, clock.now())
            [row] = await database.fetch(_NEXT_VERSION, edition_id, clock.now())
            yield int(row["version"])
            await database.fetch(_GO_ON, edition_id, clock.now())
    except _IN_USE:
        raise StillInUse from None

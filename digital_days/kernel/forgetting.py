"""People whom nobody ever proved to exist go, once no service needs them: anybody may have typed their address."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from digital_days.kernel import database

KEPT = timedelta(days=30)
"""After the last that happened to them: a refusal, a place given back, an activity that is over."""

Forget = Callable[[list[int], datetime], Awaitable[list[int]]]

_services: list[Forget] = []


def add_service(forget: Forget) -> None:
    """Tells whom to ask; called at start-up by the composition root, again is harmless."""
    if forget not in _services:
        _services.append(forget)


async def forget_people(now: datetime, *, batch: int) -> int:
    """A batch at a time, each a transaction of its own; how many went.

    Who signed in, holds a role, came to the event, or was registered at the desk for an edition that is not over
    for that long, stays. Consents, registrations and messages go with the person.
    """
    before, last, gone = now - KEPT, 0, 0
    while True:
        async with database.transaction():
            looked_at = await _unproved(before, after=last, most=batch)
            unneeded = looked_at
            for forget in _services:
                unneeded = await forget(unneeded, before) if unneeded else []
            await database.fetch("DELETE FROM person WHERE id = ANY($1)", unneeded)
        gone += len(unneeded)
        if len(looked_at) < batch:
            return gone
        last = looked_at[-1]


async def _unproved(before: datetime, *, after: int, most: int) -> list[int]:
    """Held until the end of the transaction, by their numbers; somebody who registers at this moment is left out."""
    rows = await database.fetch(
        """
        SELECT p.id FROM person p WHERE p.id > $2 AND p.proved_at IS NULL AND p.created_at < $1
            AND NOT EXISTS (SELECT FROM session s WHERE s.person = p.id)
            AND NOT EXISTS (SELECT FROM sign_in_link l WHERE l.person = p.id)
            AND NOT EXISTS (SELECT FROM role_grant g WHERE g.person = p.id)
            AND NOT EXISTS (
                SELECT FROM registration r JOIN edition e ON e.id = r.edition WHERE r.person = p.id AND (
                    r.updated_at >= $1
                    OR r.origin = 'desk' AND r.state = 'active' AND e.ends_on >= $1::date
                    OR EXISTS (SELECT FROM check_in c WHERE c.registration = r.id)
                )
            )
        ORDER BY p.id LIMIT $3 FOR UPDATE OF p SKIP LOCKED
        """,
        before,
        after,
        most,
    )
    return [row["id"] for row in rows]

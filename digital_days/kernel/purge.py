"""What nobody needs any more goes: rows that have done their work, people who were only ever typed in."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from digital_days.kernel import clock, database
from digital_days.kernel.forgetting import forget_people

BATCH = 1000
EVERY = timedelta(hours=1)

_KEPT = {
    "idempotency_key": ("created_at < $1", timedelta(days=2)),
    "left_content": ("created_at < $1", timedelta(minutes=1)),
    "session": ("expires_at < $1", timedelta(0)),
    "sign_in_link": ("expires_at < $1", timedelta(days=1)),  # so that an old link is told apart from a wrong one
    "outbox_message": ("state = 'done' AND done_at < $1", timedelta(days=90)),  # and its mail in the mailbox with it
}

Tidy = Callable[[datetime], Awaitable[None]]

_services: list[Tidy] = []


def add_service(tidy: Tidy) -> None:
    """Tells who else tidies up; called at start-up by the composition root, again is harmless."""
    if tidy not in _services:
        _services.append(tidy)


async def purge(now: datetime) -> dict[str, int]:
    """Deletes a batch at a time, each a transaction of its own; how many rows of which table."""
    gone = {table: await _purged(table, condition, now - kept) for table, (condition, kept) in _KEPT.items()}
    for tidy in _services:
        await tidy(now)
    return {**gone, "person": await forget_people(now, batch=BATCH)}


class Housekeeping:
    """One a worker process: remembers when it has purged."""

    def __init__(self) -> None:
        self._again_at: datetime | None = None

    async def purge_if_due(self) -> None:
        """At most once an hour, whatever becomes of it."""
        now = clock.now()
        if self._again_at is None or now >= self._again_at:
            self._again_at = now + EVERY
            await purge(now)


async def _purged(table: str, condition: str, before: datetime) -> int:
    gone = 0
    while True:
        rows = await database.fetch(
            f"""
            DELETE FROM {table} WHERE id IN (
                SELECT id FROM {table} WHERE {condition} ORDER BY id LIMIT {BATCH} FOR UPDATE SKIP LOCKED
            ) RETURNING id
            """,
            before,
        )
        gone += len(rows)
        if len(rows) < BATCH:
            return gone

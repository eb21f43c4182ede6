"""Messages for tests of their way: a composer of its own, and looks at the rows."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from digital_days.kernel import clock, database, outbox
from digital_days.kernel.mail import Attachment, Mail, WithoutSender
from digital_days.kernel.outbox import Message
from digital_days.kernel.patience import Patience

TOPIC = "tests.letter"
LEASE = timedelta(seconds=60)
HURRIED = Patience(
    sweep=timedelta(seconds=0.2),
    lease=timedelta(seconds=1),
    settling=timedelta(seconds=1),
    first_retry=timedelta(seconds=0.2),
    longest_retry=timedelta(seconds=1),
    pause=timedelta(seconds=0.3),
)


class SayingTooMuchError(Exception):
    """Carries an address in its text, as errors of libraries do."""


async def compose(message: Message) -> Mail | None:
    """A letter to somebody who depends on the number in the payload."""
    number = message.payload["number"]
    if message.payload.get("unneeded"):
        return None
    if message.payload.get("anonymous"):
        raise WithoutSender
    if message.payload.get("breaks"):
        raise SayingTooMuchError(f"bob{number}@example.org")
    return Mail(
        to_email=message.payload.get("to", f"bob{number}@example.org"),
        to_name="Bob",
        subject=f"Lettre {number}",
        text="Bonjour",
        html="<p>Bonjour</p>",
        attachments=(
            Attachment(filename="billet.ics", media_type="text/calendar; method=REQUEST", content=b"BEGIN:VCALENDAR"),
        ),
    )


async def queue_letters(count: int = 1, *, first: int = 0, due_at: datetime | None = None, **payload: Any) -> None:
    """Letters with the keys letter:0, letter:1, …"""
    for number in range(first, first + count):
        await outbox.add(
            kind="mail",
            topic=TOPIC,
            dedup_key=f"letter:{number}",
            payload={"number": number, **payload},
            due_at=due_at,
        )


async def queue_many(count: int) -> None:
    """As many letters, in one statement."""
    await database.fetch(
        """
        INSERT INTO outbox_message (kind, topic, dedup_key, payload, due_at, created_at)
        SELECT 'mail', $2, 'letter:' || n, jsonb_build_object('number', n), $3, $3 FROM generate_series(0, $1 - 1) n
        """,
        count,
        TOPIC,
        clock.now(),
    )


async def eventually(condition: Callable[[], object], *, within: float = 60) -> None:
    """Waits until it holds."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110 - what we wait for happens in other processes too
            await asyncio.sleep(0.01)


async def rows(*columns: str) -> list[tuple[Any, ...]]:
    """These columns of every message, by id."""
    found = await database.fetch(f"SELECT {', '.join(columns)} FROM outbox_message ORDER BY id")
    return [tuple(row) for row in found]


async def states() -> dict[str, int]:
    """How many messages are in which state."""
    found = await database.fetch("SELECT state, count(*) AS many FROM outbox_message GROUP BY state")
    return {row["state"]: row["many"] for row in found}

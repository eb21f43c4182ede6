"""Promises written in a transaction and kept after it; the row is the truth, the queue only a wake-up call.

queued → claimed (being prepared: safe to do again) → sending (only here a death leaves doubt) → done | failed.
Who holds a row is its ``claimed_by``: one token a claim, so whoever lost a row to its lease can no longer write to it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

import asyncpg
import msgspec
from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import N_

STOPPED = N_("Le programme s’est arrêté pendant la préparation de ce message. Il recommence.")
DOUBT = N_("L’envoi a été interrompu : on vérifie s’il est parti avant de recommencer.")
UNNEEDED = "unneeded"
"""The receipt of a mail that there was no more reason, or no address, to send."""


class Priority(IntEnum):
    """What leaves first when much is due: somebody waits for it, it is about them alone, or it goes to many."""

    AWAITED = 0
    USUAL = 5
    BULK = 9


class Message(Struct, frozen=True, kw_only=True):
    """A claimed row."""

    id: int
    kind: str
    topic: str
    dedup_key: str
    edition_id: int | None
    person_id: int | None
    payload: dict[str, Any]
    attempts: int
    asked: int = 0
    claimed_by: str = ""


_COLUMNS = "m.id, m.kind, m.topic, m.dedup_key, m.edition, m.person, m.payload, m.attempts, m.asked, m.claimed_by"
_DONE = """
    UPDATE outbox_message SET state = 'done', done_at = $2, receipt = $3, error = '',
        attempts = attempts + 1, claimed_by = '', lease_until = NULL
"""


async def add(
    *,
    kind: str,
    topic: str,
    dedup_key: str,
    payload: dict[str, Any],
    edition_id: int | None = None,
    person_id: int | None = None,
    due_at: datetime | None = None,
    priority: Priority = Priority.USUAL,
) -> None:
    """Writes the promise in the current transaction; a key already promised changes nothing.

    The key travels with the mail and is read by others: codes and numbers only, nothing personal.
    """
    await database.fetch(
        """
        INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at, priority)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (dedup_key) DO NOTHING
        """,
        kind,
        topic,
        dedup_key,
        edition_id,
        person_id,
        msgspec.json.encode(payload).decode(),
        due_at or clock.now(),
        clock.now(),
        priority,
    )


async def add_many(
    *, kind: str, topic: str, edition_id: int, priority: Priority, rows: Sequence[dict[str, Any]]
) -> None:
    """Many at once, as ``add`` writes one; each row has its ``person``, ``dedup_key`` and ``payload``."""
    await database.fetch(
        """
        INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at, priority)
        SELECT $1, $2, each.dedup_key, $3, each.person, each.payload, $4, $4, $5
        FROM jsonb_to_recordset($6) AS each (dedup_key text, person integer, payload jsonb)
        ON CONFLICT (dedup_key) DO NOTHING
        """,
        kind,
        topic,
        edition_id,
        clock.now(),
        priority,
        msgspec.json.encode(rows).decode(),
    )


async def claim(*, by: str, kinds: Collection[str], limit: int, lease: timedelta) -> list[Message]:
    """Takes by priority what has been due longest; no two claims ever return the same row."""
    rows = await database.fetch(
        f"""
        WITH due AS MATERIALIZED (
            SELECT id FROM outbox_message WHERE state = 'queued' AND due_at <= $1 AND kind = ANY($2)
            ORDER BY priority, due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED
        )
        UPDATE outbox_message m SET state = 'claimed', claimed_by = $4, lease_until = $5
        FROM due WHERE m.id = due.id RETURNING {_COLUMNS}, m.priority, m.due_at
        """,
        clock.now(),
        list(kinds),
        limit,
        by,
        clock.now() + lease,
    )
    return [as_message(row) for row in sorted(rows, key=lambda row: (row["priority"], row["due_at"], row["id"]))]


async def start_sending(message: Message, *, lease: timedelta) -> bool:
    """Writes down that the request leaves now; False when the claim was lost to its lease."""
    row = await database.fetch_one(
        """
        UPDATE outbox_message SET state = 'sending', lease_until = $3, asked = 0
        WHERE id = $1 AND claimed_by = $2 AND state = 'claimed' RETURNING id
        """,
        message.id,
        message.claimed_by,
        clock.now() + lease,
    )
    return row is not None


async def hold(message: Message) -> bool:
    """Keeps the claim from everybody else until the current transaction ends; False when it was lost already."""
    row = await database.fetch_one(
        """
        UPDATE outbox_message SET lease_until = lease_until
        WHERE id = $1 AND claimed_by = $2 AND state = 'claimed' RETURNING id
        """,
        message.id,
        message.claimed_by,
    )
    return row is not None


async def finish(message: Message, *, receipt: str = "") -> None:
    """Kept, by whoever holds the row."""
    await database.fetch(
        f"{_DONE} WHERE id = $1 AND claimed_by = $4", message.id, clock.now(), receipt[:200], message.claimed_by
    )


async def note_accepted(message: Message, *, receipt: str) -> None:
    """Kept. True whoever holds the row by now: an accepted mail stays accepted."""
    await database.fetch(f"{_DONE} WHERE id = $1 AND state <> 'done'", message.id, clock.now(), receipt[:200])


async def give_up(message: Message, *, error: str) -> None:
    """Failed for good, until somebody asks again."""
    await database.fetch(
        """
        UPDATE outbox_message SET state = 'failed', done_at = $3, error = $4,
            attempts = attempts + 1, claimed_by = '', lease_until = NULL
        WHERE id = $1 AND claimed_by = $2
        """,
        message.id,
        message.claimed_by,
        clock.now(),
        error,
    )


async def put_back(
    message: Message, *, due_at: datetime, error: str, counts: bool = True, maybe_twice: bool = False
) -> None:
    """Queued again for later; ``counts`` says whether that was an attempt of its own."""
    await database.fetch(
        """
        UPDATE outbox_message SET state = 'queued', due_at = $3, error = $4, attempts = attempts + $5,
            maybe_twice = maybe_twice OR $6, claimed_by = '', lease_until = NULL
        WHERE id = $1 AND claimed_by = $2
        """,
        message.id,
        message.claimed_by,
        due_at,
        error,
        int(counts),
        maybe_twice,
    )


async def leave_in_doubt(message: Message, *, ask_at: datetime, asked: int = 0) -> None:
    """Stays in sending: nobody can tell whether it left; from ``ask_at`` on ``doubtful`` returns it.

    ``asked`` is how many questions about it have got no answer by now.
    """
    await database.fetch(
        """
        UPDATE outbox_message SET lease_until = $3, error = $4, asked = $5
        WHERE id = $1 AND claimed_by = $2 AND state = 'sending'
        """,
        message.id,
        message.claimed_by,
        ask_at,
        DOUBT,
        asked,
    )


async def doubtful(*, by: str, limit: int, lease: timedelta) -> list[Message]:
    """Takes rows whose sending was interrupted, for asking what became of them."""
    rows = await database.fetch(
        f"""
        WITH left_over AS MATERIALIZED (
            SELECT id FROM outbox_message WHERE state = 'sending' AND lease_until < $1
            ORDER BY lease_until, id LIMIT $2 FOR UPDATE SKIP LOCKED
        )
        UPDATE outbox_message m SET claimed_by = $3, lease_until = $4, error = $5
        FROM left_over WHERE m.id = left_over.id RETURNING {_COLUMNS}
        """,
        clock.now(),
        limit,
        by,
        clock.now() + lease,
        DOUBT,
    )
    return [as_message(row) for row in rows]


async def release(by: str) -> None:
    """Gives back what this claim has not begun."""
    await database.fetch(
        """
        UPDATE outbox_message SET state = 'queued', claimed_by = '', lease_until = NULL
        WHERE claimed_by = $1 AND state = 'claimed'
        """,
        by,
    )


async def recover(*, most_attempts: int) -> int:
    """Queues again what a dead worker was preparing; what it never survives fails in the end."""
    rows = await database.fetch(
        """
        UPDATE outbox_message SET attempts = attempts + 1, claimed_by = '', lease_until = NULL, error = $3,
            state = CASE WHEN attempts + 1 >= $2 THEN 'failed' ELSE 'queued' END
        WHERE state = 'claimed' AND lease_until < $1 RETURNING id
        """,
        clock.now(),
        most_attempts,
        STOPPED,
    )
    return len(rows)


async def note_on_waiting_mails(error: str) -> None:
    """Says on every due mail why none of them leaves; writes only where it isn't said yet."""
    await database.fetch(
        """
        UPDATE outbox_message SET error = $1
        WHERE state = 'queued' AND kind = 'mail' AND due_at <= $2 AND error <> $1
        """,
        error,
        clock.now(),
    )


async def try_again(message_id: int) -> bool:
    """An organiser's second chance for a failed message; False when it isn't failed."""
    row = await database.fetch_one(
        """
        UPDATE outbox_message SET state = 'queued', attempts = 0, due_at = $2, done_at = NULL, error = ''
        WHERE id = $1 AND state = 'failed' RETURNING id
        """,
        message_id,
        clock.now(),
    )
    return row is not None


def as_message(row: asyncpg.Record) -> Message:
    """A row of the table as its composer gets it."""
    return Message(
        id=row["id"],
        kind=row["kind"],
        topic=row["topic"],
        dedup_key=row["dedup_key"],
        edition_id=row["edition"],
        person_id=row["person"],
        payload=msgspec.json.decode(row["payload"]),
        attempts=row["attempts"],
        asked=row["asked"],
        claimed_by=row["claimed_by"],
    )

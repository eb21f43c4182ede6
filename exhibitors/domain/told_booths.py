"""Who has booked a booth learns that it has changed: by one mail, however often it was pushed around meanwhile."""

from collections.abc import Mapping
from datetime import timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from digital_days.kernel import clock, database

TOPIC = "exhibitors.booth-changed"
SETTLES = timedelta(minutes=10)
"""A plan is seldom right at the first stroke: the mail waits that long, and then says what is true."""


class Place(Struct, frozen=True, kw_only=True):
    """What an exhibitor knows of its booth: a change of it is news."""

    number: str
    x: int
    y: int
    width: int
    depth: int


_PROMISE = """
    INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at, priority)
    SELECT 'mail', $1::text, 'booth-changed:' || k.code || ':' || $2::integer || ':' || m.person, x.edition, m.person,
        jsonb_build_object('booking', k.code, 'was', r.was), $4, $5, 5
    FROM jsonb_to_recordset($3) AS r (booking integer, was jsonb)
    JOIN booking k ON k.id = r.booking JOIN exhibitor x ON x.id = k.exhibitor
    JOIN exhibitor_member m ON m.exhibitor = x.id AND m.is_contact
    WHERE NOT EXISTS (
        SELECT FROM outbox_message o WHERE o.topic = $1::text AND o.person = m.person AND o.state = 'queued'
        AND o.due_at > $5 AND o.payload::jsonb ->> 'booking' = k.code
    )
    ON CONFLICT (dedup_key) DO NOTHING
"""


async def promise_news(were: Mapping[int, Place], *, plan_version: int) -> None:
    """By the bookings' ids, what was known of their booths before. A mail that still waits says it all."""
    if were:
        now = clock.now()
        rows = [{"booking": booking, "was": asdict(place)} for booking, place in were.items()]
        sent = msgspec.json.encode(rows).decode()
        await database.fetch(_PROMISE, TOPIC, plan_version, sent, now + SETTLES, now)

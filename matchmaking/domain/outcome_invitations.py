"""Half an hour after somebody's last meeting of a day: what came out of them? One mail a person and day.

Only about meetings of which they have said nothing, and only by day: what a worker missed in the evening is asked the
next morning.
"""

from datetime import datetime, time, timedelta

from digital_days.kernel import database
from digital_days.kernel.i18n import TORONTO
from digital_days.kernel.mail import Promise, queue_mails_by_edition

TOPIC = "matchmaking.outcomes"
AFTER, NO_LONGER = timedelta(minutes=30), timedelta(days=1)
AWAKE = (time(7), time(22))
"""When it may leave, by Toronto's clocks."""

_ASKED = """
    WITH lately AS (
        SELECT DISTINCT edition FROM meeting WHERE ends_at > $2 AND ends_at <= $1
    ), sat AS (
        SELECT k.code, k.person, m.edition, (m.starts_at AT TIME ZONE $3)::date AS day, max(m.ends_at) AS ended_at,
            bool_or(coalesce(o.said, 0) = 0) AS is_open
        FROM meeting m JOIN lately USING (edition)
        JOIN match_participant k ON k.id IN (m.business, m.resource) AND k.left_at IS NULL
        LEFT JOIN meeting_outcome o ON o.meeting = m.id AND o.participant = k.id
        WHERE m.state IN ('planned', 'held')
        GROUP BY k.code, k.person, m.edition, day
    )
    SELECT s.code, s.edition, s.person, s.day FROM sat s JOIN person p ON p.id = s.person
    JOIN registration g ON g.person = s.person AND g.edition = s.edition
    WHERE s.is_open AND s.ended_at > $2 AND s.ended_at <= $1 AND p.email <> '' AND g.state = 'active' AND g.reminders
        AND NOT EXISTS (
            SELECT FROM outbox_message q WHERE q.dedup_key = 'matchmaking.outcomes:' || s.code || ':' || s.day::text
        )
    ORDER BY s.edition, s.person, s.day
"""


async def invite(now: datetime) -> None:
    """Promises what is due at this moment and was not yet; asked again it promises nothing more."""
    if not AWAKE[0] <= now.astimezone(TORONTO).time() < AWAKE[1]:
        return
    found = await database.fetch(_ASKED, now - AFTER, now - NO_LONGER, TORONTO.key)
    await queue_mails_by_edition(
        TOPIC,
        [
            (
                row["edition"],
                Promise(
                    person=row["person"],
                    dedup_key=f"{TOPIC}:{row['code']}:{row['day'].isoformat()}",
                    payload={"day": row["day"].isoformat()},
                ),
            )
            for row in found
        ],
    )

"""Reminders for members of groups who have no address: through who registered them, one a group and moment.

At the hours of everybody's reminders (``reminders.py``), for the group's own activities: of others the contact knows
nothing. Who has an address gets a reminder of their own.
"""

from datetime import date, datetime

from digital_days.kernel import database
from digital_days.kernel.mail import Promise, queue_mails_by_edition
from digital_days.kernel.outbox import Priority
from scheduling.domain.reminders import AN_HOUR, JUST_TAKEN, days_to_remind_of, span_of

TOMORROW, SOON = "scheduling.group-tomorrow", "scheduling.group-soon"

_EXPECTED = """
    FROM group_registration q
    JOIN group_member m ON m.group_registration = q.id
    JOIN person w ON w.id = m.person AND w.email = ''
    JOIN person c ON c.id = q.contact AND c.email <> ''
    JOIN registration g ON g.person = m.person AND g.edition = q.edition AND g.state = 'active'
    JOIN place p ON p.person = m.person AND p.state = 'confirmed'
    JOIN slot s ON s.id = p.slot AND s.state = 'scheduled' AND q.slots ? s.code
    WHERE NOT EXISTS (
        SELECT FROM registration o WHERE o.person = q.contact AND o.edition = q.edition AND NOT o.reminders
    )
"""
_OF_A_DAY = f"""
    SELECT q.code, q.contact, q.edition {_EXPECTED}
        AND s.starts_at >= $1 AND s.starts_at < $2 AND s.starts_at > $3 AND p.updated_at <= $4 AND NOT EXISTS (
            SELECT FROM outbox_message o WHERE o.dedup_key = 'group-tomorrow:' || q.code || ':' || $5::text
        )
    GROUP BY q.code, q.contact, q.edition ORDER BY q.edition, q.contact, q.code
"""
_SOON = f"""
    SELECT q.code, q.contact, q.edition, s.starts_at {_EXPECTED}
        AND s.starts_at > $1 AND s.starts_at <= $2 AND p.updated_at <= s.starts_at - $3::interval
        AND NOT EXISTS (
            SELECT FROM outbox_message o
            WHERE o.dedup_key = 'group-soon:' || q.code || ':' || extract(epoch FROM s.starts_at)::bigint
        )
    GROUP BY q.code, q.contact, q.edition, s.starts_at ORDER BY q.edition, s.starts_at, q.contact, q.code
"""


async def remind_contacts(now: datetime) -> None:
    """Promises what is due at this moment and was not yet; asked again it promises nothing more."""
    for day, evening in days_to_remind_of(now):
        await _promise_day(day, evening, now)
    await _promise_soon(now)


async def _promise_day(day: date, evening: datetime, now: datetime) -> None:
    found = await database.fetch(_OF_A_DAY, *span_of(day), now + AN_HOUR, evening, day.isoformat())
    await queue_mails_by_edition(
        TOMORROW,
        [
            (
                row["edition"],
                Promise(
                    person=row["contact"],
                    dedup_key=f"group-tomorrow:{row['code']}:{day.isoformat()}",
                    payload={"group": row["code"], "day": day.isoformat()},
                ),
            )
            for row in found
        ],
    )


async def _promise_soon(now: datetime) -> None:
    found = await database.fetch(_SOON, now, now + AN_HOUR, JUST_TAKEN)
    await queue_mails_by_edition(
        SOON,
        [
            (
                row["edition"],
                Promise(
                    person=row["contact"],
                    dedup_key=f"group-soon:{row['code']}:{int(row['starts_at'].timestamp())}",
                    payload={"group": row["code"], "starts_at": row["starts_at"].isoformat()},
                ),
            )
            for row in found
        ],
        priority=Priority.USUAL,
    )

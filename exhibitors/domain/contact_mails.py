"""In the evening of the fair: one mail to each visitor whose ticket was read and who has not answered everybody.

Also to whoever has said yes on an exhibitor's phone, so that nobody says it for them unnoticed. Its key is of the
registration and the day, so any number of workers may look; what has been answered meanwhile is for the composer to
see (``mails/contacts.py``).
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from digital_days.kernel import database
from digital_days.kernel.i18n import TORONTO
from digital_days.kernel.mail import Promise, queue_mails_by_edition

TOPIC = "exhibitors.contacts"
EVENING = time(18)
"""When the mail leaves, by Toronto's clocks."""
AWAKE = (time(7), time(22))
"""When it may still leave, until the next evening, where no worker was there in time."""

_TO_TELL = """
    SELECT DISTINCT r.code, r.person, r.edition
    FROM lead l JOIN registration r ON r.id = l.registration JOIN person p ON p.id = r.person
    LEFT JOIN lead_consent c ON c.lead = l.id AND c.purpose = 'share' AND c.withdrawn_at IS NULL
    WHERE l.scanned_at >= $1 AND l.scanned_at < $2 AND l.declined_at IS NULL
        AND (c.id IS NULL OR c.how = 'exhibitor_phone')
        AND r.state = 'active' AND r.reminders AND p.email <> ''
        AND NOT EXISTS (SELECT FROM outbox_message o WHERE o.dedup_key = 'contacts:' || r.code || ':' || $3::text)
    ORDER BY r.edition, r.person
"""


async def tell_visitors(now: datetime) -> None:
    """Promises what is due at this moment and was not yet; asked again it promises nothing more."""
    for day in evenings(now):
        begins, ends = (datetime.combine(each, time(), TORONTO) for each in (day, day + timedelta(days=1)))
        found = await database.fetch(_TO_TELL, begins, ends, day.isoformat())
        await queue_mails_by_edition(
            TOPIC,
            [
                (
                    row["edition"],
                    Promise(
                        person=row["person"],
                        dedup_key=f"contacts:{row['code']}:{day.isoformat()}",
                        payload={"registration": row["code"]},
                    ),
                )
                for row in found
            ],
        )


def evenings(now: datetime) -> Iterator[date]:
    """Each day whose evening has come, and is not over for a day."""
    here = now.astimezone(TORONTO)
    if AWAKE[0] <= here.time() < AWAKE[1]:
        for day in (here.date() - timedelta(days=1), here.date()):
            if datetime.combine(day, EVENING, TORONTO) <= now:
                yield day

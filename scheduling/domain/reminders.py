"""What people are reminded of, by the clock: tomorrow's activities the evening before, each one an hour before.

Every promise has a key of its own, so that any number of workers may look at any moment: the evening's is of the
registration and the day, the hour's of the place and the time at which the activity begins. What is called off,
moved or given back meanwhile is for the composers to see (``mails/reminders.py``).
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from digital_days.kernel import database
from digital_days.kernel.i18n import TORONTO
from digital_days.kernel.mail import Promise, queue_mails_by_edition
from digital_days.kernel.outbox import Priority

TOMORROW, SOON = "scheduling.tomorrow", "scheduling.soon"

EVENING = time(17)
"""When the mail of the day before leaves, by Toronto's clocks."""
AWAKE = (time(7), time(22))
"""When it may still leave where no worker was there in time."""
AN_HOUR = timedelta(hours=1)
JUST_TAKEN = timedelta(hours=2)
"""Who takes a place as near to its beginning has just had its ticket."""

_REMINDED = """
    FROM place p
    JOIN slot s ON s.id = p.slot
    JOIN activity a ON a.id = s.activity
    JOIN registration g ON g.person = p.person AND g.edition = a.edition
    JOIN person w ON w.id = p.person
    WHERE p.state = 'confirmed' AND s.state = 'scheduled' AND g.state = 'active' AND g.reminders AND w.email <> ''
"""
_OF_A_DAY = f"""
    SELECT g.code, g.person, g.edition {_REMINDED}
        AND s.starts_at >= $1 AND s.starts_at < $2 AND s.starts_at > $3 AND p.updated_at <= $4
        AND NOT EXISTS (SELECT FROM outbox_message o WHERE o.dedup_key = 'tomorrow:' || g.code || ':' || $5::text)
    GROUP BY g.code, g.person, g.edition ORDER BY g.edition, g.person
"""
_SOON = f"""
    SELECT p.code, p.person, g.edition, s.starts_at {_REMINDED}
        AND s.starts_at > $1 AND s.starts_at <= $2 AND p.updated_at <= s.starts_at - $3::interval
        AND NOT EXISTS (
            SELECT FROM outbox_message o
            WHERE o.dedup_key = 'soon:' || p.code || ':' || extract(epoch FROM s.starts_at)::bigint
        )
    ORDER BY g.edition, s.starts_at, p.person
"""


async def remind(now: datetime) -> None:
    """Promises what is due at this moment and was not yet; asked again it promises nothing more."""
    for day, evening in days_to_remind_of(now):
        await _promise_day(day, evening, now)
    await _promise_soon(now)


def days_to_remind_of(now: datetime) -> Iterator[tuple[date, datetime]]:
    """Each day whose evening before has come, with that evening; late, only by day and only for what is to come."""
    here = now.astimezone(TORONTO)
    if AWAKE[0] <= here.time() < AWAKE[1]:
        for day in (here.date(), here.date() + timedelta(days=1)):
            evening = datetime.combine(day - timedelta(days=1), EVENING, TORONTO)
            if evening <= now:
                yield day, evening


def span_of(day: date) -> tuple[datetime, datetime]:
    """From midnight to midnight in Toronto: 23 to 25 hours."""
    return (
        datetime.combine(day, time(), TORONTO),
        datetime.combine(day + timedelta(days=1), time(), TORONTO),
    )


async def _promise_day(day: date, evening: datetime, now: datetime) -> None:
    """What begins within the hour has a reminder of its own: it is no reason for a late one."""
    starts, ends = span_of(day)
    found = await database.fetch(_OF_A_DAY, starts, ends, now + AN_HOUR, evening, day.isoformat())
    await queue_mails_by_edition(
        TOMORROW,
        [
            (
                row["edition"],
                Promise(
                    person=row["person"],
                    dedup_key=f"tomorrow:{row['code']}:{day.isoformat()}",
                    payload={"registration": row["code"], "day": day.isoformat()},
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
                    person=row["person"],
                    dedup_key=f"soon:{row['code']}:{int(row['starts_at'].timestamp())}",
                    payload={"place": row["code"], "starts_at": row["starts_at"].isoformat()},
                ),
            )
            for row in found
        ],
        priority=Priority.USUAL,
    )

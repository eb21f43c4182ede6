"""The evening's question how it was: one mail a ticket and day, an hour after the last of that day's activities.

Not before six: the mail of the evening before has left by then, and who is still there has other things to do. What
ends late is asked about the next morning. A day runs until six in the morning, as in the programme. Who has no
address is not asked: nobody can say for others what they thought.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from digital_days.kernel import database
from digital_days.kernel.i18n import TORONTO
from digital_days.kernel.mail import Promise, queue_mails_by_edition
from scheduling.domain.feedback import OCCASIONS, Occasion, occasions
from scheduling.domain.reminders import AN_HOUR, AWAKE

TOPIC = "scheduling.feedback"

EVENING = time(18)
"""Before it nobody is asked about the day, by Toronto's clocks."""
_DAY_BEGINS = time(6)

_ASKED = f"""
    WITH holder AS (
        SELECT r.id, r.code, r.person, r.edition FROM registration r JOIN person w ON w.id = r.person
        WHERE r.state = 'active' AND r.reminders AND w.email <> ''
            AND r.edition IN (
                SELECT a.edition FROM slot s JOIN activity a ON a.id = s.activity
                WHERE s.ends_at > $3 AND s.ends_at <= $4
            )
            AND NOT EXISTS (SELECT FROM outbox_message o WHERE o.dedup_key = 'feedback:' || r.code || ':' || $1::text)
    ), {OCCASIONS}
    SELECT DISTINCT h.code, h.person, h.edition FROM occasion o JOIN holder h ON h.id = o.registration
    WHERE o.ended_at > $3 AND o.ended_at <= $4 AND NOT EXISTS (
        SELECT FROM was_there w JOIN slot s ON s.id = w.slot
        WHERE w.holder = h.id AND s.state = 'scheduled' AND s.ends_at > $5 AND s.ends_at <= $4
    )
    ORDER BY h.edition, h.person
"""


async def invite(now: datetime) -> None:
    """Promises what is due at this moment and was not yet; asked again it promises nothing more."""
    for day in days_to_ask_about(now):
        found = await database.fetch(_ASKED, day.isoformat(), now, *_span_of(day), now - AN_HOUR)
        await queue_mails_by_edition(
            TOPIC,
            [
                (
                    row["edition"],
                    Promise(
                        person=row["person"],
                        dedup_key=f"feedback:{row['code']}:{day.isoformat()}",
                        payload={"registration": row["code"], "day": day.isoformat()},
                    ),
                )
                for row in found
            ],
        )


def days_to_ask_about(now: datetime) -> Iterator[date]:
    """The day before, for what ended or was noted late, and from six this day: both only while people are awake."""
    here = now.astimezone(TORONTO)
    if AWAKE[0] <= here.time() < AWAKE[1]:
        yield here.date() - timedelta(days=1)
        if here.time() >= EVENING:
            yield here.date()


async def occasions_of_day(registration: str, day: date) -> list[Occasion]:
    """What the holder of this ticket may still say something about, of what ended that day; by time."""
    begins, ends = _span_of(day)
    return [each for each in await occasions(registration) if begins < each.ended_at <= ends]


def _span_of(day: date) -> tuple[datetime, datetime]:
    return (
        datetime.combine(day, _DAY_BEGINS, TORONTO),
        datetime.combine(day + timedelta(days=1), _DAY_BEGINS, TORONTO),
    )

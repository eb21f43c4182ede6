"""Reminders of the check-list: a week before the nearest last day, and on the day after one that has passed.

The key of a promise is the exhibitor, the person and the day for which it was meant, so that any number of workers
may look at any moment. What has been done meanwhile is for the composer to see (``mails/checklist.py``).
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from digital_days.kernel import database
from digital_days.kernel.i18n import TORONTO
from digital_days.kernel.mail import Promise, queue_mails
from digital_days.kernel.outbox import Priority
from exhibitors.domain.checklist import Checklist, checklists_of

TOPIC = "exhibitors.checklist"
AWAKE = (time(8), time(20))
"""When these mails leave, by Toronto's clocks."""
BEFORE, AFTER = timedelta(days=7), timedelta(days=1)
NOT_LATER = timedelta(days=2)
"""For so long after its day a reminder still leaves, where no worker was there in time."""

_EDITIONS = """
    SELECT f.edition FROM fair f JOIN edition e ON e.id = f.edition
    WHERE e.announced AND e.draft_of IS NULL AND e.ends_on >= $1::date AND EXISTS (
        SELECT FROM exhibitor x WHERE x.edition = e.id AND x.state = 'accepted'
    ) ORDER BY f.edition
"""
_CONTACTS = """
    SELECT x.code, m.person FROM exhibitor_member m JOIN exhibitor x ON x.id = m.exhibitor
    JOIN person p ON p.id = m.person
    WHERE m.is_contact AND p.email <> '' AND x.code = ANY($1) ORDER BY x.id, m.id
"""


async def remind(now: datetime) -> None:
    """Promises what is due at this moment and was not yet; asked again it promises nothing more."""
    here = now.astimezone(TORONTO)
    if not AWAKE[0] <= here.time() < AWAKE[1]:
        return
    for row in await database.fetch(_EDITIONS, here.date()):
        checklists = await checklists_of(row["edition"])
        days = {each.code: [*days_to_remind(each, here.date())] for each in checklists}
        await _promise(row["edition"], {code: meant for code, meant in days.items() if meant})


def days_to_remind(checklist: Checklist, today: date) -> Iterator[date]:
    """The days, today or just before, on which these tasks give a reason to write."""
    dues = sorted(task.due for task in checklist.left if task.due is not None)
    ahead = [due for due in dues if due >= today][:1]
    meant = {due - BEFORE for due in ahead} | {due + AFTER for due in dues if due < today}
    return (day for day in sorted(meant) if today - NOT_LATER <= day <= today)


async def _promise(edition_id: int, days: dict[str, Sequence[date]]) -> None:
    contacts = await database.fetch(_CONTACTS, list(days)) if days else []
    promises = [
        Promise(
            person=row["person"],
            dedup_key=f"checklist:{row['code']}:{row['person']}:{day.isoformat()}",
            payload={"exhibitor": row["code"], "day": day.isoformat()},
        )
        for row in contacts
        for day in days[row["code"]][-1:]
    ]
    if promises:
        await queue_mails(TOPIC, promises, edition_id=edition_id, priority=Priority.USUAL)

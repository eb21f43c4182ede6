"""Who has not paid is reminded: once a week before the last day, once after it. Every mail has a key of its own.

What is paid or credited meanwhile is for the composer to see (``mails/invoices.py``).
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Literal

from digital_days.kernel import database
from digital_days.kernel.i18n import TORONTO
from digital_days.kernel.mail import Promise, queue_mails_by_edition
from digital_days.kernel.outbox import Priority

REMINDER = "exhibitors.invoice_reminder"
When = Literal["due", "late"]

OFFICE_HOURS = (time(8), time(18))
"""When such a mail may leave, by Toronto's clocks."""
A_WEEK = timedelta(days=7)
"""Before the last day; who got the invoice less than a week ago is not reminded yet."""

_UNPAID = """
    SELECT i.code, i.edition, m.person
    FROM invoice i JOIN exhibitor_member m ON m.exhibitor = i.exhibitor AND m.is_contact
    WHERE i.kind = 'invoice' AND i.due_on BETWEEN $1 AND $2 AND i.issued_at <= $3
        AND i.total_cents + (SELECT coalesce(sum(n.total_cents), 0) FROM invoice n WHERE n.credits = i.id) > (
            SELECT coalesce(sum(p.amount_cents), 0) FROM payment p WHERE p.invoice = i.id AND p.cancelled_at IS NULL
        )
        AND NOT EXISTS (
            SELECT FROM outbox_message o WHERE o.dedup_key = 'invoice-' || $4::text || ':' || i.code || ':' || m.person
        )
    ORDER BY i.edition, i.id, m.person
"""


async def remind(now: datetime) -> None:
    """Promises what is due and was not promised yet; asked again it promises nothing more."""
    here = now.astimezone(TORONTO)
    if not OFFICE_HOURS[0] <= here.time() < OFFICE_HOURS[1]:
        return
    for when, first, last in spans(here.date()):
        found = await database.fetch(_UNPAID, first, last, now - A_WEEK, when)
        await queue_mails_by_edition(
            REMINDER,
            [
                (
                    row["edition"],
                    Promise(
                        person=row["person"],
                        dedup_key=f"invoice-{when}:{row['code']}:{row['person']}",
                        payload={"invoice": row["code"], "when": when},
                    ),
                )
                for row in found
            ],
            priority=Priority.USUAL,
        )


def spans(today: date) -> Iterator[tuple[When, date, date]]:
    """Of which last days each mail speaks today; what has been late for a year is no matter for a machine."""
    yield "due", today, today + A_WEEK
    yield "late", today - timedelta(days=365), today - timedelta(days=1)

"""Leads that nobody needs any more; those that were shared stay as long as the visitor's registration."""

from datetime import datetime

from digital_days.kernel import database
from digital_days.kernel.forgetting import KEPT
from digital_days.kernel.i18n import TORONTO


async def forget_leads(people: list[int], before: datetime) -> list[int]:
    """Inside the caller's transaction, which holds these people: those whom no exhibitor has met since then.

    Leads and what was agreed to go with the registration.
    """
    rows = await database.fetch(
        """
        SELECT p.id FROM unnest($1::integer[]) AS p (id)
        WHERE NOT EXISTS (
            SELECT FROM lead l JOIN registration r ON r.id = l.registration
            WHERE r.person = p.id AND l.last_read_at >= $2
        ) ORDER BY p.id
        """,
        people,
        before,
    )
    return [row["id"] for row in rows]


async def forget_unshared_leads(now: datetime) -> None:
    """Of a fair that is over since ``KEPT``: leads about whom nothing was ever given, and every phone."""
    over = (now - KEPT).astimezone(TORONTO).date()
    await database.fetch(
        """
        DELETE FROM lead l USING exhibitor x, edition e
        WHERE x.id = l.exhibitor AND e.id = x.edition AND e.ends_on < $1
            AND NOT EXISTS (SELECT FROM lead_consent c WHERE c.lead = l.id)
        """,
        over,
    )
    await database.fetch(
        "DELETE FROM scanner s USING exhibitor x, edition e "
        "WHERE x.id = s.exhibitor AND e.id = x.edition AND e.ends_on < $1",
        over,
    )

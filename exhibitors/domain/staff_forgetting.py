"""People whom an exhibitor has named are kept until the fair is over, also those who never answered; then they go."""

from datetime import datetime

from digital_days.kernel import database
from digital_days.kernel.forgetting import KEPT
from digital_days.kernel.i18n import TORONTO


async def forget_staff(people: list[int], before: datetime) -> list[int]:
    """Inside the caller's transaction, which holds these people: those whom no exhibitor needs any more."""
    rows = await database.fetch(
        """
        SELECT p.id FROM unnest($1::integer[]) AS p (id)
        WHERE NOT EXISTS (
            SELECT FROM staff_badge b JOIN registration r ON r.id = b.registration JOIN edition e ON e.id = r.edition
            WHERE r.person = p.id AND e.ends_on >= $2
        ) AND NOT EXISTS (
            SELECT FROM exhibitor_member m JOIN exhibitor x ON x.id = m.exhibitor JOIN edition e ON e.id = x.edition
            WHERE m.person = p.id AND e.ends_on >= $2
        ) ORDER BY p.id
        """,
        people,
        before.astimezone(TORONTO).date(),
    )
    return [row["id"] for row in rows]


async def forget_badges(now: datetime) -> None:
    """The names on badges, once the edition has been over for as long as people are kept."""
    await database.fetch(
        """
        DELETE FROM staff_badge b USING exhibitor x, edition e
        WHERE x.id = b.exhibitor AND e.id = x.edition AND e.ends_on < $1
        """,
        (now - KEPT).astimezone(TORONTO).date(),
    )

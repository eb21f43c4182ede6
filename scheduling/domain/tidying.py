"""What nobody needs any more of a programme goes."""

from datetime import datetime

from digital_days.kernel import database
from digital_days.kernel.forgetting import KEPT
from scheduling.domain.feedback import forget_who_answered
from scheduling.domain.needs import forget_needs
from scheduling.domain.portraits import forget_portraits


async def tidy(now: datetime) -> None:
    """Portraits that nobody has any more; of a past event needs, groups, who answered, what its organisers knew."""
    await forget_needs(now)
    await forget_confidences(now)
    await forget_who_answered(now)
    await forget_groups(now)
    await forget_portraits(now)


async def forget_confidences(now: datetime) -> None:
    """Addresses, needs and availabilities, 30 days after the last day; what was published stays."""
    await database.fetch(
        """
        WITH finished AS (
            SELECT d.id FROM edition d JOIN edition e ON e.id = coalesce(d.draft_of, d.id) WHERE e.ends_on < $1
        ), gone AS (
            DELETE FROM availability a USING speaker s, finished WHERE s.id = a.speaker AND s.edition = finished.id
        )
        UPDATE speaker s SET email = '', person = NULL, needs = '' FROM finished
        WHERE s.edition = finished.id AND (s.email <> '' OR s.needs <> '' OR s.person IS NOT NULL)
        """,
        (now - KEPT).date(),
    )


async def forget_groups(now: datetime) -> None:
    """Who registered whom, 30 days after the last day; the people themselves go as everybody does.

    Pupils' names go then too, also of those who came and are still counted. Before, a group goes with the last of its
    people.
    """
    await database.fetch(
        """
        UPDATE person SET name = '', search_key = '' FROM group_member m
        JOIN group_registration g ON g.id = m.group_registration JOIN edition e ON e.id = g.edition
        WHERE person.id = m.person AND person.proved_at IS NULL AND g.kind = 'class' AND e.ends_on < $1
        """,
        (now - KEPT).date(),
    )
    await database.fetch(
        """
        DELETE FROM group_registration g USING edition e WHERE e.id = g.edition AND (
            e.ends_on < $1
            OR g.updated_at < $2 AND NOT EXISTS (SELECT FROM group_member m WHERE m.group_registration = g.id)
        )
        """,
        (now - KEPT).date(),
        now - KEPT,
    )

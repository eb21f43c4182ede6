"""Which edition somebody means who names none."""

from datetime import date

from digital_days.kernel import database
from digital_days.kernel.editions import Edition, NoSuchEdition, edition_called


async def nearest_edition(today: date) -> Edition:
    """The one that is on or comes next, else the last; raises ``NoSuchEdition`` where there is none at all."""
    row = await database.fetch_one(
        """
        SELECT slug FROM edition
        ORDER BY ends_on < $1, CASE WHEN ends_on < $1 THEN $1 - starts_on ELSE starts_on - $1 END, id LIMIT 1
        """,
        today,
    )
    if row is None:
        raise NoSuchEdition
    return await edition_called(row["slug"])

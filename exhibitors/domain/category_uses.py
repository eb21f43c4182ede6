"""How many exhibitors and booths are in each category."""

from msgspec import Struct

from digital_days.kernel import database


class Uses(Struct, frozen=True, kw_only=True):
    """``exhibitors`` are those that applied, whatever became of it."""

    exhibitors: int
    booths: int


async def category_uses(edition_id: int) -> dict[str, Uses]:
    """By the category's code; one query."""
    rows = await database.fetch(
        """
        SELECT c.code, (SELECT count(*) FROM exhibitor x WHERE x.category = c.id) AS exhibitors,
            (SELECT count(*) FROM booth b WHERE b.category = c.id) AS booths
        FROM fair_category c WHERE c.edition = $1
        """,
        edition_id,
    )
    return {row["code"]: Uses(exhibitors=row["exhibitors"], booths=row["booths"]) for row in rows}

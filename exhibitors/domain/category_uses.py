"""Who and what is in each category."""

from digital_days.kernel import database
from exhibitors.domain.categories import Category, NoSuchCategory


class UsedCategory(Category, frozen=True, kw_only=True):
    """``exhibitors`` are all who applied, whatever became of them; ``booths`` those of the plan."""

    exhibitors: int
    booths: int


_USED = f"""
    SELECT {", ".join(name for name in Category.__struct_fields__ if name != "version")}, xmin::text AS version,
        (SELECT count(*) FROM exhibitor x WHERE x.category = c.id) AS exhibitors,
        (SELECT count(*) FROM booth b WHERE b.category = c.id) AS booths
    FROM fair_category c WHERE edition = $1
"""


async def used_categories(edition_id: int) -> list[UsedCategory]:
    """In the organisers' order; one query."""
    return [UsedCategory(**row) for row in await database.fetch(f"{_USED} ORDER BY position, id", edition_id)]


async def used_category(edition_id: int, code: str) -> UsedCategory:
    """Raises ``NoSuchCategory``, also for one of another edition."""
    row = await database.fetch_one(f"{_USED} AND code = $2", edition_id, code)
    if row is None:
        raise NoSuchCategory
    return UsedCategory(**row)

"""The spaces of exhibitors that a person may open, in whatever edition."""

from msgspec import Struct

from digital_days.kernel import database


class Portal(Struct, frozen=True, kw_only=True):
    """Where somebody acts for an exhibitor that takes part, or still may."""

    edition_id: int
    exhibitor: str


async def portals_of(person_id: int) -> list[Portal]:
    """By name; who was declined or has withdrawn has nothing to do there. One query."""
    rows = await database.fetch(
        """
        SELECT x.edition AS edition_id, x.code AS exhibitor
        FROM exhibitor_member m JOIN exhibitor x ON x.id = m.exhibitor
        WHERE m.person = $1 AND x.state IN ('submitted', 'accepted', 'waiting') ORDER BY x.search_key, x.id
        """,
        person_id,
    )
    return [Portal(**row) for row in rows]


async def booth_of(exhibitor_id: int) -> str:
    """The number of the booth that it has for sure; empty without one."""
    row = await database.fetch_one(
        """
        SELECT b.number FROM booking k JOIN booth b ON b.id = k.booth
        WHERE k.exhibitor = $1 AND k.state = 'confirmed'
        """,
        exhibitor_id,
    )
    return str(row["number"]) if row else ""

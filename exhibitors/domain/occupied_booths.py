"""Which booths somebody has, and who."""

from msgspec import Struct

from digital_days.kernel import clock, database


class Occupied(Struct, frozen=True, kw_only=True):
    """Codes of the booth and of the exhibitor; held for a while, or booked."""

    booth: str
    exhibitor: str
    name: str
    is_held: bool


async def occupied_booths(edition_id: int) -> list[Occupied]:
    """A hold that has run out counts no more; one query."""
    rows = await database.fetch(
        """
        SELECT b.code AS booth, x.code AS exhibitor, x.name, k.state = 'held' AS is_held
        FROM booking k JOIN booth b ON b.id = k.booth JOIN exhibitor x ON x.id = k.exhibitor
        WHERE b.edition = $1 AND (k.state = 'confirmed' OR k.state = 'held' AND k.held_until > $2)
        """,
        edition_id,
        clock.now(),
    )
    return [Occupied(**row) for row in rows]

"""Exhibitors that answer the same need side by side: said before a booth is booked, never a reason to refuse it."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import localized

SIDE_BY_SIDE = 300
"""Centimetres between the walls of two booths."""


class Competitor(Struct, frozen=True, kw_only=True):
    """``name`` is empty until everybody may know it; ``need`` is one that both answer."""

    number: str
    name: str
    need_fr: str
    need_en: str

    @property
    def need(self) -> str:
        """In the reader's language."""
        return localized(self.need_fr, self.need_en)


async def competitors_beside(exhibitor_id: int, booth: str) -> list[Competitor]:
    """Those of its category with a need in common that have booked within three metres of the booth with this code."""
    rows = await database.fetch(
        """
        SELECT DISTINCT ON (o.number) o.number, CASE WHEN x.listed THEN x.name ELSE '' END AS name,
            t.name_fr AS need_fr, t.name_en AS need_en
        FROM booth b JOIN exhibitor me ON me.id = $1
        JOIN booth o ON o.edition = b.edition AND o.id <> b.id
            AND power(greatest(b.x - o.x - o.width, o.x - b.x - b.width, 0), 2)
                + power(greatest(b.y - o.y - o.depth, o.y - b.y - b.depth, 0), 2) <= $3::float * $3
        JOIN booking k ON k.booth = o.id AND k.state = 'confirmed'
        JOIN exhibitor x ON x.id = k.exhibitor AND x.category = me.category AND x.id <> me.id
        JOIN exhibitor_need theirs ON theirs.exhibitor = x.id
        JOIN exhibitor_need mine ON mine.exhibitor = me.id AND mine.need = theirs.need
        JOIN need_term t ON t.id = mine.need
        WHERE b.code = $2 ORDER BY o.number, t.position, t.id
        """,
        exhibitor_id,
        booth,
        SIDE_BY_SIDE,
    )
    return [Competitor(**row) for row in rows]

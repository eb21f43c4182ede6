"""What may be rented with a booth, and how many are left."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import localized

MOST = 99


class BoothExtra(Struct, frozen=True, kw_only=True):
    """``left`` none: as many as are asked for. ``had``: how many the exhibitor has rented, at ``price_cents`` each."""

    code: str
    name_fr: str
    name_en: str
    price_cents: int
    left: int | None
    had: int

    @property
    def name(self) -> str:
        """In the reader's language."""
        return localized(self.name_fr, self.name_en)

    @property
    def most(self) -> int:
        """How many this exhibitor may ask for: what it has already, and what is left."""
        return MOST if self.left is None else min(MOST, self.left + self.had)


async def extras_for(edition_id: int, exhibitor_id: int) -> list[BoothExtra]:
    """In the organisers' order; what the exhibitor has rented stays at its price of that day. One query."""
    rows = await database.fetch(
        """
        SELECT e.code, e.name_fr, e.name_en, coalesce(o.price_cents, e.price_cents) AS price_cents,
            e.stock - e.taken AS left, coalesce(o.quantity, 0) AS had
        FROM booth_extra e LEFT JOIN (
            booking_extra o JOIN booking k ON k.id = o.booking AND k.exhibitor = $2 AND k.state = 'confirmed'
        ) ON o.extra = e.id
        WHERE e.edition = $1 ORDER BY e.position, e.id
        """,
        edition_id,
        exhibitor_id,
    )
    return [BoothExtra(**row) for row in rows]

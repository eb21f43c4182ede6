"""What may be rented with a booth, as organisers know it."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_, localized


class NoSuchExtra(NotFound):
    message = N_("Ce supplément n’existe pas, ou n’existe plus.")


class Extra(Struct, frozen=True, kw_only=True):
    """``stock`` none: as many as are asked for. ``taken`` are rented now, ``ever`` also bookings that are over.

    ``version`` is that of what organisers write: renting one changes the row too.
    """

    code: str
    name_fr: str
    name_en: str
    price_cents: int
    stock: int | None
    taken: int
    ever: bool
    version: str

    @property
    def name(self) -> str:
        """In the reader's language."""
        return localized(self.name_fr, self.name_en)


_EXTRAS = """
    SELECT code, name_fr, name_en, price_cents, stock, taken,
        taken > 0 OR EXISTS (SELECT FROM booking_extra o WHERE o.extra = e.id) AS ever,
        md5(row(name_fr, name_en, price_cents, stock)::text) AS version
    FROM booth_extra e WHERE edition = $1
"""


async def extras_of(edition_id: int) -> list[Extra]:
    """In the organisers' order; one query."""
    return [Extra(**row) for row in await database.fetch(f"{_EXTRAS} ORDER BY position, id", edition_id)]


async def extra_called(edition_id: int, code: str) -> Extra:
    """Raises ``NoSuchExtra``, also for one of another edition."""
    row = await database.fetch_one(f"{_EXTRAS} AND code = $2", edition_id, code)
    if row is None:
        raise NoSuchExtra
    return Extra(**row)

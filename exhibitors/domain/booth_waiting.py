"""In line for a booth of one's category, while none is free."""

from datetime import datetime

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, localized
from exhibitors.domain.booth_refusals import BookingClosed, NotAccepted


class BoothIsFree(Conflict):
    message = N_("Il reste un kiosque libre de votre catégorie : choisissez-le.")


class HasBooth(Conflict):
    message = N_("Vous avez déjà un kiosque, ou une option sur un kiosque.")


class InLine(Struct, frozen=True, kw_only=True):
    """Somebody who waits; ``position`` counts from 1 within the category. ``exhibitor`` is a code."""

    exhibitor: str
    name: str
    category_fr: str
    category_en: str
    position: int
    joined_at: datetime

    @property
    def category(self) -> str:
        """In the reader's language."""
        return localized(self.category_fr, self.category_en)


_LINE = """
    SELECT x.id, x.code AS exhibitor, x.name, c.name_fr AS category_fr, c.name_en AS category_en, w.joined_at,
        row_number() OVER (PARTITION BY x.category ORDER BY w.joined_at, w.id) AS position
    FROM booth_waiting w JOIN exhibitor x ON x.id = w.exhibitor JOIN fair_category c ON c.id = x.category
    WHERE x.edition = $1 AND x.state = 'accepted' ORDER BY c.position, c.id, w.joined_at, w.id
"""
_REFUSALS = {"free": BoothIsFree, "has_booth": HasBooth, "not_accepted": NotAccepted, "closed": BookingClosed}


async def join_line(exhibitor_id: int) -> None:
    """Puts the exhibitor at the end; again is harmless. Raises ``BoothIsFree``, ``HasBooth``, ``NotAccepted``,
    ``BookingClosed``."""
    [row] = await database.fetch(
        "SELECT outcome FROM exhibitors_join_waiting($1, $2) AS outcome", exhibitor_id, clock.now()
    )
    if refusal := _REFUSALS.get(row["outcome"]):
        raise refusal


async def leave_line(exhibitor_id: int) -> None:
    """Waits no longer; again is harmless."""
    await database.fetch("DELETE FROM booth_waiting WHERE exhibitor = $1", exhibitor_id)


async def line_of(edition_id: int) -> list[InLine]:
    """Everybody, by category and in order; one query."""
    rows = await database.fetch(f"SELECT * FROM ({_LINE}) line", edition_id)
    return [_in_line(row) for row in rows]


async def place_in_line(edition_id: int, exhibitor_id: int) -> InLine | None:
    """None for whoever does not wait."""
    row = await database.fetch_one(f"SELECT * FROM ({_LINE}) line WHERE id = $2", edition_id, exhibitor_id)
    return _in_line(row) if row else None


def _in_line(row: database.Row) -> InLine:
    return InLine(**{name: value for name, value in row.items() if name != "id"})

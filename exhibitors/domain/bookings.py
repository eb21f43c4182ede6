"""An exhibitor's own hold and booking, as its pages and mails show them."""

from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import localized
from exhibitors.domain.booth_refusals import NoSuchBooking

State = Literal["held", "confirmed", "moved", "cancelled", "expired", "left"]


class RentedExtra(Struct, frozen=True, kw_only=True):
    """``price_cents`` is that of one."""

    name_fr: str
    name_en: str
    quantity: int
    price_cents: int

    @property
    def name(self) -> str:
        """In the reader's language."""
        return localized(self.name_fr, self.name_en)


class Booked(Struct, frozen=True, kw_only=True):
    """One booking and its booth. ``price_cents`` is what the booth costs, for a hold what it would cost now.

    ``booth_version`` changes with what is said of the booth; lengths are in centimetres.
    """

    id: int
    code: str
    state: State
    held_until: datetime | None
    offered: bool
    price_cents: int
    sequence: int
    reason: str
    created_at: datetime
    updated_at: datetime
    exhibitor_id: int
    exhibitor: str
    edition_id: int
    booth: str
    number: str
    width: int
    depth: int
    power: bool
    network: bool
    step_free: bool
    booth_version: str
    extras: tuple[RentedExtra, ...] = ()

    @property
    def is_held(self) -> bool:
        """Whether the booth is kept for the exhibitor at this moment."""
        return self.state == "held" and self.held_until is not None and self.held_until > clock.now()

    @property
    def subtotal_cents(self) -> int:
        """Booth and extras, before taxes."""
        return self.price_cents + sum(extra.quantity * extra.price_cents for extra in self.extras)


_BOOKED = """
    SELECT k.id, k.code, k.state, k.held_until, k.offered, k.sequence, k.reason, k.created_at, k.updated_at,
        CASE WHEN k.state <> 'held' THEN k.price_cents ELSE coalesce((
            SELECT f.price_cents FROM booking f JOIN booth o ON o.id = f.booth
            WHERE f.exhibitor = x.id AND f.state = 'confirmed' AND (o.category = x.category OR o.category IS NULL)
        ), c.price_cents) END AS price_cents,
        x.id AS exhibitor_id, x.code AS exhibitor, x.edition AS edition_id, b.code AS booth, b.number, b.width, b.depth,
        b.power, b.network, b.step_free, exhibitors_booth_read(b) AS booth_version, coalesce((
            SELECT json_agg(json_build_object('name_fr', e.name_fr, 'name_en', e.name_en, 'quantity', r.quantity,
                'price_cents', r.price_cents) ORDER BY e.position, e.id)
            FROM booking_extra r JOIN booth_extra e ON e.id = r.extra WHERE r.booking = k.id
        ), '[]')::text AS extras
    FROM booking k JOIN booth b ON b.id = k.booth JOIN exhibitor x ON x.id = k.exhibitor
    JOIN fair_category c ON c.id = x.category
"""


async def booked(code: str) -> Booked:
    """Raises ``NoSuchBooking``."""
    row = await database.fetch_one(f"{_BOOKED} WHERE k.code = $1", code)
    if row is None:
        raise NoSuchBooking
    return _booked(row)


class OwnBooths(Struct, frozen=True, kw_only=True):
    """``booking`` is confirmed, ``hold`` good at this moment; ``last`` is the newest of all, whatever became of it."""

    hold: Booked | None = None
    booking: Booked | None = None
    last: Booked | None = None


async def booths_of(exhibitor_id: int) -> OwnBooths:
    """One query."""
    rows = await database.fetch(f"{_BOOKED} WHERE k.exhibitor = $1 ORDER BY k.id DESC LIMIT 20", exhibitor_id)
    found = [_booked(row) for row in rows]
    return OwnBooths(
        hold=next((each for each in found if each.is_held), None),
        booking=next((each for each in found if each.state == "confirmed"), None),
        last=found[0] if found else None,
    )


def _booked(row: database.Row) -> Booked:
    return Booked(**{**row, "extras": msgspec.json.decode(row["extras"], type=tuple[RentedExtra, ...])})

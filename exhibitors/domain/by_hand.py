"""Booths as organisers give and free them: whoever is accepted, whatever the dates."""

from datetime import datetime

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import N_, _, localized
from exhibitors.domain.bookings import State
from exhibitors.domain.confirming import confirm_by_hand
from exhibitors.domain.holding import hold_booth

STATES: dict[State, str] = {
    "held": N_("Option"),
    "confirmed": N_("Réservé"),
    "moved": N_("Parti à un autre kiosque"),
    "cancelled": N_("Annulé"),
    "expired": N_("Option écoulée"),
    "left": N_("Option laissée"),
}


class Candidate(Struct, frozen=True, kw_only=True):
    """An accepted exhibitor; ``number`` is of the booth that it has, empty for one that has none."""

    code: str
    name: str
    category_fr: str
    category_en: str
    number: str

    @property
    def category(self) -> str:
        """In the reader's language."""
        return localized(self.category_fr, self.category_en)


class PastBooking(Struct, frozen=True, kw_only=True):
    """What a booth has seen; ``by`` is the organiser's name who ended it, for a ``reason``."""

    code: str
    name: str
    state: State
    offered: bool
    created_at: datetime
    ended_at: datetime | None
    held_until: datetime | None
    reason: str
    by: str

    @property
    def said(self) -> str:
        """Its state in words."""
        return _(STATES[self.state])


async def candidates_for(edition_id: int) -> list[Candidate]:
    """Those without a booth first, by name; one query."""
    rows = await database.fetch(
        """
        SELECT x.code, x.name, c.name_fr AS category_fr, c.name_en AS category_en, coalesce(b.number, '') AS number
        FROM exhibitor x JOIN fair_category c ON c.id = x.category
        LEFT JOIN booking k ON k.exhibitor = x.id AND k.state = 'confirmed' LEFT JOIN booth b ON b.id = k.booth
        WHERE x.edition = $1 AND x.state = 'accepted' ORDER BY b.number IS NOT NULL, x.search_key, x.id
        """,
        edition_id,
    )
    return [Candidate(**row) for row in rows]


async def history_of(edition_id: int, booth: str) -> list[PastBooking]:
    """Everything that has become of the booth with this code, the newest first."""
    rows = await database.fetch(
        """
        SELECT k.code, x.name, k.state, k.offered, k.created_at, k.ended_at, k.held_until, k.reason,
            coalesce(p.name, '') AS by
        FROM booking k JOIN booth b ON b.id = k.booth JOIN exhibitor x ON x.id = k.exhibitor
        LEFT JOIN person p ON p.id = k.ended_by
        WHERE b.edition = $1 AND b.code = $2 ORDER BY k.id DESC LIMIT 100
        """,
        edition_id,
        booth,
    )
    return [PastBooking(**row) for row in rows]


async def give_booth(exhibitor_id: int, booth: str) -> None:
    """Books it at once; an exhibitor that has another one moves. Raises what ``hold_booth`` raises."""
    async with database.transaction():
        hold = await hold_booth(exhibitor_id, booth, by_hand=True)
        await confirm_by_hand(exhibitor_id, hold)

"""Holds are left, bookings cancelled: by the exhibitor until booking closes, by organisers always, for a reason."""

from typing import Literal

from digital_days.kernel import clock, database
from exhibitors.domain.booth_refusals import BookingClosed, NoSuchBooking

Ended = Literal["left", "cancelled", "over"]


async def end_booking(booking: str, *, by: int | None = None, reason: str = "") -> Ended:
    """Ends a hold (left) or a booking (cancelled); « over »: it had ended already.

    Extras go back to stock, the booth to whoever waits. ``by`` names the organiser who does it; the exhibitor is
    told why. Raises ``NoSuchBooking``, and ``BookingClosed`` for an exhibitor that comes too late.
    """
    async with database.transaction():
        [row] = await database.fetch(
            "SELECT exhibitors_end_booking($1, $2, $3, $4) AS outcome", booking, by, reason, clock.now()
        )
        outcome: Ended | Literal["closed", "unknown"] = row["outcome"]
        if outcome == "unknown":
            raise NoSuchBooking
        if outcome == "closed":
            raise BookingClosed
        return outcome


async def free_all(exhibitor_id: int, *, by: int, reason: str) -> None:
    """Whatever this exhibitor holds, has booked or waits for ends: for one that is no longer accepted."""
    async with database.transaction():
        await database.fetch("SELECT FROM exhibitor WHERE id = $1 FOR NO KEY UPDATE", exhibitor_id)
        await database.fetch("DELETE FROM booth_waiting WHERE exhibitor = $1", exhibitor_id)
        rows = await database.fetch(
            "SELECT code FROM booking WHERE exhibitor = $1 AND state IN ('held', 'confirmed') ORDER BY id", exhibitor_id
        )
        for row in rows:
            await end_booking(row["code"], by=by, reason=reason)

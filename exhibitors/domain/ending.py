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

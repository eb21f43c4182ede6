"""A hold becomes a booking, with what is rented beside it; the database takes both or neither."""

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import localized
from exhibitors.domain import billing
from exhibitors.domain.booth_refusals import REFUSALS, ExtraGone, NoSuchBooking


class Read(Struct, frozen=True, kw_only=True):
    """What the exhibitor has read and agrees to: this booth, as it was then, for this amount before taxes."""

    booth_version: str
    total_cents: int


Extras = Mapping[str, int]
"""How many of each, by the extra's code."""


async def confirm_booking(exhibitor_id: int, hold: str, extras: Extras, read: Read) -> None:
    """Books the booth held under this code; where the exhibitor had another one, it moves. Again is harmless.

    The mail with the calendar file, and the invoice, are promised in the same transaction. Raises ``ExtraGone`` and
    ``OfferChanged`` (the hold stays), ``HoldOver``, ``OtherCategory``, ``NotAccepted``, ``NoSuchBooking``.
    """
    await _confirm(exhibitor_id, hold, extras, read)


async def confirm_by_hand(exhibitor_id: int, hold: str) -> None:
    """An organiser books it; what was rented with a former booth is carried over."""
    await _confirm(exhibitor_id, hold, {}, None)


async def _confirm(exhibitor_id: int, hold: str, extras: Extras, read: Read | None) -> None:
    async with database.transaction():
        [row] = await database.fetch(
            "SELECT outcome, about, id FROM exhibitors_confirm_booking($1, $2, $3, $4, $5, $6, $7)",
            exhibitor_id,
            hold,
            msgspec.json.encode(extras).decode(),
            read.booth_version if read else "",
            read.total_cents if read else 0,
            read is None,
            clock.now(),
        )
        match row["outcome"]:
            case "confirmed":
                await billing.bill(row["id"])
            case "already":
                pass
            case "unknown":
                raise NoSuchBooking
            case "extra":
                raise ExtraGone(name=await _name_of(row["about"]))
            case outcome:
                raise REFUSALS[outcome](number=await _number_of(hold))


async def _name_of(extra: str) -> str:
    row = await database.fetch_one("SELECT name_fr, name_en FROM booth_extra WHERE code = $1", extra)
    return localized(row["name_fr"], row["name_en"]) if row else "—"


async def _number_of(booking: str) -> str:
    row = await database.fetch_one(
        "SELECT b.number FROM booking k JOIN booth b ON b.id = k.booth WHERE k.code = $1", booking
    )
    return row["number"] if row else ""

"""The mails about booths, each as things are when it leaves."""

from digital_days.kernel import database
from digital_days.kernel.mail import Mail
from digital_days.kernel.outbox import Message
from exhibitors.engine.taxes import taxed
from exhibitors.mails.booth_calendar import calendar_files
from exhibitors.mails.booth_letters import BoothLetter, booth_letter, write


async def booking(message: Message) -> Mail | None:
    """The booth is booked, or has changed; nothing once it has changed again or is given back."""
    letter = await _about_this(message)
    if letter is None or letter.booking.state != "confirmed":
        return None
    former = await _former_number(letter.booking.id)
    amounts = taxed(letter.booking.subtotal_cents)
    return write("booking", letter, *calendar_files(letter), amounts=amounts, moved_from=former)


async def booking_over(message: Message) -> Mail | None:
    """The booth is given back, or an organiser has freed it; nothing for who has booked again since."""
    letter = await _about_this(message)
    if letter is None or letter.booking.state not in ("cancelled", "left") or await _has_booth(letter):
        return None
    files = calendar_files(letter) if letter.booking.state == "cancelled" else ()
    return write("booking_over", letter, *files)


async def offer(message: Message) -> Mail | None:
    """A booth is kept for who waited; nothing once they have answered, or it is over."""
    letter = await booth_letter(message)
    return write("offer", letter) if letter and letter.booking.is_held else None


async def offer_over(message: Message) -> Mail | None:
    """The time to answer is over; nothing for who has a booth by now."""
    letter = await booth_letter(message)
    return write("offer_over", letter) if letter and not await _has_booth(letter) else None


async def _about_this(message: Message) -> BoothLetter | None:
    """Nothing where a later change has a mail of its own."""
    letter = await booth_letter(message)
    return letter if letter and letter.booking.sequence == message.payload["sequence"] else None


async def _has_booth(letter: BoothLetter) -> bool:
    row = await database.fetch_one(
        "SELECT FROM booking WHERE exhibitor = $1 AND state = 'confirmed'", letter.booking.exhibitor_id
    )
    return row is not None


async def _former_number(booking_id: int) -> str:
    """The booth from which this booking has moved; empty where it did not."""
    row = await database.fetch_one(
        """
        SELECT b.number FROM booking k
        JOIN booking f ON f.exhibitor = k.exhibitor AND f.state = 'moved' AND f.sequence = k.sequence - 1
        JOIN booth b ON b.id = f.booth WHERE k.id = $1
        """,
        booking_id,
    )
    return row["number"] if row else ""

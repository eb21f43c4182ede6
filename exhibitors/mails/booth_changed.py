"""« Votre kiosque a changé »: what an exhibitor knew of its booth beside what is true when the mail leaves."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from digital_days.kernel import clock, database
from digital_days.kernel.mail import Attachment, Mail
from digital_days.kernel.outbox import Message
from exhibitors.domain.lengths import metres
from exhibitors.domain.told_booths import Place
from exhibitors.mails.booth_calendar import calendar_files
from exhibitors.mails.booth_letters import BoothLetter, booth_letter, write


async def booth_changed(message: Message) -> Mail | None:
    """Nothing where all is as it was, or the booth is no longer theirs."""
    letter = await booth_letter(message)
    if letter is None or letter.booking.state != "confirmed":
        return None
    was, now = msgspec.convert(message.payload["was"], Place), await _place(letter.booking.booth)
    if was == now:
        return None
    files = _in_calendars(letter) if was.number != now.number else ()
    return write(
        "booth_changed",
        letter,
        *files,
        was=was,
        now=now,
        is_renamed=was.number != now.number,
        is_resized=(was.width, was.depth) != (now.width, now.depth),
        is_moved=(was.x, was.y) != (now.x, now.y),
        metres=metres,
    )


def _in_calendars(letter: BoothLetter) -> Sequence[Attachment]:
    """The days with the new number: the same entries, said anew."""
    return calendar_files(replace(letter, booking=replace(letter.booking, updated_at=clock.now())))


async def _place(booth: str) -> Place:
    [row] = await database.fetch("SELECT number, x, y, width, depth FROM booth WHERE code = $1", booth)
    return Place(**row)

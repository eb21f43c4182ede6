"""What the mails about booths are put together from: whom they go to, in which language, and what they are about."""

from msgspec import Struct

from digital_days.kernel import database, i18n
from digital_days.kernel.calendar_file import Attendee
from digital_days.kernel.editions import Edition, edition_numbered
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.i18n import Locale, localized
from digital_days.kernel.mail import Attachment, Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.web.urls import absolute, url
from exhibitors.domain.bookings import Booked, booked
from exhibitors.domain.booth_refusals import NoSuchBooking
from exhibitors.mails.reader import Reader, letter, reader_of


class BoothLetter(Struct, frozen=True, kw_only=True):
    """A booking with one person who is written to about it. ``hall`` may be empty."""

    booking: Booked
    edition: Edition
    reader: Reader
    exhibitor_name: str
    hall_fr: str
    hall_en: str

    @property
    def locale(self) -> Locale:
        """In which it is written."""
        return self.reader.language(self.edition)

    @property
    def to(self) -> Attendee:
        """Whom a calendar file invites."""
        return Attendee(name=spoken_name(self.reader.name), email=self.reader.email)

    @property
    def where(self) -> str:
        """The hall and the place, in the current language."""
        return ", ".join(filter(None, (localized(self.hall_fr, self.hall_en), self.edition.place)))


async def booth_letter(message: Message) -> BoothLetter | None:
    """Nothing where the booking, the person or their address is gone."""
    try:
        booking = await booked(message.payload["booking"])
    except NoSuchBooking:
        return None
    reader = await reader_of(booking.exhibitor, message.person_id)
    if reader is None:
        return None
    [row] = await database.fetch(
        """
        SELECT x.name AS exhibitor, coalesce(f.name_fr, '') AS hall_fr, coalesce(f.name_en, '') AS hall_en
        FROM exhibitor x LEFT JOIN floor_plan f ON f.edition = x.edition WHERE x.id = $1
        """,
        booking.exhibitor_id,
    )
    edition = await edition_numbered(booking.edition_id)
    return BoothLetter(
        booking=booking,
        edition=edition,
        reader=reader,
        exhibitor_name=row["exhibitor"],
        hall_fr=row["hall_fr"],
        hall_en=row["hall_en"],
    )


def write(template: str, about: BoothLetter, *attachments: Attachment, **more: object) -> Mail:
    """The mail, in the letter's language."""
    with i18n.use(about.locale):
        pages = {"edition_slug": about.edition.slug, "exhibitor": about.booking.exhibitor}
        context: dict[str, object] = {
            "letter": about,
            "booking": about.booking,
            "booth_url": absolute(url("exhibitors:booth", **pages)),
            "hold_url": absolute(url("exhibitors:booth-hold", **pages)),
            **more,
        }
    return letter(
        f"exhibitors/mail/{template}", context, reader=about.reader, edition=about.edition, attachments=attachments
    )

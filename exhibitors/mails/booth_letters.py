"""What the mails about booths are put together from: whom they go to, in which language, and what they are about."""

from msgspec import Struct

from digital_days.kernel import database, i18n
from digital_days.kernel.calendar_file import Attendee
from digital_days.kernel.editions import Edition, edition_numbered
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.i18n import Locale, as_locale, localized
from digital_days.kernel.mail import Attachment, Mail, Organiser, render_mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.web.urls import absolute, url
from exhibitors.domain.bookings import Booked, booked
from exhibitors.domain.booth_refusals import NoSuchBooking


class BoothLetter(Struct, frozen=True, kw_only=True):
    """A booking with one person who is written to about it. ``hall`` may be empty."""

    booking: Booked
    edition: Edition
    locale: Locale
    to: Attendee
    exhibitor_name: str
    hall_fr: str
    hall_en: str

    @property
    def where(self) -> str:
        """The hall and the place, in the current language."""
        return ", ".join(filter(None, (localized(self.hall_fr, self.hall_en), self.edition.place)))


async def booth_letter(message: Message) -> BoothLetter | None:
    """Nothing where the booking, the person or their address is gone.

    To a business of Québec one writes in French; to others in the person's language, where the edition opens it.
    """
    try:
        booking = await booked(message.payload["booking"])
    except NoSuchBooking:
        return None
    row = await database.fetch_one(
        """
        SELECT p.name, p.email, p.locale, x.name AS exhibitor, x.in_quebec, coalesce(f.name_fr, '') AS hall_fr,
            coalesce(f.name_en, '') AS hall_en
        FROM exhibitor x JOIN exhibitor_member m ON m.exhibitor = x.id JOIN person p ON p.id = m.person
        LEFT JOIN floor_plan f ON f.edition = x.edition
        WHERE x.id = $1 AND p.id = $2
        """,
        booking.exhibitor_id,
        message.person_id,
    )
    if row is None or not row["email"]:
        return None
    edition = await edition_numbered(booking.edition_id)
    return BoothLetter(
        booking=booking,
        edition=edition,
        locale="fr" if row["in_quebec"] or not edition.opens_english else as_locale(row["locale"]),
        to=Attendee(name=spoken_name(row["name"]), email=row["email"]),
        exhibitor_name=row["exhibitor"],
        hall_fr=row["hall_fr"],
        hall_en=row["hall_en"],
    )


def write(template: str, letter: BoothLetter, *attachments: Attachment, **more: object) -> Mail:
    """The mail, in the letter's language."""
    edition = letter.edition
    with i18n.use(letter.locale):
        pages = {"edition_slug": edition.slug, "exhibitor": letter.booking.exhibitor}
        context = {
            "letter": letter,
            "booking": letter.booking,
            "edition": edition,
            "booth_url": absolute(url("exhibitors:booth", **pages)),
            "hold_url": absolute(url("exhibitors:booth-hold", **pages)),
            **more,
        }
        writer = Organiser(
            event=edition.name,
            name=edition.organiser_name,
            address=edition.postal_address,
            email=edition.contact_email,
        )
    return render_mail(
        f"exhibitors/mail/{template}",
        context,
        locale=letter.locale,
        to_email=letter.to.email,
        to_name=letter.to.name,
        organiser=writer,
        attachments=attachments,
    )

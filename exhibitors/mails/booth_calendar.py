"""The fair's days in an exhibitor's calendar: one file a day, since a file that invites holds one entry (RFC 5546)."""

from datetime import UTC, datetime, time, timedelta

from digital_days.kernel import i18n
from digital_days.kernel.calendar_file import CalendarEntry, Organizer, cancellation, invitation
from digital_days.kernel.i18n import TORONTO, _
from digital_days.kernel.mail import Attachment
from digital_days.kernel.settings import current
from digital_days.kernel.web.urls import absolute, url
from exhibitors.mails.booth_letters import BoothLetter

CALENDARS = "booths.digital-days"
OPENS, CLOSES = time(9), time(17)
"""As long as nobody has said at which hours the fair is open."""


def calendar_files(letter: BoothLetter) -> tuple[Attachment, ...]:
    """Invitations for a booking, cancellations for what is booked no more: the exhibitor's same entries each time."""
    method, write = ("REQUEST", invitation) if letter.booking.state == "confirmed" else ("CANCEL", cancellation)
    with i18n.use(letter.locale):
        organizer = Organizer(name=letter.edition.name, email=current().mail_from)
        return tuple(
            Attachment(
                filename=f"{letter.edition.slug}-{entry.starts_at.astimezone(TORONTO):%Y-%m-%d}.ics",
                media_type=f"text/calendar; charset=UTF-8; method={method}",
                content=write(entry, organizer, letter.to, letter.locale),
            )
            for entry in _entries(letter)
        )


def _entries(letter: BoothLetter) -> list[CalendarEntry]:
    """The n-th day keeps its UID whatever becomes of booth and dates."""
    booking, edition = letter.booking, letter.edition
    days = (edition.ends_on - edition.starts_on).days + 1
    return [
        CalendarEntry(
            uid=f"{booking.exhibitor}-{number + 1}@{CALENDARS}",
            sequence=booking.sequence,
            summary=_("%(edition)s : kiosque %(number)s", edition=edition.name, number=booking.number),
            description=_("Votre kiosque au salon, pour %(name)s.", name=letter.exhibitor_name),
            location=letter.where,
            starts_at=datetime.combine(day, OPENS, TORONTO).astimezone(UTC),
            ends_at=datetime.combine(day, CLOSES, TORONTO).astimezone(UTC),
            status="CONFIRMED" if booking.state == "confirmed" else "CANCELLED",
            updated_at=booking.updated_at,
            url=absolute(url("exhibitors:booth", edition_slug=edition.slug, exhibitor=booking.exhibitor)),
        )
        for number in range(days)
        for day in [edition.starts_on + timedelta(days=number)]
    ]

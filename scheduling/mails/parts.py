"""What every mail about places is put together from: who it is for, the ticket, the entry of a calendar, the foot."""

from digital_days.kernel import qr, signing
from digital_days.kernel.calendar_file import Attendee, CalendarEntry, Organizer
from digital_days.kernel.edition_mail import edition_mail
from digital_days.kernel.editions import Edition
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.i18n import Locale, as_locale
from digital_days.kernel.mail import Attachment, Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.private_links import private_path
from digital_days.kernel.settings import current
from digital_days.kernel.web.urls import absolute
from scheduling.domain.held_places import HeldPlace

_QR_SCALE = 4
_QR_ID = "billet"


def language(message: Message, locale: str, edition: Edition) -> Locale:
    """The message's own, else the person's; English only where the edition opens it."""
    return as_locale(message.payload.get("locale") or locale) if edition.opens_english else "fr"


def mail(
    template: str,
    context: dict[str, object],
    *,
    to: Attendee,
    edition: Edition,
    locale: Locale,
    attachments: tuple[Attachment, ...],
) -> Mail:
    """The rendered mail of the edition."""
    return edition_mail(
        template,
        context,
        edition=edition,
        to_name=to.name,
        to_email=to.email,
        locale=locale,
        attachments=attachments,
    )


def ticket_picture(registration: str) -> Attachment:
    """The code that the welcome desk reads, to be shown inside the HTML."""
    token = signing.ticket_token(registration, key=current().secret_key)
    return Attachment(
        filename="billet.png", media_type="image/png", content=qr.png(token, scale=_QR_SCALE), content_id=_QR_ID
    )


def ticket_facts(registration: str) -> dict[str, object]:
    """The ticket's code, and the links that open it and the agenda without signing in."""
    ticket = absolute(private_path("site:ticket", "ticket", registration))
    agenda = absolute(private_path("site:agenda", "agenda", registration))
    return {
        "code": f"{registration[:5]}-{registration[5:]}",
        "code_image": f"cid:{_QR_ID}",
        "ticket_url": ticket,
        "agreements_url": f"{ticket}#agreements",
        "agenda_url": agenda,
        "calendar_url": f"{agenda}#calendrier",
    }


def entry_of(place: HeldPlace) -> CalendarEntry:
    """The place in a calendar, in the current language."""
    return CalendarEntry(
        uid=place.uid,
        sequence=place.sequence,
        summary=place.title,
        description=place.summary,
        location=place.where,
        starts_at=place.starts_at,
        ends_at=place.ends_at,
        status="CONFIRMED" if place.is_on else "CANCELLED",
        updated_at=place.updated_at,
        url=absolute(place.path),
    )


def organizer_of(edition: Edition) -> Organizer:
    """Outlook wants the address that the mail comes from."""
    return Organizer(name=edition.name, email=current().mail_from)


def attendee_of(place: HeldPlace) -> Attendee:
    """Whose place it is."""
    return Attendee(name=spoken_name(place.person_name), email=place.person_email)


def calendar(content: bytes, method: str, name: str) -> Attachment:
    """The file ``name``.ics; one file holds one entry (RFC 5546: one UID for a REQUEST or a CANCEL)."""
    return Attachment(
        filename=f"{name}.ics",
        media_type=f"text/calendar; charset=UTF-8; method={method}",
        content=content,
    )

"""The mails about places, composed from what is true when they leave."""

from digital_days.kernel import agenda, database, i18n, qr, signing
from digital_days.kernel.calendar_file import (
    Attendee,
    CalendarEntry,
    Organizer,
    cancellation,
    invitation,
)
from digital_days.kernel.editions import Edition, edition_called
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.i18n import Locale, as_locale
from digital_days.kernel.mail import Attachment, Mail, Organiser, render_mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.private_links import private_path
from digital_days.kernel.settings import current
from digital_days.kernel.web.urls import absolute, url
from scheduling.domain.held_places import HeldPlace, held_place
from scheduling.domain.places import NoSuchPlace

_QR_SCALE = 4
_QR_ID = "billet"


async def ticket(message: Message) -> Mail | None:
    """The confirmation with code, invitation and links; nothing once the place is gone or has changed hands."""
    place = await _place_for(message)
    if place is None or not place.is_on or place.registration is None or await _is_outdated(message, place):
        return None
    token = signing.ticket_token(place.registration, key=current().secret_key)
    picture = Attachment(
        filename="billet.png", media_type="image/png", content=qr.png(token, scale=_QR_SCALE), content_id=_QR_ID
    )
    again = message.payload.get("again", False)
    return await _with_invitation("scheduling/mail/ticket", message, place, picture, again=again)


async def moved(message: Message) -> Mail | None:
    """The new time or room, with the invitation that replaces the one before."""
    place = await _place_for(message)
    if place is None or not place.is_on or place.registration is None or await _is_outdated(message, place):
        return None
    return await _with_invitation("scheduling/mail/moved", message, place)


async def cancelled(message: Message) -> Mail | None:
    """That the place was given back, or that the slot was called off; nothing if the person has it again."""
    place = await _place_for(message)
    if place is None or place.is_on or not place.was_held:
        return None
    if await _is_outdated(message, place):
        return None
    edition = await edition_called(place.edition_slug)
    locale = _language(message, place, edition)
    with i18n.use(locale):
        calendar = cancellation(_entry(place), _organizer(edition), _attendee(place), locale)
        context = {**_facts(place), "called_off": place.slot_state != "scheduled"}
        context["by"] = message.payload.get("by", "person")
    attachments = (_calendar(calendar, "CANCEL", edition),)
    return _mail("scheduling/mail/cancelled", context, place, edition, locale, attachments)


async def overlap(message: Message) -> Mail | None:
    """Why there is no place: where the person is expected at the same time. Nothing if they got it since."""
    place = await _place_for(message)
    if place is None or place.state != "refused":
        return None
    edition = await edition_called(place.edition_slug)
    locale = _language(message, place, edition)
    with i18n.use(locale):
        others = await agenda.busy(place.person_id, place.starts_at, place.ends_at)
        context = {**_facts(place), "others": others}
    return _mail("scheduling/mail/overlap", context, place, edition, locale, ())


async def _place_for(message: Message) -> HeldPlace | None:
    try:
        place = await held_place(message.payload["place"])
    except NoSuchPlace:
        return None
    return place if place.person_email else None


async def _is_outdated(message: Message, place: HeldPlace) -> bool:
    """Whether the same was promised again since: then only the last of them is sent.

    A promise that knows the place's sequence tells for free that nothing has happened since.
    """
    sequence = message.payload.get("sequence")
    if sequence is None or sequence == place.place_sequence:
        return False
    later = await database.fetch_one(
        """
        SELECT 1 FROM outbox_message
        WHERE person = $1 AND topic = $2 AND id > $3 AND payload->>'place' = $4 AND payload ? 'sequence' LIMIT 1
        """,
        place.person_id,
        message.topic,
        message.id,
        place.code,
    )
    return later is not None


def _language(message: Message, place: HeldPlace, edition: Edition) -> Locale:
    return as_locale(message.payload.get("locale") or place.person_locale) if edition.opens_english else "fr"


async def _with_invitation(
    template: str, message: Message, place: HeldPlace, *pictures: Attachment, **more: object
) -> Mail:
    edition = await edition_called(place.edition_slug)
    locale = _language(message, place, edition)
    with i18n.use(locale):
        calendar = invitation(_entry(place), _organizer(edition), _attendee(place), locale)
        context = {**_facts(place), **_ticket_facts(place, place.registration or ""), **more}
    return _mail(template, context, place, edition, locale, (*pictures, _calendar(calendar, "REQUEST", edition)))


def _mail(
    template: str,
    context: dict[str, object],
    place: HeldPlace,
    edition: Edition,
    locale: Locale,
    attachments: tuple[Attachment, ...],
) -> Mail:
    with i18n.use(locale):
        writer = Organiser(
            event=edition.name,
            name=edition.organiser_name,
            address=edition.postal_address,
            email=edition.contact_email,
        )
    return render_mail(
        template,
        context,
        locale=locale,
        to_email=place.person_email,
        to_name=spoken_name(place.person_name),
        organiser=writer,
        attachments=attachments,
    )


def _facts(place: HeldPlace) -> dict[str, object]:
    """What every template about a place may say, in the current language."""
    code = place.registration
    return {
        "place": place,
        "name": spoken_name(place.person_name),
        "activity_url": absolute(place.path),
        "programme_url": absolute(url("scheduling:programme", edition_slug=place.edition_slug)),
        "agenda_url": absolute(private_path("site:agenda", "agenda", code)) if code else "",
    }


def _ticket_facts(place: HeldPlace, code: str) -> dict[str, object]:
    ticket = absolute(private_path("site:ticket", "ticket", code))
    agenda = absolute(private_path("site:agenda", "agenda", code))
    return {
        "code": f"{code[:5]}-{code[5:]}",
        "code_image": f"cid:{_QR_ID}",
        "ticket_url": ticket,
        "agreements_url": f"{ticket}#agreements",
        "calendar_url": f"{agenda}#calendrier",
        "cancel_url": absolute(private_path("scheduling:place", "place", place.code)),
    }


def _entry(place: HeldPlace) -> CalendarEntry:
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


def _organizer(edition: Edition) -> Organizer:
    return Organizer(name=edition.name, email=current().mail_from)


def _attendee(place: HeldPlace) -> Attendee:
    return Attendee(name=spoken_name(place.person_name), email=place.person_email)


def _calendar(content: bytes, method: str, edition: Edition) -> Attachment:
    return Attachment(
        filename=f"{edition.slug}.ics",
        media_type=f"text/calendar; charset=UTF-8; method={method}",
        content=content,
    )

"""The mails about places, composed from what is true when they leave."""

from collections.abc import Awaitable, Callable

from digital_days.kernel import agenda, database, i18n
from digital_days.kernel.calendar_file import cancellation, invitation
from digital_days.kernel.editions import edition_called
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.mail import Attachment, Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.private_links import private_path
from digital_days.kernel.web.urls import absolute, url
from scheduling.domain.held_places import HeldPlace, held_place
from scheduling.domain.places import NoSuchPlace
from scheduling.domain.refused_places import at_the_most
from scheduling.domain.waiting import withdrawn_by
from scheduling.mails.parts import (
    attendee_of,
    calendar,
    entry_of,
    language,
    mail,
    organizer_of,
    ticket_facts,
    ticket_picture,
)


async def ticket(message: Message) -> Mail | None:
    """The confirmation with code, invitation and links; nothing once the place is gone or has changed hands."""
    place = await _place_for(message)
    if place is None or not place.is_on or place.registration is None or await _is_outdated(message, place):
        return None
    picture = ticket_picture(place.registration)
    again = message.payload.get("again", False)
    return await _with_invitation("scheduling/mail/ticket", message, place, picture, again=again)


async def cancelled(message: Message) -> Mail | None:
    """That the place was given back, or that the slot was called off; nothing if the person has it again."""
    place = await _place_for(message)
    if place is None or place.is_on or not place.was_held:
        return None
    if await _is_outdated(message, place):
        return None
    edition = await edition_called(place.edition_slug)
    locale = language(message, place.person_locale, edition)
    with i18n.use(locale):
        gone = cancellation(entry_of(place), organizer_of(edition), attendee_of(place), locale)
        context = {**facts_of(place), "called_off": place.slot_state != "scheduled"}
        context["by"] = message.payload.get("by", "person")
    return mail(
        "scheduling/mail/cancelled",
        context,
        to=attendee_of(place),
        edition=edition,
        locale=locale,
        attachments=(calendar(gone, "CANCEL", edition.slug),),
    )


async def overlap(message: Message) -> Mail | None:
    """Why there is no place: where the person is expected at the same time. Nothing if they got it since."""
    return await _refused("scheduling/mail/overlap", message, _expected_elsewhere)


async def limit(message: Message) -> Mail | None:
    """Why there is no place: they have as many as a person may have. Nothing if they got it since."""
    return await _refused("scheduling/mail/limit", message, _at_the_most)


async def _expected_elsewhere(place: HeldPlace) -> dict[str, object]:
    return {"others": await agenda.busy(place.person_id, place.starts_at, place.ends_at)}


async def _at_the_most(place: HeldPlace) -> dict[str, object]:
    return {"why": str(await at_the_most(place.edition_id))}


async def _refused(
    template: str, message: Message, reason: Callable[[HeldPlace], Awaitable[dict[str, object]]]
) -> Mail | None:
    place = await _place_for(message)
    if place is None or place.state != "refused":
        return None
    edition = await edition_called(place.edition_slug)
    locale = language(message, place.person_locale, edition)
    with i18n.use(locale):
        context = {**facts_of(place), **await reason(place)}
    return mail(template, context, to=attendee_of(place), edition=edition, locale=locale, attachments=())


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


async def _with_invitation(
    template: str, message: Message, place: HeldPlace, *pictures: Attachment, **more: object
) -> Mail:
    edition = await edition_called(place.edition_slug)
    locale = language(message, place.person_locale, edition)
    with i18n.use(locale):
        invited = invitation(entry_of(place), organizer_of(edition), attendee_of(place), locale)
        context = {**facts_of(place), **ticket_facts(place.registration or ""), **more}
        context["withdrawn"] = [entry.place for entry in await withdrawn_by([place.code])] if place.ends_waiting else []
        context["cancel_url"] = absolute(private_path("scheduling:place", "place", place.code))
    return mail(
        template,
        context,
        to=attendee_of(place),
        edition=edition,
        locale=locale,
        attachments=(*pictures, calendar(invited, "REQUEST", edition.slug)),
    )


def facts_of(place: HeldPlace) -> dict[str, object]:
    """What every template about a place may say, in the current language."""
    code = place.registration
    return {
        "place": place,
        "name": spoken_name(place.person_name),
        "activity_url": absolute(place.path),
        "programme_url": absolute(url("scheduling:programme", edition_slug=place.edition_slug)),
        "agenda_url": absolute(private_path("site:agenda", "agenda", code)) if code else "",
    }

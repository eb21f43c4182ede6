"""The one mail that answers for several places: the ticket, the whole agenda, and why what is missing is missing.

Each place has a calendar file of its own. iTIP binds an invitation to one UID (RFC 5546, 3.2.2); and a published
calendar with all of them is taken for another calendar by Outlook, which then follows neither moves nor cancellations.
"""

from msgspec import Struct

from digital_days.kernel import agenda as person_agenda
from digital_days.kernel import i18n
from digital_days.kernel.agenda import AgendaItem
from digital_days.kernel.calendar_file import invitation
from digital_days.kernel.editions import Edition, edition_called
from digital_days.kernel.i18n import Locale
from digital_days.kernel.mail import Attachment, Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.web.urls import absolute, url
from scheduling.domain.held_places import HeldPlace, places_called
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


class Missing(Struct, frozen=True):
    """A place that could not be had; ``others`` is where the person is expected at that time, ``limit`` a sentence."""

    place: HeldPlace
    full: bool
    others: list[AgendaItem]
    limit: str = ""


async def agenda(message: Message) -> Mail | None:
    """What is true when it leaves; nothing once all of it is gone."""
    outcomes: dict[str, str] = message.payload["places"]
    found = (await places_called(outcomes)).values()
    places = sorted((place for place in found if place.person_email), key=lambda place: place.starts_at)
    taken = [place for place in places if place.is_on and place.registration]
    refused = [place for place in places if place.state == "refused"]
    if not taken and not refused:
        return None
    anyone = places[0]
    edition = await edition_called(anyone.edition_slug)
    locale = language(message, anyone.person_locale, edition)
    with i18n.use(locale):
        items = await person_agenda.items_of(anyone.person_id, anyone.edition_id)
        has_ticket = anyone.registration if items else None
        context: dict[str, object] = {
            "name": attendee_of(anyone).name,
            "taken": len(taken),
            "again": set(outcomes.values()) == {"already"},
            "items": items,
            "withdrawn": [
                entry.place for entry in await withdrawn_by([place.code for place in taken if place.ends_waiting])
            ],
            "missing": [await _missing(place, outcomes[place.code]) for place in refused],
            "questions": taken[0].questions if taken else [],
            "programme_url": absolute(url("scheduling:programme", edition_slug=edition.slug)),
            **(ticket_facts(has_ticket) if has_ticket else {"ticket_url": ""}),
        }
        files = [_invitation(place, edition, locale, number) for number, place in enumerate(taken, start=1)]
    picture = [ticket_picture(anyone.registration)] if taken and anyone.registration else []
    return mail(
        "scheduling/mail/agenda",
        context,
        to=attendee_of(anyone),
        edition=edition,
        locale=locale,
        attachments=(*picture, *files),
    )


async def _no_longer_waited_for(taken: list[HeldPlace]) -> list[HeldPlace]:
    ending = [place.code for place in taken if place.ends_waiting]
    return [entry.place for entry in await withdrawn_by(ending)] if ending else []


async def _missing(place: HeldPlace, outcome: str) -> Missing:
    if outcome == "limit":
        return Missing(place, full=False, others=[], limit=str(await at_the_most(place.edition_id)))
    if outcome == "full":
        return Missing(place, full=True, others=[])
    return Missing(place, False, await person_agenda.busy(place.person_id, place.starts_at, place.ends_at))


def _invitation(place: HeldPlace, edition: Edition, locale: Locale, number: int) -> Attachment:
    content = invitation(entry_of(place), organizer_of(edition), attendee_of(place), locale)
    return calendar(content, "REQUEST", f"{edition.slug}-{number}")

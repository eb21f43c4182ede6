"""Reminders, composed from what is true when they leave; nothing for what has begun, moved away or been given back."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from digital_days.kernel import clock, database, i18n
from digital_days.kernel.editions import edition_called
from digital_days.kernel.i18n import TORONTO, localized
from digital_days.kernel.mail import Attachment, Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.private_links import private_path
from digital_days.kernel.registrations import NoSuchRegistration, registration_called
from digital_days.kernel.web.urls import absolute
from scheduling.domain.held_places import HeldPlace, held_place, places_of
from scheduling.domain.places import NoSuchPlace
from scheduling.mails.parts import attendee_of, language, mail, ticket_facts, ticket_picture


class Reminded(Struct, frozen=True, kw_only=True):
    """A place with what helps to get there; ``step_free`` none: nobody has said."""

    place: HeldPlace
    step_free: bool | None
    equipment_fr: str
    equipment_en: str

    @property
    def equipment(self) -> str:
        """What one finds there, in the reader's language."""
        return localized(self.equipment_fr, self.equipment_en)

    @property
    def cancel_url(self) -> str:
        """Where the place is given to somebody else."""
        return absolute(private_path("scheduling:place", "place", self.place.code))


async def tomorrow(message: Message) -> Mail | None:
    """All that is left of the day, with the ticket; the day itself by its name once it has come."""
    try:
        registration = await registration_called(message.payload["registration"])
    except NoSuchRegistration:
        return None
    day, now = date.fromisoformat(message.payload["day"]), clock.now()
    places = [
        place
        for place in await places_of(registration.person_id, registration.edition_id)
        if place.is_on and place.starts_at > now and place.starts_at.astimezone(TORONTO).date() == day
    ]
    today = now.astimezone(TORONTO).date() == day
    return await _reminder("scheduling/mail/tomorrow", message, places, day=day, today=today)


async def soon(message: Message) -> Mail | None:
    """One activity, where it is still at the time that was promised; moved, it gets another at its new time."""
    try:
        place = await held_place(message.payload["place"])
    except NoSuchPlace:
        return None
    promised = datetime.fromisoformat(message.payload["starts_at"])
    if not place.is_on or place.starts_at != promised or place.has_started:
        return None
    return await _reminder("scheduling/mail/soon", message, [place])


async def _reminder(template: str, message: Message, places: Sequence[HeldPlace], **more: object) -> Mail | None:
    if not places or not (code := places[0].registration) or not places[0].person_email:
        return None
    registration = await registration_called(code)
    if not registration.is_active or not registration.reminders:
        return None
    edition = await edition_called(places[0].edition_slug)
    locale = language(message, places[0].person_locale, edition)
    picture: tuple[Attachment, ...] = (ticket_picture(code),)
    with i18n.use(locale):
        context: dict[str, object] = {
            "name": attendee_of(places[0]).name,
            "reminded": await reminded(places),
            "unsubscribe_url": absolute(private_path("site:reminders", "reminders", code)),
            **ticket_facts(code),
            **more,
        }
    return mail(template, context, to=attendee_of(places[0]), edition=edition, locale=locale, attachments=picture)


async def reminded(places: Sequence[HeldPlace]) -> list[Reminded]:
    """In their order; one query."""
    rows = await database.fetch(
        """
        SELECT p.code, r.step_free, coalesce(r.equipment_fr, '') AS equipment_fr,
            coalesce(r.equipment_en, '') AS equipment_en
        FROM place p JOIN slot s ON s.id = p.slot LEFT JOIN room r ON r.id = s.room WHERE p.code = ANY($1)
        """,
        [place.code for place in places],
    )
    rooms = {row["code"]: row for row in rows}
    return [
        Reminded(
            place=place,
            step_free=rooms[place.code]["step_free"],
            equipment_fr=rooms[place.code]["equipment_fr"],
            equipment_en=rooms[place.code]["equipment_en"],
        )
        for place in places
    ]

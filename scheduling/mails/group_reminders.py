"""Reminders to a group's contact: who of those without an address is expected where, as it is when they leave."""

from collections.abc import Callable
from datetime import date, datetime

from msgspec import Struct

from digital_days.kernel import clock, i18n
from digital_days.kernel.calendar_file import Attendee
from digital_days.kernel.editions import edition_called
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.i18n import TORONTO
from digital_days.kernel.mail import Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.private_links import private_path
from digital_days.kernel.registrations import registration_of
from digital_days.kernel.web.urls import absolute
from scheduling.domain.group_reading import Group, NoSuchGroup, group_called
from scheduling.domain.held_places import places_called
from scheduling.mails.parts import language, mail
from scheduling.mails.reminders import Reminded, reminded


class Expected(Struct, frozen=True, kw_only=True):
    """One of the group's slots, and who is expected there."""

    where: Reminded
    names: list[str]


async def tomorrow(message: Message) -> Mail | None:
    """All that is left of the day; the day itself by its name once it has come."""
    day, now = date.fromisoformat(message.payload["day"]), clock.now()

    def is_left(starts_at: datetime) -> bool:
        return starts_at > now and starts_at.astimezone(TORONTO).date() == day

    today = now.astimezone(TORONTO).date() == day
    return await _reminder("scheduling/mail/group_tomorrow", message, is_left, day=day, today=today)


async def soon(message: Message) -> Mail | None:
    """What is still at the time that was promised; moved, it gets another at its new time."""
    promised = datetime.fromisoformat(message.payload["starts_at"])
    if promised <= clock.now():
        return None
    return await _reminder("scheduling/mail/group_soon", message, lambda starts_at: starts_at == promised)


async def _reminder(template: str, message: Message, is_due: Callable[[datetime], bool], **more: object) -> Mail | None:
    try:
        group = await group_called(message.payload["group"])
    except NoSuchGroup:
        return None
    if not group.contact or not group.contact_email:
        return None
    own = await registration_of(group.contact, group.edition)
    if own and not own.reminders:
        return None
    edition = await edition_called(group.edition_slug)
    locale = language(message, group.contact_locale, edition)
    to = Attendee(name=spoken_name(group.contact_name), email=group.contact_email)
    with i18n.use(locale):
        expected = await _expected(group, is_due)
        if not expected:
            return None
        context: dict[str, object] = {
            "name": to.name,
            "organisation": spoken_name(group.organisation),
            "expected": expected,
            "others": any(member.email and member.has_ticket for member in group.members),
            "group_url": absolute(private_path("scheduling:group", "group", group.code)),
            "tickets_url": absolute(private_path("scheduling:group-tickets", "group", group.code)),
            "unsubscribe_url": absolute(private_path("site:reminders", "reminders", own.code)) if own else "",
            **more,
        }
    return mail(template, context, to=to, edition=edition, locale=locale, attachments=())


async def _expected(group: Group, is_due: Callable[[datetime], bool]) -> list[Expected]:
    names: dict[str, list[str]] = {}
    one_place: dict[str, str] = {}  # of each slot: all say the same of when and where
    for member in group.members:
        for place in member.places:
            if not member.email and member.has_ticket and place.is_on and is_due(place.starts_at):
                names.setdefault(place.slot, []).append(member.label)
                one_place.setdefault(place.slot, place.code)
    places = await places_called(one_place.values())
    by_time = sorted(places.values(), key=lambda place: (place.starts_at, place.title))
    return [Expected(where=each, names=names[each.place.slot_code]) for each in await reminded(by_time)]

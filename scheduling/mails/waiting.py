"""The mails of a waiting list: in line, a place is kept for you, it is over; each as it is when it leaves."""

from datetime import datetime

import msgspec
from msgspec import Struct

from digital_days.kernel import agenda, i18n
from digital_days.kernel.calendar_file import Attendee
from digital_days.kernel.editions import edition_called
from digital_days.kernel.mail import Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.private_links import private_path
from digital_days.kernel.web.urls import absolute
from scheduling.domain.passed_seats import seat_after
from scheduling.domain.waiting import InLine, NotInLine, State, in_line
from scheduling.mails.parts import language, mail
from scheduling.mails.places import facts_of


class Moment(Struct, frozen=True, kw_only=True):
    """When and where a slot was before a release."""

    starts_at: datetime
    ends_at: datetime
    room: str


OVER: tuple[State, ...] = ("expired", "closed")


async def waiting(message: Message) -> Mail | None:
    """Where they stand, and how a place is offered; nothing once they no longer wait."""
    entry = await _entry(message)
    return await _mail("waiting", message, entry) if entry and entry.state == "waiting" else None


async def offer(message: Message) -> Mail | None:
    """A place is kept until a time; nothing once they have answered, or for an offer before this one."""
    entry = await _entry(message)
    if entry is None or not entry.is_offered or message.payload["round"] != entry.round:
        return None
    return await _mail("offer", message, entry)


async def over(message: Message) -> Mail | None:
    """The time to answer is over, or there is nothing to wait for any more."""
    entry = await _entry(message)
    if entry is None or entry.state not in OVER:
        return None
    return await _mail("waiting_over", message, entry, after=await seat_after(entry))


async def moved(message: Message) -> Mail | None:
    """What they wait for has another time or place; nothing once they no longer wait, or it has moved again."""
    entry = await _entry(message)
    if entry is None or entry.state not in ("waiting", "offered"):
        return None
    if message.payload["sequence"] != entry.place.slot_sequence:
        return None
    return await _mail("waiting_moved", message, entry, was=msgspec.convert(message.payload, Moment))


async def _entry(message: Message) -> InLine | None:
    try:
        entry = await in_line(message.payload["entry"])
    except NotInLine:
        return None
    return entry if entry.place.person_email else None


async def _mail(template: str, message: Message, entry: InLine, **more: object) -> Mail:
    place = entry.place
    edition = await edition_called(place.edition_slug)
    locale = language(message, place.person_locale, edition)
    with i18n.use(locale):
        is_their_choice = template in ("offer", "waiting_moved")
        others = await agenda.busy(place.person_id, place.starts_at, place.ends_at) if is_their_choice else []
        context = {
            **facts_of(place),
            "entry": entry,
            "others": others,
            "waiting_url": absolute(private_path("scheduling:waiting", "wait", entry.code)),
            **more,
        }
    to = Attendee(name=str(context["name"]), email=place.person_email)
    return mail(f"scheduling/mail/{template}", context, to=to, edition=edition, locale=locale, attachments=())

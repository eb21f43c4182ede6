"""The one message to a group's contact: everybody's ticket, and the way to the group's page."""

from msgspec import Struct

from digital_days.kernel import i18n, qr, signing
from digital_days.kernel.calendar_file import Attendee
from digital_days.kernel.editions import edition_called
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.mail import Attachment, Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.private_links import private_path
from digital_days.kernel.settings import current
from digital_days.kernel.web.urls import absolute
from scheduling.domain.group_reading import Group, Member, NoSuchGroup, group_called
from scheduling.mails.parts import language, mail

MOST_PICTURES = 30
"""Codes shown in the message itself; beyond, the page shows them all."""


class Ticket(Struct, frozen=True, kw_only=True):
    """A member's, as the message shows it; ``image`` is empty beyond the pictures that a message carries."""

    member: Member
    titles: list[str]
    image: str


async def group(message: Message) -> Mail | None:
    """All tickets that are good when it leaves; nothing where nobody is left, or the contact has gone."""
    try:
        found = await group_called(message.payload["group"])
    except NoSuchGroup:
        return None
    members = [member for member in found.members if member.has_ticket]
    if not found.contact_email or not members:
        return None
    edition = await edition_called(found.edition_slug)
    locale = language(message, found.contact_locale, edition)
    pictures = [_picture(member, number) for number, member in enumerate(members[:MOST_PICTURES], start=1)]
    to = Attendee(name=spoken_name(found.contact_name), email=found.contact_email)
    with i18n.use(locale):
        page = absolute(private_path("scheduling:group", "group", found.code))
        context: dict[str, object] = {
            "name": to.name,
            "group": found,
            "organisation": spoken_name(found.organisation),
            "why": message.payload.get("why", ""),
            "tickets": _tickets(found, members, pictures),
            "without": len(found.members) - len(members),
            "group_url": page,
            "tickets_url": absolute(private_path("scheduling:group-tickets", "group", found.code)),
        }
    return mail("scheduling/mail/group", context, to=to, edition=edition, locale=locale, attachments=tuple(pictures))


def _picture(member: Member, number: int) -> Attachment:
    token = signing.ticket_token(member.registration or "", key=current().secret_key)
    return Attachment(
        filename=f"billet-{number}.png",
        media_type="image/png",
        content=qr.png(token, scale=4),
        content_id=f"billet-{number}",
    )


def _tickets(group: Group, members: list[Member], pictures: list[Attachment]) -> list[Ticket]:
    images = [f"cid:{picture.content_id}" for picture in pictures]
    return [
        Ticket(
            member=member,
            titles=[
                slot.title for slot in group.slots if (place := member.place_in(slot.code)) is not None and place.is_on
            ],
            image=images[number] if number < len(images) else "",
        )
        for number, member in enumerate(members)
    ]

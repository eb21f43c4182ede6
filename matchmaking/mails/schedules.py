"""One's schedule, whenever something of it has changed: the whole list, and a calendar file for each change."""

from digital_days.kernel import database, i18n
from digital_days.kernel.calendar_file import Attendee, CalendarEntry, Organizer, cancellation, invitation
from digital_days.kernel.edition_mail import edition_mail, language_of
from digital_days.kernel.editions import Edition, edition_numbered
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.i18n import Locale
from digital_days.kernel.mail import Attachment, Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.settings import current
from digital_days.kernel.web.urls import absolute, url
from matchmaking.domain.agenda_items import SeatedMeeting, meetings_of_seat

MOST_FILES = 20
"""Above, the agenda's own feed brings what changed."""

_READER = """
    SELECT p.name, p.email, p.locale, m.edition FROM match_participant m JOIN person p ON p.id = m.person
    WHERE m.code = $1 AND m.person = $2 AND m.left_at IS NULL AND p.email <> ''
"""


async def schedule(message: Message) -> Mail | None:
    """As things are when it leaves; nothing for who has left."""
    row = await database.fetch_one(_READER, message.payload["participant"], message.person_id)
    if row is None:
        return None
    edition = await edition_numbered(row["edition"])
    locale = language_of(row["locale"], edition)
    meetings = await meetings_of_seat(message.payload["participant"])
    named = set(message.payload["meetings"])
    changed = [each for each in meetings if each.code in named]
    to = Attendee(name=spoken_name(row["name"]), email=row["email"])
    with i18n.use(locale):
        files = tuple(calendar_of(each, edition, to, locale) for each in changed[:MOST_FILES])
        context: dict[str, object] = {
            "name": to.name,
            "edition": edition,
            "meetings": [each for each in meetings if each.is_on],
            "changed": {each.code for each in changed if each.is_on and each.sequence > 0},
            "cancelled": [each for each in changed if not each.is_on],
            "is_first": all(each.sequence == 0 for each in meetings),
            "own_url": absolute(url("matchmaking:own-meetings", edition_slug=edition.slug)),
        }
    return edition_mail(
        "matchmaking/mail/schedule",
        context,
        edition=edition,
        to_name=to.name,
        to_email=to.email,
        locale=locale,
        attachments=files,
    )


def calendar_of(each: SeatedMeeting, edition: Edition, to: Attendee, locale: Locale) -> Attachment:
    """An invitation, or its cancellation: a file of this kind holds one entry (RFC 5546)."""
    method, write = ("REQUEST", invitation) if each.is_on else ("CANCEL", cancellation)
    entry = CalendarEntry(
        uid=each.uid,
        sequence=each.sequence,
        summary=each.title,
        description=each.about,
        location=each.where,
        starts_at=each.starts_at,
        ends_at=each.ends_at,
        status="CONFIRMED" if each.is_on else "CANCELLED",
        updated_at=each.updated_at,
        url=absolute(each.path),
    )
    return Attachment(
        filename=f"rencontre-{each.number}-{each.code.lower()}.ics",
        media_type=f"text/calendar; charset=UTF-8; method={method}",
        content=write(entry, Organizer(name=edition.name, email=current().mail_from), to, locale),
    )

"""The mail to somebody whom the organisers have removed, with what takes their meetings out of their calendar."""

from digital_days.kernel import clock, database, i18n
from digital_days.kernel.calendar_file import Attendee
from digital_days.kernel.edition_mail import edition_mail, language_of
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.mail import Mail
from digital_days.kernel.outbox import Message
from matchmaking.domain.agenda_items import meetings_of_seat
from matchmaking.mails.schedules import MOST_FILES, calendar_of

_REMOVED = """
    SELECT p.name, p.email, p.locale, o.name AS organisation, m.edition
    FROM match_participant m JOIN match_organisation o ON o.id = m.organisation JOIN person p ON p.id = m.person
    WHERE m.code = $1 AND m.opted_in_at IS NOT NULL AND m.left_at IS NOT NULL AND p.email <> ''
"""


async def removed(message: Message) -> Mail | None:
    """That their meetings are cancelled; nothing for who is back by now, or had never agreed."""
    row = await database.fetch_one(_REMOVED, message.payload["participant"])
    if row is None:
        return None
    edition = await edition_numbered(row["edition"])
    name, locale = spoken_name(row["name"]), language_of(row["locale"], edition)
    gone = [
        each
        for each in await meetings_of_seat(message.payload["participant"])
        if not each.is_on and each.starts_at > clock.now()
    ]
    with i18n.use(locale):
        to = Attendee(name=name, email=row["email"])
        files = tuple(calendar_of(each, edition, to, locale) for each in gone[:MOST_FILES])
    return edition_mail(
        "matchmaking/mail/removed",
        {"name": name, "edition": edition, "organisation": row["organisation"]},
        edition=edition,
        to_name=name,
        to_email=row["email"],
        locale=locale,
        attachments=files,
    )

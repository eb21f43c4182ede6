"""An organiser's message as each person reads it: their words as they are, under the event's head and foot."""

from digital_days.kernel import database, i18n
from digital_days.kernel.calendar_file import Attendee
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.mail import Mail
from digital_days.kernel.outbox import Message
from scheduling.domain.organiser_messages import NoSuchMessage, message_called
from scheduling.domain.recipients import members_meant
from scheduling.mails.parts import language, mail

_WHO = """
    SELECT w.id, w.name, w.email, w.locale, EXISTS (
        SELECT FROM registration g WHERE g.person = w.id AND g.edition = $2 AND g.state = 'active'
    ) OR EXISTS (
        SELECT FROM waiting_entry e JOIN slot s ON s.id = e.slot JOIN activity a ON a.id = s.activity
        WHERE e.person = w.id AND a.edition = $2 AND e.state IN ('waiting', 'offered')
    ) AS takes_part, EXISTS (
        SELECT FROM group_registration q JOIN group_member m ON m.group_registration = q.id
        JOIN person n ON n.id = m.person AND n.email = ''
        JOIN registration g ON g.person = n.id AND g.edition = q.edition AND g.state = 'active'
        WHERE q.contact = w.id AND q.edition = $2
    ) AS speaks_for_others
    FROM person w WHERE w.id = $1
"""


async def organiser_message(message: Message) -> Mail | None:
    """Nothing for whoever is neither registered nor waits any more, nor speaks for members of a group who are.

    A test, or a look, is for the one who writes.
    """
    edition = await edition_numbered(message.edition_id or 0)
    to_writer = "test" in message.payload or "preview" in message.payload
    who = await database.fetch_one(_WHO, message.person_id, edition.id)
    if who is None or not (who["takes_part"] or who["speaks_for_others"] or to_writer):
        return None
    try:
        written = await message_called(edition.id, message.payload["message"])
    except NoSuchMessage:
        return None
    # In French where it says nothing in English.
    locale = language(message, who["locale"], edition) if written.speaks_english else "fr"
    to = Attendee(name=spoken_name(who["name"]), email=who["email"])
    with i18n.use(locale):
        meant = [] if to_writer else await members_meant(edition.id, written.kind, written.target, who["id"])
        context: dict[str, object] = {
            "name": to.name,
            "title": written.subject,
            "body": written.body,
            "meant": meant,
            "as_contact": not (who["takes_part"] or to_writer),
            "test": "test" in message.payload,
        }
    return mail("scheduling/mail/organiser_message", context, to=to, edition=edition, locale=locale, attachments=())

"""The mail to somebody whom the organisers have removed."""

from digital_days.kernel import database
from digital_days.kernel.edition_mail import edition_mail, language_of
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.mail import Mail
from digital_days.kernel.outbox import Message

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
    name = spoken_name(row["name"])
    return edition_mail(
        "matchmaking/mail/removed",
        {"name": name, "edition": edition, "organisation": row["organisation"]},
        edition=edition,
        to_name=name,
        to_email=row["email"],
        locale=language_of(row["locale"], edition),
    )

"""The mails to whoever was invited: by a colleague, or by the organisers."""

from digital_days.kernel import database, i18n
from digital_days.kernel.edition_mail import edition_mail, language_of
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.mail import Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.web.urls import absolute, url

_INVITED = """
    SELECT p.name, p.email, p.locale, o.name AS organisation, m.edition
    FROM match_participant m JOIN match_organisation o ON o.id = m.organisation JOIN person p ON p.id = m.person
    WHERE o.code = $1 AND m.person = $2 AND m.opted_in_at IS NULL AND m.left_at IS NULL AND p.email <> ''
"""


async def colleague(message: Message) -> Mail | None:
    """For somebody whom a colleague has named."""
    return await _invitation(message, "matchmaking/mail/colleague")


async def invited(message: Message) -> Mail | None:
    """For somebody whom the organisers have named."""
    return await _invitation(message, "matchmaking/mail/invited")


async def _invitation(message: Message, template: str) -> Mail | None:
    """Where to agree; nothing for who has done so, or takes part elsewhere. Businesses are written to in French."""
    row = await database.fetch_one(_INVITED, message.payload["organisation"], message.person_id)
    if row is None:
        return None
    edition = await edition_numbered(row["edition"])
    name, locale = spoken_name(row["name"]), language_of(row["locale"], edition)
    with i18n.use(locale):
        here = url("matchmaking:participation", edition_slug=edition.slug)
        context = {
            "name": name,
            "edition": edition,
            "organisation": row["organisation"],
            "email": row["email"],
            "sign_in_url": absolute(url("site:sign-in", next=here)),
        }
    return edition_mail(template, context, edition=edition, to_name=name, to_email=row["email"], locale=locale)

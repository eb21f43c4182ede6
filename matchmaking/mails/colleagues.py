"""The mails to whoever was invited: by a colleague, or by the organisers."""

from digital_days.kernel import database, i18n
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.i18n import as_locale
from digital_days.kernel.mail import Mail, Organiser, render_mail
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
    locale = as_locale(row["locale"]) if edition.opens_english else "fr"
    with i18n.use(locale):
        here = url("matchmaking:participation", edition_slug=edition.slug)
        sign_in = absolute(url("site:sign-in", next=here))
        writer = Organiser(
            event=edition.name,
            name=edition.organiser_name,
            address=edition.postal_address,
            email=edition.contact_email,
        )
    name = spoken_name(row["name"])
    return render_mail(
        template,
        {
            "name": name,
            "edition": edition,
            "organisation": row["organisation"],
            "email": row["email"],
            "sign_in_url": sign_in,
        },
        locale=locale,
        to_email=row["email"],
        to_name=name,
        organiser=writer,
    )

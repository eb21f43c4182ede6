"""The shell's own mail: the sign-in link."""

from digital_days.kernel import database, i18n
from digital_days.kernel.editions import english_edition
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.i18n import as_locale
from digital_days.kernel.mail import Mail, render_mail
from digital_days.kernel.outbox import Message
from digital_days.site.sign_in_links import LASTS, make_link


async def sign_in(message: Message) -> Mail | None:
    """Makes the link now, so that its quarter of an hour begins when the mail leaves; nothing for a stranger."""
    person = await database.fetch_one(
        "SELECT id, name, account_email, locale FROM person WHERE id = $1", message.person_id
    )
    if person is None or not person["account_email"]:
        return None
    locale = as_locale(message.payload.get("locale") or person["locale"]) if await english_edition() else "fr"
    with i18n.use(locale):
        link = await make_link(
            person["id"], browser=message.payload.get("browser", ""), next_path=message.payload.get("next", "")
        )
    return render_mail(
        "site/mail/sign_in",
        {"name": spoken_name(person["name"]), "link": link, "minutes": int(LASTS.total_seconds() // 60)},
        locale=locale,
        to_email=person["account_email"],
        to_name=spoken_name(person["name"]),
    )

"""The question what came out of a day's meetings, as it is when it leaves; nothing once all is answered."""

from datetime import date

from digital_days.kernel import database, i18n
from digital_days.kernel.edition_mail import edition_mail, language_of
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.i18n import TORONTO
from digital_days.kernel.mail import Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.private_links import private_path
from digital_days.kernel.registrations import registration_of
from digital_days.kernel.web.urls import absolute, url
from matchmaking.domain.met import meetings_met


async def outcomes(message: Message) -> Mail | None:
    """Each meeting leads to its three questions."""
    if message.person_id is None or message.edition_id is None:
        return None
    registration = await registration_of(message.person_id, message.edition_id)
    who = await database.fetch_one("SELECT name, email, locale FROM person WHERE id = $1", message.person_id)
    if registration is None or not registration.is_active or not registration.reminders or not who or not who["email"]:
        return None
    day, edition = date.fromisoformat(message.payload["day"]), await edition_numbered(message.edition_id)
    locale = language_of(who["locale"], edition)
    met = await meetings_met(message.person_id, message.edition_id)
    asked = [
        each
        for each in met
        if each.starts_at.astimezone(TORONTO).date() == day and each.state != "missed" and not each.is_answered
    ]
    if not asked:
        return None
    with i18n.use(locale):  # the links too are the reader's
        links = [url("matchmaking:meeting", edition_slug=edition.slug, meeting=each.code) for each in asked]
        context: dict[str, object] = {
            "name": spoken_name(who["name"]),
            "day": day,
            "asked": [(each, absolute(link)) for each, link in zip(asked, links, strict=True)],
            "unsubscribe_url": absolute(private_path("site:reminders", "reminders", registration.code)),
        }
    return edition_mail(
        "matchmaking/mail/outcomes",
        context,
        edition=edition,
        to_name=spoken_name(who["name"]),
        to_email=who["email"],
        locale=locale,
    )

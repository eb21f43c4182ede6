"""The evening's mail to a visitor: who has read their ticket and waits for an answer, composed when it leaves."""

from digital_days.kernel import database, i18n
from digital_days.kernel.edition_mail import edition_mail, language_of
from digital_days.kernel.editions import edition_called
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.mail import Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.private_links import private_path
from digital_days.kernel.registrations import NoSuchRegistration, registration_called
from digital_days.kernel.web.urls import absolute
from exhibitors.domain.contact_links import contacts_path
from exhibitors.domain.contacts import exhibitors_met


async def contacts(message: Message) -> Mail | None:
    """Nothing where everybody has been answered, unless somebody's phone has answered in the visitor's name."""
    try:
        registration = await registration_called(message.payload["registration"])
    except NoSuchRegistration:
        return None
    met = await exhibitors_met(registration.code)
    waiting = [each for each in met if each.state == "unanswered"]
    given = [each for each in met if each.state == "shared" and each.how == "exhibitor_phone"]
    person = await database.fetch_one("SELECT name, email, locale FROM person WHERE id = $1", registration.person_id)
    if not registration.is_active or not registration.reminders or not (waiting or given):
        return None
    if person is None or not person["email"]:
        return None
    edition = await edition_called(registration.edition_slug)
    locale = language_of(person["locale"], edition)
    with i18n.use(locale):
        context: dict[str, object] = {
            "name": spoken_name(person["name"]),
            "waiting": waiting,
            "given": given,
            "contacts_url": absolute(contacts_path(registration.code)),
            "unsubscribe_url": absolute(private_path("site:reminders", "reminders", registration.code)),
        }
    return edition_mail(
        "exhibitors/mail/contacts",
        context,
        edition=edition,
        to_name=spoken_name(person["name"]),
        to_email=person["email"],
        locale=locale,
    )

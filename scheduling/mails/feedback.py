"""The evening's question how it was, as it is when it leaves; nothing once there is nothing left to answer."""

from datetime import date

from digital_days.kernel import database, i18n
from digital_days.kernel.calendar_file import Attendee
from digital_days.kernel.editions import edition_called
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.mail import Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.private_links import private_path
from digital_days.kernel.registrations import NoSuchRegistration, registration_called
from digital_days.kernel.web.urls import absolute
from scheduling.domain.certificates import attended
from scheduling.domain.feedback_invitations import occasions_of_day
from scheduling.mails.parts import language, mail


async def feedback(message: Message) -> Mail | None:
    """The day's activities that wait for an answer, and the certificate of whoever was seen somewhere."""
    try:
        registration = await registration_called(message.payload["registration"])
    except NoSuchRegistration:
        return None
    if not registration.is_active or not registration.reminders:
        return None
    who = await database.fetch_one("SELECT name, email, locale FROM person WHERE id = $1", registration.person_id)
    if who is None or not who["email"]:
        return None
    day, edition = date.fromisoformat(message.payload["day"]), await edition_called(registration.edition_slug)
    locale = language(message, who["locale"], edition)
    to = Attendee(name=spoken_name(who["name"]), email=who["email"])
    with i18n.use(locale):  # the links too are the reader's
        asked = await occasions_of_day(registration.code, day)
        if not asked:
            return None
        certificate = private_path("scheduling:certificate", "certificate", registration.code)
        context: dict[str, object] = {
            "name": to.name,
            "day": day,
            "asked": [(each.title, absolute(each.question_path)) for each in asked],
            "form_url": absolute(asked[0].path),
            "certificate_url": absolute(certificate) if await attended(registration.code) else "",
            "unsubscribe_url": absolute(private_path("site:reminders", "reminders", registration.code)),
        }
    return mail("scheduling/mail/feedback", context, to=to, edition=edition, locale=locale, attachments=())

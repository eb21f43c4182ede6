"""The mail that brings speakers to their own page."""

from digital_days.kernel import database, i18n
from digital_days.kernel.calendar_file import Attendee
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.mail import Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.web.urls import absolute
from scheduling.domain.speaker_links import own_path
from scheduling.domain.speaker_profiles import profile_anywhere
from scheduling.domain.speakers import NoSuchSpeaker
from scheduling.mails.parts import language, mail


async def speaker_link(message: Message) -> Mail | None:
    """The link as it works now; nothing when the speaker is gone, or another address has taken this one's place."""
    try:
        profile = await profile_anywhere(message.payload["speaker"])
    except NoSuchSpeaker:
        return None
    if not profile.email or profile.person is None or profile.person != message.person_id:
        return None
    edition = await edition_numbered(profile.edition)
    [person] = await database.fetch("SELECT locale FROM person WHERE id = $1", profile.person)
    locale, name = language(message, person["locale"], edition), spoken_name(profile.name)
    with i18n.use(locale):
        context = {"name": name, "edition": edition, "link_url": absolute(own_path(profile))}
    return mail(
        "scheduling/mail/speaker_link",
        context,
        to=Attendee(name=name, email=profile.email),
        edition=edition,
        locale=locale,
        attachments=(),
    )

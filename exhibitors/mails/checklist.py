"""The reminder of what is left to do, composed from what is true when it leaves; nothing when all is done."""

from digital_days.kernel import database, i18n
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.mail import Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.web.urls import absolute, url
from exhibitors.domain.checklist import checklist_of
from exhibitors.mails.reader import letter, member_reading


async def checklist(message: Message) -> Mail | None:
    """All that is left, late or not, each with where it is done."""
    reader = await member_reading(message, as_contact=True)
    found = await database.fetch_one("SELECT id, edition FROM exhibitor WHERE code = $1", message.payload["exhibitor"])
    if reader is None or found is None:
        return None
    todo, edition = await checklist_of(found["id"]), await edition_numbered(found["edition"])
    if todo is None or not todo.left:
        return None
    with i18n.use(reader.language(edition)):
        names = {"edition_slug": edition.slug, "exhibitor": todo.code}
        tasks = [(task.name, task.state_in_words, absolute(task.path(edition.slug, todo.code))) for task in todo.left]
        context: dict[str, object] = {
            "exhibitor": todo.name,
            "tasks": tasks,
            "is_late": any(task.state == "late" for task in todo.left),
            "portal_url": absolute(url("exhibitors:portal", **names)),
        }
    return letter("exhibitors/mail/checklist", context, reader=reader, edition=edition)

"""Mails about an application: that it has arrived, and what was decided."""

from digital_days.kernel import i18n
from digital_days.kernel.editions import Edition, edition_numbered
from digital_days.kernel.i18n import localized
from digital_days.kernel.mail import Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.web.urls import absolute, url
from exhibitors.domain.documents import NoSuchDocument, document_called
from exhibitors.domain.exhibitors import Exhibitor, NoSuchExhibitor, exhibitor_called
from exhibitors.mails.reader import letter, member_reading


async def received(message: Message) -> Mail | None:
    """To whoever applied; nothing once it was withdrawn."""
    edition, exhibitor, reader = await _about(message), await _exhibitor(message), await member_reading(message)
    if exhibitor is None or reader is None or exhibitor.state == "withdrawn":
        return None
    with i18n.use(reader.language(edition)):
        context: dict[str, object] = {
            "exhibitor": exhibitor.name,
            "category": exhibitor.category,
            "url": _space(edition, exhibitor),
        }
    return letter("exhibitors/mail/received", context, reader=reader, edition=edition)


async def decision(message: Message) -> Mail | None:
    """The organisers' words, with the reason; nothing where they have decided otherwise since."""
    edition, exhibitor, reader = await _about(message), await _exhibitor(message), await member_reading(message)
    said = message.payload
    if exhibitor is None or reader is None or exhibitor.state != said["decision"]:
        return None
    locale = reader.language(edition) if said["subject_en"] and said["body_en"] else "fr"
    with i18n.use(locale):
        context = {
            "exhibitor": exhibitor.name,
            "title": localized(said["subject_fr"], said["subject_en"]),
            "body": localized(said["body_fr"], said["body_en"]),
            "reason_said": said["reason"],
            "accepted": said["decision"] == "accepted",
            "url": _space(edition, exhibitor),
        }
    return letter("exhibitors/mail/decision", context, reader=reader, edition=edition)


async def _about(message: Message) -> Edition:
    return await edition_numbered(message.edition_id or 0)


async def _exhibitor(message: Message) -> Exhibitor | None:
    try:
        return await exhibitor_called(message.edition_id or 0, message.payload["exhibitor"])
    except NoSuchExhibitor:
        return None


def _space(edition: Edition, exhibitor: Exhibitor) -> str:
    return absolute(url("exhibitors:application", edition_slug=edition.slug, exhibitor=exhibitor.code))


async def document_refused(message: Message) -> Mail | None:
    """Why a document is not good; nothing once it is gone or accepted after all."""
    edition, exhibitor, reader = await _about(message), await _exhibitor(message), await member_reading(message)
    if exhibitor is None or reader is None:
        return None
    try:
        document = await document_called(exhibitor.id, message.payload["document"])
    except NoSuchDocument:
        return None
    if document.state != "refused":
        return None
    with i18n.use(reader.language(edition)):
        path = url("exhibitors:documents", edition_slug=edition.slug, exhibitor=exhibitor.code)
        context: dict[str, object] = {
            "exhibitor": exhibitor.name,
            "document": document.filename,
            "reason_said": document.reason,
            "url": absolute(path),
        }
    return letter("exhibitors/mail/document_refused", context, reader=reader, edition=edition)

"""The mails to the people of an exhibitor: who may act for it now, and who has a ticket to stand at its booth."""

from digital_days.kernel import database, i18n, qr, signing
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.mail import Attachment, Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.private_links import private_path
from digital_days.kernel.settings import current
from digital_days.kernel.web.urls import absolute, url
from exhibitors.mails.reader import Reader, letter, member_reading

_QR_ID = "billet"


async def member(message: Message) -> Mail | None:
    """Where to sign in; nothing once they no longer act for it."""
    reader = await member_reading(message)
    if reader is None:
        return None
    row = await database.fetch_one("SELECT name, edition FROM exhibitor WHERE code = $1", message.payload["exhibitor"])
    if row is None:  # pragma: no cover - somebody acts for it
        return None
    edition = await edition_numbered(row["edition"])
    with i18n.use(reader.language(edition)):
        portal = url("exhibitors:portal", edition_slug=edition.slug, exhibitor=message.payload["exhibitor"])
        sign_in = absolute(url("site:sign-in", next=portal))
    context: dict[str, object] = {"exhibitor": row["name"], "email": reader.email, "sign_in_url": sign_in}
    return letter("exhibitors/mail/member", context, reader=reader, edition=edition)


async def badge(message: Message) -> Mail | None:
    """The ticket; nothing once the badge is gone, or somebody else's."""
    row = await database.fetch_one(
        """
        SELECT b.name, p.email, p.locale, x.in_quebec, x.name AS exhibitor, x.edition
        FROM staff_badge b JOIN exhibitor x ON x.id = b.exhibitor
        JOIN registration r ON r.id = b.registration AND r.state = 'active' JOIN person p ON p.id = r.person
        WHERE b.code = $1 AND r.code = $2 AND p.email <> ''
        """,
        message.payload["badge"],
        message.payload["registration"],
    )
    if row is None:
        return None
    reader = Reader(name=row["name"], email=row["email"], locale=row["locale"], in_quebec=row["in_quebec"])
    edition, code = await edition_numbered(row["edition"]), message.payload["registration"]
    with i18n.use(reader.language(edition)):
        context: dict[str, object] = {
            "exhibitor": row["exhibitor"],
            "code": f"{code[:5]}-{code[5:]}",
            "code_image": f"cid:{_QR_ID}",
            "ticket_url": absolute(private_path("site:ticket", "ticket", code)),
        }
    token = signing.ticket_token(code, key=current().secret_key)
    picture = Attachment(
        filename="billet.png", media_type="image/png", content=qr.png(token, scale=4), content_id=_QR_ID
    )
    return letter("exhibitors/mail/badge", context, reader=reader, edition=edition, attachments=(picture,))

"""Whom a mail about an exhibitor is for, and in which language: a business in Québec is written to in French."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.edition_mail import edition_mail
from digital_days.kernel.editions import Edition
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.i18n import Locale, as_locale
from digital_days.kernel.mail import Attachment, Mail
from digital_days.kernel.outbox import Message


class Reader(Struct, frozen=True, kw_only=True):
    """Somebody who reads about an exhibitor."""

    name: str
    email: str
    locale: str
    in_quebec: bool

    def language(self, edition: Edition) -> Locale:
        """The person's own, where the law and the edition leave the choice."""
        return as_locale(self.locale) if edition.opens_english and not self.in_quebec else "fr"


async def reader_of(exhibitor: str, person_id: int | None, *, as_contact: bool = False) -> Reader | None:
    """This person, while they act for the exhibitor of this code (as its contact) and have an address."""
    row = await database.fetch_one(
        """
        SELECT p.name, p.email, p.locale, x.in_quebec
        FROM exhibitor_member m JOIN exhibitor x ON x.id = m.exhibitor JOIN person p ON p.id = m.person
        WHERE x.code = $1 AND m.person = $2 AND p.email <> '' AND (m.is_contact OR NOT $3)
        """,
        exhibitor,
        person_id,
        as_contact,
    )
    return Reader(**row) if row else None


async def member_reading(message: Message, *, as_contact: bool = False) -> Reader | None:
    """``reader_of`` the exhibitor that the message names."""
    return await reader_of(message.payload["exhibitor"], message.person_id, as_contact=as_contact)


def letter(
    template: str,
    context: dict[str, object],
    *,
    reader: Reader,
    edition: Edition,
    attachments: tuple[Attachment, ...] = (),
) -> Mail:
    """The edition's mail to this reader, who is greeted by ``name``."""
    name = spoken_name(reader.name)
    return edition_mail(
        template,
        {"name": name, "edition": edition, **context},
        edition=edition,
        to_name=name,
        to_email=reader.email,
        locale=reader.language(edition),
        attachments=attachments,
    )

"""Mail: what a message says is composed from the data when it leaves, not when it was promised."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from msgspec import Struct

from digital_days.kernel import i18n, outbox
from digital_days.kernel.i18n import N_, Locale
from digital_days.kernel.outbox import Message, Priority
from digital_days.kernel.settings import current
from digital_days.kernel.web.templates import environment


class Attachment(Struct, frozen=True, kw_only=True):
    """A file; with ``content_id`` it is shown inside the HTML as ``cid:…``."""

    filename: str
    media_type: str
    content: bytes
    content_id: str = ""


class Mail(Struct, frozen=True, kw_only=True):
    """Ready to leave: one recipient, one language, text and HTML."""

    to_email: str
    to_name: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()
    reply_to: str = ""
    from_name: str = ""
    locale: Locale = "fr"


class Organiser(Struct, frozen=True, kw_only=True):
    """Who writes, as every message must say: for which event, a name, a postal address, an address to answer to."""

    event: str
    name: str
    address: str
    email: str


class Unsendable(Exception):
    """A mail that must not leave as it is; ``error`` is a French sentence of the catalogue without personal data."""

    error = N_("Ce message ne peut pas partir.")


class WithoutSender(Unsendable):
    error = N_(
        "Un courriel doit porter une adresse postale et une adresse où répondre : remplissez ORGANISER_ADDRESS et "
        "ORGANISER_EMAIL, ou celles de l’édition."
    )


_BREAKING_SPACES = re.compile(r"[^\S\N{NO-BREAK SPACE}]+")

Composer = Callable[[Message], Awaitable[Mail | None]]

_composers: dict[str, Composer] = {}


def add_composers(composers: Mapping[str, Composer]) -> None:
    """Tells who composes which topic; called once at start-up by the composition root."""
    _composers.update(composers)


async def queue_mail(
    topic: str,
    *,
    dedup_key: str,
    payload: dict[str, Any],
    person_id: int,
    edition_id: int | None = None,
    priority: Priority = Priority.USUAL,
) -> None:
    """Promises a mail in the current transaction; one mail a key, however often it is asked for."""
    await outbox.add(
        kind="mail",
        topic=topic,
        dedup_key=dedup_key,
        payload=payload,
        person_id=person_id,
        edition_id=edition_id,
        priority=priority,
    )


class Promise(Struct, frozen=True, kw_only=True):
    """One of many mails about the same: to whom, under which key, with what."""

    person: int
    dedup_key: str
    payload: dict[str, Any]


async def queue_mails(
    topic: str, promises: Sequence[Promise], *, edition_id: int, priority: Priority = Priority.BULK
) -> None:
    """Many promises in one statement, as ``queue_mail`` makes one."""
    await outbox.add_many(
        kind="mail",
        topic=topic,
        edition_id=edition_id,
        priority=priority,
        rows=[{"person": each.person, "dedup_key": each.dedup_key, "payload": each.payload} for each in promises],
    )


async def queue_mails_by_edition(
    topic: str, promises: Iterable[tuple[int, Promise]], *, priority: Priority = Priority.BULK
) -> None:
    """Each with the number of its edition, in whose order they come: one statement an edition."""
    for edition, theirs in groupby(promises, key=itemgetter(0)):
        await queue_mails(topic, [promise for _edition, promise in theirs], edition_id=edition, priority=priority)


async def compose(message: Message) -> Mail | None:
    """The mail as it should read now, or nothing when there is no more reason (or no address) to write."""
    return await _composers[message.topic](message)


def render_mail(
    template: str,
    context: Mapping[str, object],
    *,
    locale: Locale,
    to_email: str,
    to_name: str,
    organiser: Organiser | None = None,
    attachments: tuple[Attachment, ...] = (),
) -> Mail:
    """From ``{template}.txt`` and ``{template}.html`` in the recipient's language.

    The text's block ``subject`` is the subject; both get ``subject``, ``organiser`` and ``locale`` besides the
    context. The mail comes in the event's name, and answers go to the organiser's address. Raises ``WithoutSender``
    where the foot would lack an address.
    """
    settings = current()
    writer = organiser or Organiser(
        event=settings.mail_from_name,
        name=settings.organiser_name,
        address=settings.organiser_address,
        email=settings.organiser_email,
    )
    if not writer.address.strip() or not writer.email.strip():
        raise WithoutSender
    with i18n.use(locale):
        text = environment().get_template(f"{template}.txt")
        html = environment().get_template(f"{template}.html")
        shared = {"organiser": writer, "locale": locale, **context}
        subject = one_line("".join(text.blocks["subject"](text.new_context(shared))))
        return Mail(
            to_email=to_email,
            to_name=to_name,
            subject=subject,
            text=text.render(subject=subject, **shared),
            html=html.render(subject=subject, **shared),
            attachments=attachments,
            reply_to=writer.email if writer.email != settings.mail_from else "",
            from_name=writer.event,
            locale=locale,
        )


def one_line(text: str) -> str:
    """Spaces and line ends folded, so that a header stays one; a no-break space stays what it is."""
    return _BREAKING_SPACES.sub(" ", text).strip()

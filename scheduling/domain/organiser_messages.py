"""What organisers write to many: a draft, looked at with the people counted, sent to exactly those, once."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_, Locale, localized
from digital_days.kernel.mail import Mail, Promise, compose, queue_mail, queue_mails
from digital_days.kernel.outbox import Message, Priority
from scheduling.domain.recipients import Recipient, recipients_of
from scheduling.domain.words import Words

TOPIC = "scheduling.organiser-message"
LONGEST_SUBJECT, LONGEST_BODY = 150, 5000


class NoSuchMessage(NotFound):
    message = N_("Ce message n’existe pas ou n’existe plus.")


class AlreadySent(Conflict):
    message = N_("Ce message est déjà parti : il ne change plus. Écrivez-en un autre.")


class CountChanged(Conflict):
    message = N_("Le message ou la liste des personnes a changé depuis l’aperçu. Vérifiez de nouveau, puis envoyez.")


class NobodyToWriteTo(Conflict):
    message = N_("Personne ne recevrait ce message : choisissez d’autres destinataires.")


class Texts(Struct, frozen=True, kw_only=True):
    """What is said; English where the edition opens it, both of its parts or none."""

    subject_fr: str
    body_fr: str
    subject_en: str = ""
    body_en: str = ""


class Addressees(Struct, frozen=True, kw_only=True):
    """To whom: one of ``recipients.KINDS`` with its target, and the same in words."""

    kind: str
    target: str
    to_fr: str
    to_en: str


class OrganiserMessage(Struct, frozen=True, kw_only=True):
    """A draft, or what was sent."""

    code: str
    edition: int
    kind: str
    target: str
    to_fr: str
    to_en: str
    subject_fr: str
    subject_en: str
    body_fr: str
    body_en: str
    state: str
    people: int
    updated_at: datetime
    sent_at: datetime | None
    author: str

    @property
    def is_sent(self) -> bool:
        """From then on nothing of it changes."""
        return self.state == "sent"

    @property
    def subject(self) -> str:
        """In the reader's language."""
        return localized(self.subject_fr, self.subject_en)

    @property
    def title(self) -> Words:
        """The same, for a page that says in which language it is."""
        return Words(self.subject_fr, self.subject_en)

    @property
    def body(self) -> str:
        """In the reader's language."""
        return localized(self.body_fr, self.body_en)

    @property
    def to(self) -> str:
        """To whom, in the reader's language."""
        return localized(self.to_fr, self.to_en)

    @property
    def speaks_english(self) -> bool:
        """Whether it can be read in English."""
        return bool(self.subject_en and self.body_en)


COLUMNS = """
    m.code, m.edition, m.kind, m.target, m.to_fr, m.to_en, m.subject_fr, m.subject_en, m.body_fr, m.body_en, m.state,
    m.people, m.updated_at, m.sent_at, coalesce(w.name, '') AS author
"""
FROM = "organiser_message m LEFT JOIN person w ON w.id = m.by"


async def message_called(edition_id: int, code: str) -> OrganiserMessage:
    """Raises ``NoSuchMessage``, also for another edition's."""
    row = await database.fetch_one(
        f"SELECT {COLUMNS} FROM {FROM} WHERE m.edition = $1 AND m.code = $2", edition_id, code
    )
    if row is None:
        raise NoSuchMessage
    return OrganiserMessage(**row)


async def save_draft(edition_id: int, code: str, to: Addressees, texts: Texts, *, by: int) -> None:
    """Writes the draft of this code, new or again; a form sent twice is one draft. Raises ``AlreadySent``."""
    row = await database.fetch_one(
        """
        INSERT INTO organiser_message (edition, code, kind, target, to_fr, to_en, subject_fr, subject_en, body_fr,
            body_en, state, people, created_at, updated_at, by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'draft', 0, $11, $11, $12)
        ON CONFLICT (code) DO UPDATE SET kind = EXCLUDED.kind, target = EXCLUDED.target, to_fr = EXCLUDED.to_fr,
            to_en = EXCLUDED.to_en, subject_fr = EXCLUDED.subject_fr, subject_en = EXCLUDED.subject_en,
            body_fr = EXCLUDED.body_fr, body_en = EXCLUDED.body_en, updated_at = EXCLUDED.updated_at, by = EXCLUDED.by
        WHERE organiser_message.edition = $1 AND organiser_message.state = 'draft' RETURNING id
        """,
        edition_id,
        code,
        to.kind,
        to.target,
        to.to_fr[:500],
        to.to_en[:500],
        texts.subject_fr,
        texts.subject_en,
        texts.body_fr,
        texts.body_en,
        clock.now(),
        by,
    )
    if row is None:
        await message_called(edition_id, code)  # of another edition: there is no such message
        raise AlreadySent


async def remove_draft(edition_id: int, code: str) -> None:
    """What was sent stays; again is harmless."""
    await database.fetch(
        "DELETE FROM organiser_message WHERE edition = $1 AND code = $2 AND state = 'draft'", edition_id, code
    )


def seen(message: OrganiserMessage, people: Sequence[Recipient]) -> str:
    """What a preview has shown: these words, to these people."""
    shown = (message.updated_at, sorted((each.person, each.email) for each in people))
    return hashlib.sha256(msgspec.json.encode(shown)).hexdigest()


async def send_message(edition_id: int, code: str, *, seen_by_sender: str, by: int) -> int:
    """Promises one mail to each of those whom the preview counted; how many. Sent before, it is not sent again.

    Raises ``CountChanged`` where the words or the people are no longer those seen, and ``NobodyToWriteTo``.
    """
    async with database.transaction():
        await database.fetch("SELECT FROM organiser_message WHERE code = $1 FOR UPDATE", code)
        message = await message_called(edition_id, code)
        if message.is_sent:
            return message.people
        people = await recipients_of(edition_id, message.kind, message.target)
        if seen(message, people) != seen_by_sender:
            raise CountChanged
        if not people:
            raise NobodyToWriteTo
        await database.fetch(
            "UPDATE organiser_message SET state = 'sent', people = $2, sent_at = $3, by = $4 WHERE code = $1",
            code,
            len(people),
            clock.now(),
            by,
        )
        promises = [
            Promise(person=each.person, dedup_key=f"organiser:{code}:{each.person}", payload={"message": code})
            for each in people
        ]
        await queue_mails(TOPIC, promises, edition_id=edition_id)
    return len(people)


async def preview(message: OrganiserMessage, locale: Locale, *, reader: int) -> Mail | None:
    """The mail as its composer makes it, in the name of the one who looks. Raises ``WithoutSender``."""
    return await compose(
        Message(
            id=0,
            kind="mail",
            topic=TOPIC,
            dedup_key="",
            edition_id=message.edition,
            person_id=reader,
            payload={"message": message.code, "locale": locale, "preview": True},
            attempts=0,
        )
    )


async def send_test(message: OrganiserMessage, *, to: int) -> None:
    """To the one who writes; the same draft at most once a minute."""
    minute = int(clock.now().timestamp()) // 60
    await queue_mail(
        TOPIC,
        dedup_key=f"organiser-test:{message.code}:{to}:{minute}",
        payload={"message": message.code, "test": True},
        person_id=to,
        edition_id=message.edition,
        priority=Priority.AWAITED,
    )

"""What happened to an application, in order."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import N_, _

Kind = Literal["applied", "changed", "withdrawn", "accepted", "waiting", "declined"]

KINDS: dict[Kind, str] = {
    "applied": N_("Candidature envoyée"),
    "changed": N_("Candidature modifiée"),
    "withdrawn": N_("Candidature retirée"),
    "accepted": N_("Candidature acceptée"),
    "waiting": N_("Candidature mise en attente"),
    "declined": N_("Candidature refusée"),
}


class Message(Struct, frozen=True, kw_only=True):
    """What a decision is told in; English only for those who may read it."""

    subject_fr: str
    body_fr: str
    subject_en: str = ""
    body_en: str = ""


class Event(Message, frozen=True, kw_only=True):
    """``author`` is a name, empty where the person is no more."""

    kind: Kind
    at: datetime
    author: str
    reason: str

    @property
    def in_words(self) -> str:
        """What happened."""
        return _(KINDS[self.kind])


_EVENTS = """
    SELECT v.kind, v.at, coalesce(p.name, '') AS author, v.reason, v.subject_fr, v.body_fr, v.subject_en,
        v.body_en
    FROM application_event v LEFT JOIN person p ON p.id = v.by
"""


async def record(
    exhibitor_id: int, kind: Kind, *, by: int | None, reason: str = "", message: Message | None = None
) -> None:
    """One more, in the caller's transaction."""
    words = message or Message(subject_fr="", body_fr="")
    await database.fetch(
        """
        INSERT INTO application_event (exhibitor, kind, at, by, reason, subject_fr, body_fr, subject_en, body_en)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        exhibitor_id,
        kind,
        clock.now(),
        by,
        reason,
        words.subject_fr,
        words.body_fr,
        words.subject_en,
        words.body_en,
    )


async def history_of(exhibitor_id: int) -> list[Event]:
    """The newest first; one query."""
    rows = await database.fetch(f"{_EVENTS} WHERE v.exhibitor = $1 ORDER BY v.at DESC, v.id DESC", exhibitor_id)
    return [Event(**row) for row in rows]

"""Places: a person's seat in a slot. The database decides; these commands say what it decided."""

import hashlib
from datetime import datetime
from typing import Literal

import asyncpg
import msgspec
from msgspec import Struct

from digital_days.kernel import clock, codes, database, i18n
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_
from digital_days.kernel.mail import queue_mail
from digital_days.kernel.people import fold

Outcome = Literal["confirmed", "already", "full", "overlap"]


class NoSuchSlot(NotFound):
    message = N_("Cette activité n’est plus au programme.")


class NoSuchPlace(NotFound):
    message = N_("Cette place n’existe pas ou n’existe plus.")


class RegistrationClosed(Conflict):
    message = N_("Les inscriptions à cette activité sont terminées.")


class FreeEntry(Conflict):
    message = N_("L’entrée est libre : il n’y a pas besoin de s’inscrire à cette activité.")


class KeyReused(Conflict):
    message = N_("Cette clé d’idempotence a déjà servi à une autre demande.")


class AlreadyStarted(Conflict):
    message = N_("Cette activité a déjà commencé : la place ne peut plus être annulée en ligne.")


class Applicant(Struct, frozen=True, kw_only=True):
    """Who asks: ``person_id`` for somebody who has proved who they are, else a name and an address."""

    person_id: int | None = None
    name: str = ""
    email: str = ""


class Answer(Struct, frozen=True, kw_only=True):
    """What became of it. ``slot_full`` is what anybody may know; the rest belongs to the person."""

    outcome: Outcome
    code: str
    slot_full: bool


_TAKE = """
    SELECT outcome, code, is_full
    FROM scheduling_take_place($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
"""
_REFUSALS = {"unknown": NoSuchSlot, "closed": RegistrationClosed, "free": FreeEntry, "key_reused": KeyReused}
_OVERTAKEN = "DD001"  # the last seat went, the slot moved or was removed meanwhile: all is undone


async def take_place(
    slot: str,
    applicant: Applicant,
    *,
    consents: list[dict[str, object]],
    origin: str = "web",
    idempotency_key: str | None = None,
) -> Answer:
    """Gives the person a seat in one round trip, or says why not; asking again never takes a second seat.

    Raises ``NoSuchSlot``, ``RegistrationClosed``, ``FreeEntry`` or ``KeyReused``. The mail that brings the
    ticket, or explains the refusal, is promised in the same transaction.
    """
    arguments = (
        slot,
        clock.now(),
        i18n.current(),
        applicant.person_id,
        applicant.name,
        applicant.email,
        fold(applicant.name, applicant.email),
        codes.new_code(),
        codes.new_code(),
        origin,
        msgspec.json.encode(consents).decode(),
        idempotency_key,
        _fingerprint(slot, applicant, consents) if idempotency_key else "",
    )
    try:
        row = await database.fetch_one(_TAKE, *arguments)
    except asyncpg.PostgresError as error:
        if error.sqlstate != _OVERTAKEN:
            raise
        row = await database.fetch_one(_TAKE, *arguments)
    if row is None:
        raise NoSuchSlot
    if refusal := _REFUSALS.get(row["outcome"]):
        raise refusal
    return Answer(outcome=row["outcome"], code=row["code"], slot_full=row["is_full"])


async def cancel_place(code: str) -> bool:
    """Gives the seat back and promises the CANCEL mail; False when it was cancelled before. One transaction.

    Raises ``NoSuchPlace`` or ``AlreadyStarted``.
    """
    now = clock.now()
    async with database.transaction():
        place = await database.fetch_one(
            """
            SELECT p.id, p.person, p.slot, a.edition FROM place p
            JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity WHERE p.code = $1
            """,
            code,
        )
        if place is None:
            raise NoSuchPlace
        await database.fetch("SELECT FROM person WHERE id = $1 FOR NO KEY UPDATE", place["person"])
        freed = await database.fetch_one(
            """
            UPDATE place SET state = 'cancelled', reason = '', sequence = place.sequence + 1, updated_at = $2
            FROM slot WHERE place.id = $1 AND place.state = 'confirmed' AND slot.id = place.slot AND slot.starts_at > $2
            RETURNING place.sequence
            """,
            place["id"],
            now,
        )
        if freed is None:
            await _refuse_if_started(code, now)
            return False
        await database.fetch("DELETE FROM agenda_entry WHERE source = 'scheduling.place' AND source_code = $1", code)
        await queue_mail(
            "scheduling.cancelled",
            dedup_key=f"cancelled:{code}:{freed['sequence']}",
            payload={"place": code, "locale": i18n.current()},
            person_id=place["person"],
            edition_id=place["edition"],
        )
        await database.fetch("UPDATE slot SET taken = taken - 1 WHERE id = $1", place["slot"])
    return True


async def _refuse_if_started(code: str, now: datetime) -> None:
    row = await database.fetch_one(
        """
        SELECT 1 FROM place p JOIN slot s ON s.id = p.slot
        WHERE p.code = $1 AND p.state = 'confirmed' AND s.starts_at <= $2
        """,
        code,
        now,
    )
    if row:
        raise AlreadyStarted


def _fingerprint(slot: str, applicant: Applicant, consents: list[dict[str, object]]) -> str:
    body = msgspec.json.encode((slot, applicant, consents, i18n.current()))
    return hashlib.sha256(body).hexdigest()

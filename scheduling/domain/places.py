"""Places: a person's seat in a slot. The database decides; these commands say what it decided."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import asyncpg
import msgspec
from msgspec import Struct

from digital_days.kernel import clock, codes, database, i18n
from digital_days.kernel.agreements import withdraw_pending
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.grouping import Grouping
from digital_days.kernel.i18n import N_
from digital_days.kernel.people import search_key
from scheduling.domain.giving_back import By, give_back

Outcome = Literal["confirmed", "already", "full", "waiting", "overlap", "limit"]


class NoSuchSlot(NotFound):
    message = N_("Cette activité n’est plus au programme.")


class NoSuchPlace(NotFound):
    message = N_("Cette place n’existe pas ou n’existe plus.")


class RegistrationClosed(Conflict):
    message = N_("Les inscriptions à cette activité sont terminées.")


class NotOpenYet(Conflict):
    message = N_("Les inscriptions à cette activité ne sont pas encore ouvertes.")


class FreeEntry(Conflict):
    message = N_("L’entrée est libre : il n’y a pas besoin de s’inscrire à cette activité.")


class KeyReused(Conflict):
    message = N_("Cette clé d’idempotence a déjà servi à une autre demande.")


class AlreadyStarted(Conflict):
    message = N_("Cette activité a déjà commencé : la place ne peut plus être annulée en ligne.")


class AlreadyOver(Conflict):
    message = N_("Cette activité est terminée : la place ne peut plus être annulée.")


class Overtaken(Conflict):
    message = N_("Beaucoup de personnes s’inscrivent en ce moment. Essayez de nouveau dans un instant.")


class Applicant(Struct, frozen=True, kw_only=True):
    """Who asks: ``person_id`` for somebody who has proved who they are, else a name and an address."""

    person_id: int | None = None
    name: str = ""
    email: str = ""


class Wish(Struct, frozen=True, kw_only=True):
    """What is asked besides the place: to stand in line where all is full, and what the activity's rules ask for.

    ``audience`` is the slug of the one they say they belong to; ``answers`` go to the organisers' questions, by code.
    ``handed``: the caller has freed the seat in this transaction, for this person.
    """

    wait: bool = False
    audience: str = ""
    answers: dict[str, object] = {}
    handed: bool = False


NOTHING_MORE = Wish()


class Answer(Struct, frozen=True, kw_only=True):
    """What became of it. ``slot_full`` is what anybody may know; the rest belongs to the person."""

    outcome: Outcome
    code: str
    slot_full: bool


class _Request(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One registration as ``scheduling_take_places`` reads it."""

    asked_at: datetime
    slot: str
    locale: str
    person: int | None
    name: str
    email: str
    search_key: str
    registration_code: str
    place_code: str
    origin: str
    consents: list[dict[str, object]]
    key: str | None
    fingerprint: str
    agenda: str | None = None
    wait: bool = False
    audience: str = ""
    answers: dict[str, object] = {}
    handed: bool = False


_TAKE = "SELECT outcome, code, is_full FROM scheduling_take_places($1)"
_REFUSALS = {
    "unknown": NoSuchSlot,
    "early": NotOpenYet,
    "closed": RegistrationClosed,
    "free": FreeEntry,
    "key_reused": KeyReused,
}
TRIES = 5
OVERTAKEN = "DD001"  # the last seat went, the slot moved or was removed meanwhile: all is undone
AGAIN = (OVERTAKEN, "40P01")  # or two of us waited for each other


async def take_place(
    slot: str,
    applicant: Applicant,
    *,
    consents: list[dict[str, object]],
    origin: str = "web",
    idempotency_key: str | None = None,
    wish: Wish = NOTHING_MORE,
) -> Answer:
    """Gives the person a seat in one round trip, or says why not; asking again never takes a second seat.

    The slot's code counts as somebody meant it. A seat that was offered to a person who waits is theirs to take.
    Raises ``NoSuchSlot``, ``NotOpenYet``, ``RegistrationClosed``, ``FreeEntry``, ``KeyReused`` or ``Overtaken``. The
    mail that brings the ticket, or explains the refusal, is promised in the same transaction. Outside a transaction,
    registrations that arrive while others are being decided share the next round trip.
    """
    request = _request(slot, applicant, consents, origin=origin, key=idempotency_key, wish=wish)
    row = (await _decided([request]))[0] if database.in_transaction() else await _together.ask(request)
    if refusal := _REFUSALS.get(row["outcome"]):
        raise refusal
    return Answer(outcome=row["outcome"], code=row["code"], slot_full=row["is_full"])


async def take_places(
    slots: Sequence[str], applicant: Applicant, *, consents: list[dict[str, object]]
) -> dict[str, Answer | None]:
    """Gives the person each of these seats that can be had, in this order: one round trip, one transaction.

    One mail, promised in it, brings the ticket with the whole agenda and explains what could not be had. Under each
    slot's code what became of it; none where nobody can register (any more). Raises ``Overtaken``.
    """
    agenda = codes.new_code()
    wanted = list(dict.fromkeys(map(codes.normalize, slots)))
    try:
        rows = await _decided([_request(slot, applicant, consents, origin="web", agenda=agenda) for slot in wanted])
    except asyncpg.PostgresError as error:
        if error.sqlstate not in AGAIN or database.in_transaction():
            raise
        raise Overtaken from None
    return {
        slot: None
        if row["outcome"] in _REFUSALS
        else Answer(outcome=row["outcome"], code=row["code"], slot_full=row["is_full"])
        for slot, row in zip(wanted, rows, strict=True)
    }


async def take_for_each(wanted: Sequence[tuple[int, str]], *, origin: str, wish: Wish = NOTHING_MORE) -> list[str]:
    """A seat for each of these people in each slot (person and code), as far as they can be had; the outcomes.

    One round trip, inside the caller's transaction, which undoes all of it on « overtaken » (``AGAIN``). One mail for
    each person who has an address, whatever they get.
    """
    agendas = {person: codes.new_code() for person, _slot in wanted}
    requests = [
        _request(slot, Applicant(person_id=person), [], origin=origin, agenda=agendas[person], wish=wish)
        for person, slot in wanted
    ]
    return [row["outcome"] for row in await _decided(requests)] if requests else []


def _request(
    slot: str,
    applicant: Applicant,
    consents: list[dict[str, object]],
    *,
    origin: str,
    key: str | None = None,
    agenda: str | None = None,
    wish: Wish = NOTHING_MORE,
) -> bytes:
    slot = codes.normalize(slot)
    return msgspec.json.encode(
        _Request(
            asked_at=clock.now(),
            slot=slot,
            locale=i18n.current(),
            person=applicant.person_id,
            name=applicant.name,
            email=applicant.email,
            search_key=search_key(applicant.name, applicant.email),
            registration_code=codes.new_code(),
            place_code=codes.new_code(),
            origin=origin,
            consents=consents,
            key=key,
            fingerprint=_fingerprint(slot, applicant, consents, wish) if key is not None else "",
            agenda=agenda,
            wait=wish.wait,
            audience=wish.audience,
            answers=wish.answers,
            handed=wish.handed,
        )
    )


async def _decided(requests: Sequence[bytes]) -> list[database.Row]:
    """Asks again while others are faster; inside a transaction there is no again, what it did is lost with it."""
    for tries_left in reversed(range(TRIES)):
        try:
            return await database.fetch(_TAKE, f"[{b','.join(requests).decode()}]")
        except asyncpg.PostgresError as error:
            if error.sqlstate not in AGAIN or database.in_transaction():
                raise
            if not tries_left and len(requests) > 1:
                raise  # one of them may have a calm slot: each is asked alone
    raise Overtaken


_together = Grouping(_decided, most=32, patience=0.1)


async def cancel_place(code: str, *, by: By = "person") -> bool:
    """Gives the seat back and promises the CANCEL mail; False when it was cancelled before. One transaction.

    A person who gives it back has agreed to nothing: what somebody ticked for their address is withdrawn with it.
    Raises ``NoSuchPlace``; ``AlreadyStarted``, or for the welcome desk ``AlreadyOver``.
    """
    now = clock.now()
    async with database.transaction():
        place = await database.fetch_one(
            """
            SELECT p.id, p.person, a.edition
            FROM place p JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity WHERE p.code = $1
            """,
            code,
        )
        if place is None:
            raise NoSuchPlace
        await database.fetch("SELECT FROM person WHERE id = $1 FOR NO KEY UPDATE", place["person"])
        freed = await give_back([place["id"]], by=by, now=now)
        if not freed and await database.fetch_one("SELECT id FROM place WHERE code = $1 AND state = 'confirmed'", code):
            raise AlreadyOver if by == "desk" else AlreadyStarted
        if by == "person":
            await withdraw_pending(place["person"], place["edition"])
    return freed


def _fingerprint(slot: str, applicant: Applicant, consents: list[dict[str, object]], wish: Wish) -> str:
    body = msgspec.json.encode((slot, applicant, consents, i18n.current(), wish))
    return hashlib.sha256(body).hexdigest()

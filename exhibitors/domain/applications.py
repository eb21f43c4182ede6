"""Applications to the fair: sent by whoever proved an address, changed while nobody has decided, withdrawn."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec import Struct

from digital_days.kernel import clock, codes, consents, database
from digital_days.kernel.agreements import agree
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from digital_days.kernel.mail import queue_mail
from digital_days.kernel.people import fold
from exhibitors.domain.application_events import record
from exhibitors.domain.exhibitors import Exhibitor, NoSuchExhibitor, exhibitor_called
from exhibitors.domain.fairs import fair_of
from exhibitors.domain.leaving import give_all_back

RECEIVED = "exhibitors.received"
"""The mail that says that an application has arrived."""


class CallClosed(Conflict):
    message = N_("L’appel aux exposants est fermé : les candidatures ne se reçoivent plus.")


class Decided(Conflict):
    message = N_("Cette candidature a déjà reçu sa réponse : écrivez à l’équipe pour la changer.")


class HasBooth(Conflict):
    message = N_("Cet exposant a un kiosque : libérez-le d’abord.")


class Said(Struct, frozen=True, kw_only=True):
    """What an application says; the names are those of the columns. ``answers`` by the questions' codes."""

    name: str
    legal_name: str = ""
    billing_address: str = ""
    neq: str = ""
    phone: str = ""
    in_quebec: bool = True
    wish: str = ""
    answers: Mapping[str, object] = {}


class Application(Said, frozen=True, kw_only=True):
    """With what became of it; ``contacts`` are names and addresses of those who are written to.

    ``version`` is of what was said, ``note_version`` of the organisers' note: whoever writes one disturbs nobody else.
    """

    exhibitor: Exhibitor
    reason: str
    internal_note: str
    decided_at: datetime | None
    decided_by: str
    contacts: list[tuple[str, str]]
    version: str
    note_version: str


_SAID = tuple(name for name in Said.__struct_fields__ if name != "answers")
_MADE_BEFORE = """
    INSERT INTO idempotency_key (key, fingerprint, created_at) VALUES ($1, '', $2) ON CONFLICT DO NOTHING RETURNING id
"""
_VERSION = f"md5(row(x.category, x.answers, {', '.join(f'x.{name}' for name in _SAID)})::text)"
_APPLICATION = f"""
    SELECT {", ".join(f"x.{name}" for name in _SAID)}, x.answers::text AS answers, x.reason, x.internal_note,
        x.decided_at, coalesce(d.name, '') AS decided_by, {_VERSION} AS version, md5(x.internal_note) AS note_version, (
            SELECT coalesce(jsonb_agg(jsonb_build_array(p.name, p.email) ORDER BY m.id), '[]')
            FROM exhibitor_member m JOIN person p ON p.id = m.person WHERE m.exhibitor = x.id AND m.is_contact
        )::text AS contacts
    FROM exhibitor x LEFT JOIN person d ON d.id = x.decided_by WHERE x.id = $1
"""


async def apply(edition: Edition, person_id: int, category_id: int, said: Said, *, form_code: str) -> str:
    """The new exhibitor's code; its sender acts for it. The same form again brings the same code.

    One transaction, with a mail that says that it has arrived; what its sender agrees to goes on record. Raises
    ``CallClosed``.
    """
    edition_id = edition.id
    key = f"apply:{edition_id}:{person_id}:{form_code[:40]}"
    async with database.transaction():
        if not await database.fetch(_MADE_BEFORE, key, clock.now()):
            row = await database.fetch_one("SELECT code FROM idempotency_key WHERE key = $1", key)
            return str(row["code"]) if row else ""
        if not (await fair_of(edition_id)).takes_applications:
            raise CallClosed
        code = codes.new_code()
        number = await _insert(code, edition_id, category_id, said)
        await database.fetch(
            "INSERT INTO exhibitor_member (exhibitor, person, is_contact, created_at) VALUES ($1, $2, true, $3)",
            number,
            person_id,
            clock.now(),
        )
        await record(number, "applied", by=person_id)
        await agree(person_id, edition, consents.EXHIBITOR, origin="exhibitor")
        await database.fetch("UPDATE idempotency_key SET outcome = 'applied', code = $2 WHERE key = $1", key, code)
        await queue_mail(
            RECEIVED,
            dedup_key=f"{RECEIVED}:{code}",
            payload={"exhibitor": code},
            person_id=person_id,
            edition_id=edition_id,
        )
    return code


async def change_application(
    exhibitor: Exhibitor, category_id: int, said: Said, *, seen: str = "", by: int | None = None
) -> None:
    """While nobody has accepted or declined, and the call is open; ``seen`` is the version that was changed.

    Raises ``Decided``, ``CallClosed``, ``ChangedMeanwhile``.
    """
    async with database.transaction():
        await database.fetch("SELECT FROM exhibitor WHERE id = $1 FOR UPDATE", exhibitor.id)
        [before] = await database.fetch(
            f"SELECT x.name, x.search_key, {_VERSION} AS version FROM exhibitor x WHERE x.id = $1", exhibitor.id
        )
        if not (await fair_of(exhibitor.edition_id)).takes_applications:
            raise CallClosed
        if seen and seen != before["version"]:
            raise ChangedMeanwhile
        columns = ", ".join(f"{name} = ${number}" for number, name in enumerate(_SAID, start=5))
        changed = await database.fetch(
            f"""
            UPDATE exhibitor SET category = $2, answers = $3, updated_at = $4, search_key = $12, {columns}
            WHERE id = $1 AND state IN ('submitted', 'waiting') RETURNING id
            """,
            exhibitor.id,
            category_id,
            _json(said.answers),
            clock.now(),
            *(getattr(said, name) for name in _SAID),
            fold(said.name) + before["search_key"].removeprefix(fold(before["name"])),  # what its profile says stays
        )
        if not changed:
            raise Decided
        await record(exhibitor.id, "changed", by=by)


async def withdraw(exhibitor: Exhibitor, *, by: int | None = None) -> None:
    """By whoever acts for it, whatever was decided; again changes nothing. Raises ``HasBooth``."""
    async with database.transaction():
        await database.fetch("SELECT FROM exhibitor WHERE id = $1 FOR UPDATE", exhibitor.id)
        if await database.fetch(
            "SELECT FROM booking WHERE exhibitor = $1 AND state IN ('held', 'confirmed')", exhibitor.id
        ):
            raise HasBooth
        await database.fetch("DELETE FROM booth_waiting WHERE exhibitor = $1", exhibitor.id)
        await give_all_back(exhibitor.id)
        changed = await database.fetch(
            """
            UPDATE exhibitor SET state = 'withdrawn', listed = false, updated_at = $2
            WHERE id = $1 AND state <> 'withdrawn' RETURNING id
            """,
            exhibitor.id,
            clock.now(),
        )
        if changed:
            await record(exhibitor.id, "withdrawn", by=by)


async def application_of(exhibitor: Exhibitor) -> Application:
    """All of it; one query."""
    row = await database.fetch_one(_APPLICATION, exhibitor.id)
    if row is None:
        raise NoSuchExhibitor
    lists = {name: msgspec.json.decode(row[name]) for name in ("answers", "contacts")}
    return Application(**{**row, **lists, "contacts": [(n, e) for n, e in lists["contacts"]]}, exhibitor=exhibitor)


async def application_called(edition_id: int, code: str) -> Application:
    """For organisers. Raises ``NoSuchExhibitor``."""
    return await application_of(await exhibitor_called(edition_id, code))


async def _insert(code: str, edition_id: int, category_id: int, said: Said) -> int:
    names = ", ".join(_SAID)
    places = ", ".join(f"${number}" for number in range(7, len(_SAID) + 7))
    [row] = await database.fetch(
        f"""
        INSERT INTO exhibitor (code, edition, category, answers, applied_at, updated_at, search_key, {names})
        VALUES ($1, $2, $3, $4, $5, $5, $6, {places}) RETURNING id
        """,
        code,
        edition_id,
        category_id,
        _json(said.answers),
        clock.now(),
        fold(said.name),
        *(getattr(said, name) for name in _SAID),
    )
    return int(row["id"])


def _json(answers: Mapping[str, object]) -> str:
    return msgspec.json.encode(answers).decode()


def said_of(application: Application) -> Said:
    """What was said, without what became of it."""
    return Said(**{name: getattr(application, name) for name in Said.__struct_fields__})

"""The visitor's word on one lead: yes, no, and taken back. The last word counts, and a no hides everything at once."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.events import publish
from digital_days.kernel.i18n import N_
from exhibitors.domain.lead_words import How, Purpose, Words
from exhibitors.events import LeadWithdrawn, SupportWanted


class NoSuchLead(NotFound):
    message = N_("Ce contact n’existe pas, ou n’est pas le vôtre.")


class NothingToShare(Conflict):
    message = N_("Ce billet n’a pas d’adresse courriel : il n’y a rien à partager.")


class AskedNever(Conflict):
    message = N_(
        "Cette personne ne veut plus que vous le demandiez. Elle peut changer d’idée sur son propre téléphone."
    )


class _Held(Struct, frozen=True, kw_only=True):
    id: int
    code: str
    registration: str
    edition: str
    has_address: bool
    never_ask: bool


async def share(lead: str, *, registration: str, how: How, share_in: Words, support_in: Words | None = None) -> None:
    """In one transaction; two that come at once make one agreement. ``support_in``: they also want the team's help.

    Raises ``NoSuchLead``, ``NothingToShare``, and on the exhibitor's phone ``AskedNever``.
    """
    async with database.transaction():
        held = await _hold(lead, registration)
        if not held.has_address:
            raise NothingToShare
        if held.never_ask and how == "exhibitor_phone":
            raise AskedNever
        given: dict[Purpose, Words] = {"share": share_in}
        if support_in:
            given["support"] = support_in
        await agree(held.id, given, how=how)
        await database.fetch("UPDATE lead SET declined_at = NULL, never_ask = false WHERE id = $1", held.id)
        if support_in:
            await database.fetch(
                "UPDATE lead SET next_step = 'support', updated_at = $2 WHERE id = $1 AND next_step <> 'support'",
                held.id,
                clock.now(),
            )
        await tell_support(held.id)


async def refuse(lead: str, *, registration: str, never: bool = False) -> bool:
    """A no, or what was given is taken back: whether there was something. ``never``: nor is it asked again.

    Raises ``NoSuchLead``.
    """
    async with database.transaction():
        held = await _hold(lead, registration)
        now = clock.now()
        taken_back = await database.fetch(
            "UPDATE lead_consent SET withdrawn_at = $2 WHERE lead = $1 AND withdrawn_at IS NULL RETURNING id",
            held.id,
            now,
        )
        await database.fetch(
            "UPDATE lead SET declined_at = $2, never_ask = never_ask OR $3 WHERE id = $1", held.id, now, never
        )
        if taken_back:
            fact = LeadWithdrawn(lead=held.code, registration=held.registration, edition=held.edition)
            await publish(fact, key=f"{held.code}:{taken_back[0]['id']}")
        return bool(taken_back)


async def agree(lead_id: int, given: Mapping[Purpose, Words], *, how: How) -> None:
    """Inside a transaction that holds the lead: what is given already stays as it was given."""
    for purpose, words in given.items():
        await database.fetch(
            """
            INSERT INTO lead_consent (lead, purpose, version, locale, text, how, given_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (lead, purpose) WHERE withdrawn_at IS NULL DO NOTHING
            """,
            lead_id,
            purpose,
            words.version,
            words.locale,
            words.text,
            how,
            clock.now(),
        )


async def tell_support(lead_id: int) -> None:
    """Inside a transaction that has changed the lead: if it is shared and asks for support, it is told; once."""
    row = await database.fetch_one(
        """
        SELECT l.code, x.code AS exhibitor, r.code AS registration, e.slug,
            bool_or(c.purpose = 'support') AS by_visitor
        FROM lead l JOIN exhibitor x ON x.id = l.exhibitor JOIN edition e ON e.id = x.edition
        JOIN registration r ON r.id = l.registration
        JOIN lead_consent c ON c.lead = l.id AND c.withdrawn_at IS NULL
        WHERE l.id = $1 AND l.next_step = 'support'
        GROUP BY l.id, x.id, r.id, e.id HAVING bool_or(c.purpose = 'share')
        """,
        lead_id,
    )
    if row is None:
        return
    said_by: Literal["visitor", "exhibitor"] = "visitor" if row["by_visitor"] else "exhibitor"
    wanted = SupportWanted(
        lead=row["code"],
        exhibitor=row["exhibitor"],
        registration=row["registration"],
        edition=row["slug"],
        said_by=said_by,
    )
    await publish(wanted, key=row["code"])


async def _hold(lead: str, registration: str) -> _Held:
    """Until the transaction ends, whoever answers for the same lead waits."""
    row = await database.fetch_one(
        """
        SELECT l.id, l.code, l.never_ask, r.code AS registration, e.slug AS edition, p.email <> '' AS has_address
        FROM lead l JOIN registration r ON r.id = l.registration JOIN person p ON p.id = r.person
        JOIN edition e ON e.id = r.edition
        WHERE l.code = $1 AND r.code = $2 FOR NO KEY UPDATE OF l
        """,
        lead,
        registration,
    )
    if row is None:
        raise NoSuchLead
    return _Held(**row)

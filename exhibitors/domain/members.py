"""Who acts for an exhibitor: colleagues invited by their address; at least one of them is written to."""

from datetime import timedelta

from msgspec import Struct

from digital_days.kernel import clock, database, i18n
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_
from digital_days.kernel.mail import queue_mail
from digital_days.kernel.people import account_of
from exhibitors.domain.exhibitors import Exhibitor, NoSuchExhibitor, State
from exhibitors.domain.shift_ending import end_shifts_of_who_left

TOPIC = "exhibitors.member"
MOST = 10
AGAIN_AFTER = timedelta(minutes=10)


class NoSuchMember(NotFound):
    message = N_("Cette personne n’est plus dans votre équipe.")


class TooManyMembers(Conflict):
    message = N_("Au plus %(most)s personnes agissent pour un exposant : enlevez-en une d’abord.")


class LastContact(Conflict):
    message = N_("Il faut au moins une personne à qui écrire : désignez-en une autre d’abord.")


class Member(Struct, frozen=True, kw_only=True):
    """``name`` is as whoever invited them wrote it: nobody learns from us how an address's owner is called."""

    id: int
    person_id: int
    name: str
    email: str
    is_contact: bool


async def members_of(exhibitor_id: int) -> list[Member]:
    """In the order in which they came."""
    rows = await database.fetch(
        """
        SELECT m.id, m.person AS person_id, coalesce(nullif(m.name, ''), p.name) AS name, p.email, m.is_contact
        FROM exhibitor_member m JOIN person p ON p.id = m.person WHERE m.exhibitor = $1 ORDER BY m.id
        """,
        exhibitor_id,
    )
    return [Member(**row) for row in rows]


async def hold_exhibitor(exhibitor_id: int) -> State:
    """Its state; until the transaction ends, whoever changes the same exhibitor waits."""
    row = await database.fetch_one("SELECT state FROM exhibitor WHERE id = $1 FOR NO KEY UPDATE", exhibitor_id)
    if row is None:
        raise NoSuchExhibitor
    state: State = row["state"]
    return state


async def invite_member(exhibitor: Exhibitor, *, name: str, email: str) -> None:
    """They may act at once, and a mail tells them where; again within ten minutes sends nothing more.

    Raises ``TooManyMembers``. One transaction.
    """
    async with database.transaction():
        await hold_exhibitor(exhibitor.id)
        person = await account_of(name, email, locale=i18n.current())
        added = await database.fetch(
            """
            INSERT INTO exhibitor_member (exhibitor, person, name, is_contact, created_at)
            VALUES ($1, $2, $3, false, $4)
            ON CONFLICT (exhibitor, person) DO NOTHING RETURNING id
            """,
            exhibitor.id,
            person,
            name,
            clock.now(),
        )
        if added and len(await members_of(exhibitor.id)) > MOST:
            raise TooManyMembers(most=MOST)
        moment = int(clock.now().timestamp() // AGAIN_AFTER.total_seconds())
        await queue_mail(
            TOPIC,
            dedup_key=f"member:{exhibitor.code}:{person}:{moment}",
            payload={"exhibitor": exhibitor.code},
            person_id=person,
            edition_id=exhibitor.edition_id,
        )


async def remove_member(exhibitor_id: int, member_id: int) -> None:
    """From now on the exhibitor's pages are closed to them, and nobody expects them at its booth.

    Raises ``NoSuchMember``, ``LastContact``. One transaction.
    """
    gone = "DELETE FROM exhibitor_member WHERE exhibitor = $1 AND id = $2 RETURNING id"
    async with database.transaction():
        await _change(gone, exhibitor_id, member_id)
        await end_shifts_of_who_left(exhibitor_id)


async def say_contact(exhibitor_id: int, member_id: int, *, is_contact: bool) -> None:
    """Whether messages about the exhibitor go to them. Raises ``NoSuchMember``, ``LastContact``."""
    await _change(
        "UPDATE exhibitor_member SET is_contact = $3 WHERE exhibitor = $1 AND id = $2 RETURNING id",
        exhibitor_id,
        member_id,
        is_contact,
    )


async def _change(statement: str, exhibitor_id: int, member_id: int, *values: object) -> None:
    async with database.transaction():
        await hold_exhibitor(exhibitor_id)
        if not await database.fetch(statement, exhibitor_id, member_id, *values):
            raise NoSuchMember
        if not any(member.is_contact for member in await members_of(exhibitor_id)):
            raise LastContact

"""Groups: one contact registers several people; each is a person of their own, with a ticket of their own.

Nobody's account is touched by what a contact types: where the address has an owner already, the member is somebody
else who gets messages there. So a contact learns nothing about that person, and takes none of their time.
"""

from collections.abc import Sequence
from functools import partial

import msgspec
from msgspec import Struct

from digital_days.kernel import clock, codes, consents, database, i18n
from digital_days.kernel.editions import Edition
from digital_days.kernel.mail import queue_mail
from digital_days.kernel.people import add_unproved_person
from scheduling.domain.group_lines import Kind, NewMember, ticket_name
from scheduling.domain.group_places import ORIGIN, Shortage, hold_people, seat, until_decided

TOPIC = "scheduling.group"


class NewGroup(Struct, frozen=True, kw_only=True):
    """What the contact asks for. ``together``: seats for all of them, or for none."""

    kind: Kind
    organisation: str
    slots: Sequence[str]
    members: Sequence[NewMember]
    together: bool
    form_code: str
    audience: str = ""


class Started(Struct, frozen=True, kw_only=True):
    """The group's code, and where not everybody got a seat."""

    code: str
    shortages: list[Shortage]


async def start_group(edition: Edition, contact: int, wanted: NewGroup) -> Started:
    """Registers them with their places, and promises the one message to the contact. One transaction.

    The same form again gives the same group. What the contact declares goes on record. Raises ``NotForAll``,
    ``TooManyPeople`` or ``Overtaken``.
    """
    return await until_decided(partial(_start, edition, contact, wanted))


async def _start(edition: Edition, contact: int, wanted: NewGroup) -> Started:
    await hold_people([contact])
    made = await database.fetch_one("SELECT code FROM group_registration WHERE form_code = $1", wanted.form_code)
    if made:
        return Started(code=made["code"], shortages=[])
    now = clock.now()
    row = await database.fetch_one(
        """
        INSERT INTO group_registration
            (code, edition, kind, organisation, contact, slots, audience, locale, form_code, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) RETURNING id, code
        """,
        codes.new_code(),
        edition.id,
        wanted.kind,
        wanted.organisation,
        contact,
        msgspec.json.encode(wanted.slots).decode(),
        wanted.audience,
        i18n.current(),
        wanted.form_code,
        now,
    )
    if row is None:  # pragma: no cover - INSERT … RETURNING gives its row
        raise RuntimeError("the database gave no row back")
    people = await add_members(row["id"], wanted.members, edition=edition, after=0)
    shortages = await seat(people, wanted.slots, contact=contact, together=wanted.together, audience=wanted.audience)
    await _record(contact, edition, consents.GROUPS[wanted.kind])
    await promise_tickets(row["id"])
    return Started(code=row["code"], shortages=shortages)


async def add_members(group: int, members: Sequence[NewMember], *, edition: Edition, after: int) -> list[int]:
    """Inside the caller's transaction: the people, in this order, positions following; they have no places yet."""
    known = await database.fetch_one("SELECT kind, organisation FROM group_registration WHERE id = $1", group)
    if known is None:  # pragma: no cover - the caller holds it
        raise RuntimeError("the group is gone")
    people: dict[int, int] = {}
    # By address: two contacts who type the same addresses at once wait for each other in the same order.
    for position, member in sorted(enumerate(members, start=after + 1), key=lambda each: (each[1].email, each[0])):
        name = ticket_name(member.name, position, kind=known["kind"], organisation=known["organisation"])
        people[position] = await add_unproved_person(name=name, email=member.email, locale=i18n.current())
    for position, member in enumerate(members, start=after + 1):
        await database.fetch(
            """
            INSERT INTO group_member (code, group_registration, person, position, name, note)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            codes.new_code(),
            group,
            people[position],
            position,
            member.name,
            member.note,
        )
        if member.email:
            await ask_for_consent(people[position], edition)
    return [people[position] for position in sorted(people)]


async def ask_for_consent(person: int, edition: Edition) -> None:
    """What the service needs waits for the address's owner, as with whatever somebody types for another."""
    await _insert_consents(person, edition, consents.given({"registration"}, organiser=edition.organiser_name), None)


async def _record(contact: int, edition: Edition, declared: consents.Consent) -> None:
    given = consents.given({declared.purpose}, organiser=edition.organiser_name, among=(declared,))
    await _insert_consents(contact, edition, given, clock.now())


async def _insert_consents(person: int, edition: Edition, given: list[dict[str, object]], proved_at: object) -> None:
    await database.fetch(
        """
        INSERT INTO consent (person, edition, purpose, version, locale, text, origin, given_at, proved_at)
        SELECT $1, $2, c.purpose, c.version, $3, c.text, $4, $5, $6
        FROM jsonb_to_recordset($7::jsonb) AS c(purpose text, version smallint, text text)
        """,
        person,
        edition.id,
        i18n.current(),
        ORIGIN,
        clock.now(),
        proved_at,
        msgspec.json.encode(given).decode(),
    )


async def send_tickets(group: int) -> None:
    """The message with all tickets once more, because the contact asks for it."""
    async with database.transaction():
        await promise_tickets(group)


async def promise_tickets(group: int) -> None:
    """One more message to the contact with all tickets, in the caller's transaction; none where there is nobody."""
    row = await database.fetch_one(
        """
        UPDATE group_registration SET sent = sent + 1, updated_at = $2 WHERE id = $1
        RETURNING code, sent, contact, edition
        """,
        group,
        clock.now(),
    )
    if row and row["contact"]:
        await queue_mail(
            TOPIC,
            dedup_key=f"group:{row['code']}:{row['sent']}",
            payload={"group": row["code"], "locale": i18n.current()},
            person_id=row["contact"],
            edition_id=row["edition"],
        )

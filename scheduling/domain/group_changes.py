"""What a contact changes in a group until it begins: names, addresses, who comes; each command one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from digital_days.kernel import clock, codes, database, i18n
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_
from digital_days.kernel.mail import queue_mail
from digital_days.kernel.people import search_key
from scheduling.domain.empty_registrations import end_empty_registration
from scheduling.domain.giving_back import give_back
from scheduling.domain.group_lines import NewMember, ticket_name
from scheduling.domain.group_places import (
    ORIGIN,
    Shortage,
    TooManyPeople,
    hold_people,
    seat,
    seat_pairs,
    until_decided,
)
from scheduling.domain.group_reading import Group, Member, NoSuchGroup, group_called
from scheduling.domain.groups import add_members, ask_for_consent, promise_tickets
from scheduling.domain.handing_over import hand_over

MOST_MEMBERS = 200


class GroupHasBegun(Conflict):
    message = N_("L’activité a commencé : le groupe ne se change plus en ligne. Parlez-en à l’accueil.")


class NoSuchMember(NotFound):
    message = N_("Cette personne n’est plus dans le groupe.")


class NothingMissing(Conflict):
    message = N_("Toutes les personnes du groupe ont déjà leurs places.")


async def write_members(code: str, edition: Edition, written: Mapping[str, NewMember]) -> int:
    """Names, first addresses and notes by the members' codes; how many people have changed.

    The ticket bears the new name at once. Whoever gets an address gets the ticket there; an address once given stays,
    and so does the name of who has answered for it.
    """
    return await until_decided(partial(_write, code, edition, written))


async def _write(code: str, edition: Edition, written: Mapping[str, NewMember]) -> int:
    group = await _held(code)
    changed = 0
    for member in group.members:
        new = written.get(member.code)
        if new is not None and await _write_one(group, edition, member, new):
            changed += 1
    return changed


async def _write_one(group: Group, edition: Edition, member: Member, new: NewMember) -> bool:
    renamed = new.name != member.name and not member.is_theirs
    addressed = bool(new.email) and not member.email and group.kind == "business"
    note = new.note if group.kind == "business" else ""
    if not renamed and not addressed and note == member.note:
        return False
    name = new.name if renamed else member.name
    await database.fetch("UPDATE group_member SET name = $2, note = $3 WHERE code = $1", member.code, name, note)
    email = new.email if addressed else member.email
    if renamed or addressed:
        ticket = ticket_name(name, member.position, kind=group.kind, organisation=group.organisation)
        await _write_person(member.person, ticket if renamed else None, email, addressed=addressed)
    if addressed:
        await ask_for_consent(member.person, edition)
        await _promise_own_ticket(member.person, edition.id, [place.code for place in member.places if place.is_on])
    return True


async def _write_person(person: int, name: str | None, email: str, *, addressed: bool) -> None:
    row = await database.fetch_one(
        "UPDATE person SET name = coalesce($2, name) WHERE id = $1 RETURNING name", person, name
    )
    if row is None:  # pragma: no cover - the caller holds them
        raise NoSuchMember
    await database.fetch(
        """
        UPDATE person SET email = $2::text, search_key = $3,
            account_email = CASE WHEN $4 AND NOT EXISTS (SELECT FROM person o WHERE o.account_email = $2::text)
                THEN $2::text ELSE account_email END
        WHERE id = $1
        """,
        person,
        email,
        search_key(row["name"], email),
        addressed,
    )


async def _promise_own_ticket(person: int, edition: int, places: Sequence[str]) -> None:
    """The mail that brings ticket and agenda to the person's own address."""
    if places:
        await queue_mail(
            "scheduling.agenda",
            dedup_key=f"agenda:{codes.new_code()}",
            payload={"places": dict.fromkeys(places, "confirmed"), "locale": i18n.current()},
            person_id=person,
            edition_id=edition,
        )


async def cancel_members(code: str, wanted: Sequence[str]) -> int:
    """Gives back the places of these members and ends their tickets; they leave the group. How many did.

    Raises ``GroupHasBegun`` when one of their activities has begun.
    """
    return await until_decided(partial(_cancel, code, wanted))


async def _cancel(code: str, wanted: Sequence[str]) -> int:
    group = await _held(code)
    now = clock.now()
    leaving = [member for member in group.members if member.code in wanted]
    places = [place for member in leaving for place in member.places if place.is_on]
    if any(place.starts_at <= now for place in places):
        raise GroupHasBegun
    if places:
        await give_back([place.id for place in places], by="contact", now=now)
    for member in leaving:
        await _leave(group, member, now)
    return len(leaving)


async def _leave(group: Group, member: Member, now: datetime) -> None:
    await end_empty_registration(member.person, group.edition, now)
    await database.fetch("DELETE FROM group_member WHERE code = $1", member.code)


async def replace_member(code: str, edition: Edition, member_code: str, new: NewMember) -> None:
    """Somebody else comes instead: the places go over, the old ticket ends, and the contact gets all tickets again.

    Raises ``GroupHasBegun``, ``NoSuchMember``.
    """
    await until_decided(partial(_replace, code, edition, member_code, new))


async def _replace(code: str, edition: Edition, member_code: str, new: NewMember) -> None:
    group = await _held(code)
    now = clock.now()
    old = next((member for member in group.members if member.code == member_code), None)
    if old is None:
        raise NoSuchMember
    if any(place.is_on and place.starts_at <= now for place in old.places):
        raise GroupHasBegun
    [taker] = await add_members(group.id, [new], edition=edition, after=group.last_position)
    places = await hand_over(group.slot_codes, giver=old.person, taker=taker, now=now)
    if places:
        await database.fetch(
            """
            INSERT INTO registration (code, person, edition, state, origin, created_at, updated_at)
            VALUES ($1, $2, $3, 'active', $4, $5, $5)
            """,
            codes.new_code(),
            taker,
            group.edition,
            ORIGIN,
            now,
        )
    if new.email:
        await _promise_own_ticket(taker, group.edition, places)
    await _leave(group, old, now)
    await database.fetch("UPDATE group_member SET position = $2 WHERE person = $1", taker, old.position)
    await promise_tickets(group.id)


async def add_to_group(code: str, edition: Edition, members: Sequence[NewMember], *, together: bool) -> list[Shortage]:
    """More people, with places in what has not begun; where not everybody got one is told.

    Raises ``NotForAll``, ``TooManyPeople``, ``GroupHasBegun`` or ``Overtaken``; then nothing has changed.
    """
    return await until_decided(partial(_add, code, edition, members, together))


async def _add(code: str, edition: Edition, members: Sequence[NewMember], together: bool) -> list[Shortage]:
    group = await _held(code)
    slots = [slot.code for slot in group.open_slots]
    if not slots:
        raise GroupHasBegun
    if len(group.members) + len(members) > MOST_MEMBERS:
        raise TooManyPeople(most=MOST_MEMBERS)
    people = await add_members(group.id, members, edition=edition, after=group.last_position)
    shortages = await seat(people, slots, contact=group.contact, together=together, audience=group.audience)
    await promise_tickets(group.id)
    return shortages


async def ask_again(code: str) -> list[Shortage]:
    """The places that are missing, as many as there are now; what is short is told. Raises as ``add_to_group``."""
    return await until_decided(partial(_ask_again, code))


async def _ask_again(code: str) -> list[Shortage]:
    group = await _held(code)
    missing = group.missing()
    if not missing:
        raise NothingMissing
    shortages = await seat_pairs(missing, contact=group.contact, together=False, audience=group.audience)
    await promise_tickets(group.id)
    return shortages


async def _held(code: str) -> Group:
    """The group, its row and then its people held; what is read is what stays until the end of the transaction."""
    found = await database.fetch("SELECT contact FROM group_registration WHERE code = $1", code)
    if not found:
        raise NoSuchGroup
    # The contact holds all of a group's commands apart; members are held with them, by their numbers.
    members = await database.fetch(
        """
        SELECT m.person FROM group_member m JOIN group_registration g ON g.id = m.group_registration WHERE g.code = $1
        """,
        code,
    )
    await hold_people([found[0]["contact"], *(row["person"] for row in members)])
    await database.fetch("SELECT FROM group_registration WHERE code = $1 FOR NO KEY UPDATE", code)
    group = await group_called(code)
    if not group.open_slots:
        raise GroupHasBegun
    return group

"""Who stands at a booth: each has a badge with a ticket of their own, so that the welcome desk lets them in."""

from msgspec import Struct

from digital_days.kernel import clock, codes, database, i18n
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_
from digital_days.kernel.mail import queue_mail
from digital_days.kernel.people import fold, search_key
from digital_days.kernel.registering_others import register_other
from exhibitors.domain.exhibitors import Exhibitor
from exhibitors.domain.members import hold_exhibitor
from exhibitors.domain.shift_ending import end_shifts_of_who_left

TOPIC = "exhibitors.badge"
ORIGIN = "exhibitor"
MOST = 8
"""Badges of one booth."""


class NoSuchBadge(NotFound):
    message = N_("Ce porte-nom n’existe pas, ou n’existe plus.")


class TooManyBadges(Conflict):
    message = N_("Au plus %(most)s porte-noms par kiosque : enlevez-en un d’abord, ou écrivez à l’organisation.")


class BadgeTwice(Conflict):
    message = N_("« %(name)s » a déjà un porte-nom.")


class NotAtTheFair(Conflict):
    message = N_("Les porte-noms et l’arrivée se préparent une fois la candidature acceptée.")


class Badge(Struct, frozen=True, kw_only=True):
    """``registration`` is the ticket's code, empty where the registration is gone."""

    code: str
    name: str
    email: str
    registration: str

    @property
    def ticket(self) -> str:
        """As it stands on the badge."""
        return f"{self.registration[:5]}-{self.registration[5:]}" if self.registration else ""


_BADGES = """
    SELECT b.code, b.name, coalesce(p.email, '') AS email, coalesce(r.code, '') AS registration
    FROM staff_badge b LEFT JOIN registration r ON r.id = b.registration LEFT JOIN person p ON p.id = r.person
    WHERE b.exhibitor = $1
"""
# Whoever is expected somewhere keeps the ticket, which is no longer the exhibitor's then.
_END_TICKET = """
    UPDATE registration r SET state = 'cancelled', updated_at = $2
    WHERE r.code = $1 AND r.state = 'active' AND NOT EXISTS (SELECT FROM agenda_entry e WHERE e.person = r.person)
"""
_RENAME = """
    UPDATE person p SET name = $2, search_key = $3 FROM registration r
    WHERE r.person = p.id AND r.code = $1 AND r.state = 'active' AND p.proved_at IS NULL RETURNING p.id
"""


async def badges_of(exhibitor_id: int) -> list[Badge]:
    """In the order in which they were named; one query."""
    return [Badge(**row) for row in await database.fetch(f"{_BADGES} ORDER BY b.id", exhibitor_id)]


async def badge_called(exhibitor_id: int, code: str) -> Badge:
    """Raises ``NoSuchBadge``, also for another exhibitor's."""
    row = await database.fetch_one(f"{_BADGES} AND b.code = $2", exhibitor_id, code)
    if row is None:
        raise NoSuchBadge
    return Badge(**row)


async def add_badge(exhibitor: Exhibitor, edition: Edition, *, name: str, email: str) -> None:
    """Registers them too; who has an address gets the ticket there.

    Raises ``NotAtTheFair``, ``TooManyBadges``, ``BadgeTwice``. One transaction.
    """
    async with database.transaction():
        if await hold_exhibitor(exhibitor.id) != "accepted":
            raise NotAtTheFair
        there = await badges_of(exhibitor.id)
        if len(there) >= MOST:
            raise TooManyBadges(most=MOST)
        _refuse_twice(name, there)
        code = codes.new_code()
        await database.fetch(
            "INSERT INTO staff_badge (code, exhibitor, name, created_at) VALUES ($1, $2, $3, $4)",
            code,
            exhibitor.id,
            name,
            clock.now(),
        )
        await _give_ticket(code, edition, name=name, email=email)


async def change_badge(exhibitor: Exhibitor, edition: Edition, code: str, *, name: str, email: str) -> None:
    """A name put right keeps its ticket; another address, or a name that is its owner's by now, is another person.

    Raises ``NoSuchBadge``, ``BadgeTwice``. One transaction.
    """
    async with database.transaction():
        await hold_exhibitor(exhibitor.id)
        before = await badge_called(exhibitor.id, code)
        _refuse_twice(name, [each for each in await badges_of(exhibitor.id) if each.code != code])
        await database.fetch("UPDATE staff_badge SET name = $2 WHERE code = $1", code, name)
        if (name, email) == (before.name, before.email) and before.registration:
            return
        if email == before.email and await database.fetch(_RENAME, before.registration, name, search_key(name, email)):
            return
        await database.fetch("UPDATE staff_badge SET registration = NULL WHERE code = $1", code)
        await _end_ticket(exhibitor.id, before.registration)
        await _give_ticket(code, edition, name=name, email=email)


async def remove_badge(exhibitor_id: int, code: str) -> None:
    """The ticket ends with it. Raises ``NoSuchBadge``."""
    async with database.transaction():
        await hold_exhibitor(exhibitor_id)
        badge = await badge_called(exhibitor_id, code)
        await database.fetch("DELETE FROM staff_badge WHERE code = $1", code)
        await _end_ticket(exhibitor_id, badge.registration)


async def _end_ticket(exhibitor_id: int, registration: str) -> None:
    """Once it is on no badge. What the exhibitor itself expects of its owner is no reason to keep it."""
    await end_shifts_of_who_left(exhibitor_id)
    await database.fetch(_END_TICKET, registration, clock.now())


def _refuse_twice(name: str, there: list[Badge]) -> None:
    """Also keeps a form that is sent twice from naming somebody twice."""
    if fold(name) in {fold(each.name) for each in there}:
        raise BadgeTwice(name=name)


async def _give_ticket(code: str, edition: Edition, *, name: str, email: str) -> None:
    number = await register_other(edition, name=name, email=email, locale=i18n.current(), origin=ORIGIN)
    [row] = await database.fetch(
        """
        UPDATE staff_badge b SET registration = r.id FROM registration r WHERE b.code = $1 AND r.id = $2
        RETURNING r.code, r.person
        """,
        code,
        number,
    )
    if email:
        await queue_mail(
            TOPIC,
            dedup_key=f"badge:{code}:{row['code']}",
            payload={"badge": code, "registration": row["code"]},
            person_id=row["person"],
            edition_id=edition.id,
        )

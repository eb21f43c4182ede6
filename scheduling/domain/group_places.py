"""Seats for many: all of them or none, or as many as there are. The database decides; nothing is half done."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import asyncpg
from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from scheduling.domain.places import AGAIN, TRIES, Overtaken, Wish, take_for_each

ORIGIN = "group"
MOST = 60
"""People of one contact in one activity, on line; for more, they write to the organisers."""

_ALREADY_TAKEN = "23505"  # an address became somebody's account meanwhile
T = TypeVar("T")


class TooManyPeople(Conflict):
    message = N_(
        "Au plus %(most)s personnes par activité s’inscrivent ainsi en ligne. Pour un plus grand groupe, "
        "écrivez à l’équipe de l’événement : elle s’en occupe avec vous."
    )


class Shortage(Struct, frozen=True, kw_only=True):
    """In this slot not everybody got a seat: how many did, of how many, and the outcome of the first who did not."""

    slot: str
    wanted: int
    got: int
    outcome: str


class NotForAll(Exception):
    """What was asked for cannot be had whole: nothing is taken."""

    def __init__(self, shortages: list[Shortage]) -> None:
        super().__init__(shortages)
        self.shortages = shortages


async def seat(
    people: Sequence[int], slots: Sequence[str], *, contact: int | None, together: bool, audience: str = ""
) -> list[Shortage]:
    """Inside the caller's transaction, which holds the contact: seats for these people in these slots.

    What is short is told; raises ``NotForAll`` when it must be all (``together``), or when nobody gets anything, and
    ``TooManyPeople``. The caller's transaction must then be undone.
    """
    return await seat_pairs(
        [(person, slot) for person in people for slot in slots], contact=contact, together=together, audience=audience
    )


async def seat_pairs(
    wanted: Sequence[tuple[int, str]], *, contact: int | None, together: bool, audience: str = ""
) -> list[Shortage]:
    """The same for pairs of a person and a slot."""
    await _refuse_too_many(wanted, contact)
    outcomes = await take_for_each(wanted, origin=ORIGIN, wish=Wish(audience=audience))
    shortages = _shortages(wanted, outcomes)
    if shortages and (together or "confirmed" not in outcomes):
        raise NotForAll(shortages)
    return shortages


async def until_decided(command: Callable[[], Awaitable[T]]) -> T:
    """Does it in one transaction, and again while others are faster; raises ``Overtaken`` when they always are."""
    for _try in range(TRIES):
        try:
            async with database.transaction():
                return await command()
        except asyncpg.PostgresError as error:
            if error.sqlstate not in (*AGAIN, _ALREADY_TAKEN) or database.in_transaction():
                raise
    raise Overtaken


async def hold_people(people: Sequence[int | None]) -> None:
    """Locks them by their numbers, as everybody does, before any slot."""
    await database.fetch(
        "SELECT FROM person WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE", [each for each in people if each]
    )


def _shortages(wanted: Sequence[tuple[int, str]], outcomes: Sequence[str]) -> list[Shortage]:
    asked = Counter(slot for _person, slot in wanted)
    why: dict[str, str] = {}
    missed: Counter[str] = Counter()
    for (_person, slot), outcome in zip(wanted, outcomes, strict=True):
        if outcome not in ("confirmed", "already"):
            why.setdefault(slot, outcome)
            missed[slot] += 1
    return [
        Shortage(slot=slot, wanted=asked[slot], got=asked[slot] - missed[slot], outcome=outcome)
        for slot, outcome in why.items()
    ]


async def _refuse_too_many(wanted: Sequence[tuple[int, str]], contact: int | None) -> None:
    asked = Counter(slot for _person, slot in wanted)
    rows = await database.fetch(
        """
        SELECT s.code, count(*) AS held
        FROM group_registration g JOIN group_member m ON m.group_registration = g.id
        JOIN place p ON p.person = m.person AND p.state = 'confirmed' JOIN slot s ON s.id = p.slot
        WHERE g.contact = $1 AND s.code = ANY($2) GROUP BY s.code
        """,
        contact,
        list(asked),
    )
    held = {row["code"]: row["held"] for row in rows}
    if any(count + held.get(slot, 0) > MOST for slot, count in asked.items()):
        raise TooManyPeople(most=MOST)

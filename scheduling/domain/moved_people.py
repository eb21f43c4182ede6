"""People in the slots that a release moves or cancels: who they are, what becomes of their places and agendas."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from msgspec import Struct

from digital_days.kernel import database
from scheduling.domain.settling import settle


class Touched(Struct, frozen=True, kw_only=True):
    """A place that a release has cancelled or moved; ``choose`` when the person is expected elsewhere by now."""

    person: int
    code: str
    sequence: int
    slot: int
    choose: bool = False


async def hold(slots: Collection[int], *, people_in: Collection[int]) -> bool:
    """Locks the people who have a place in ``people_in``, then the slots, in the order every command keeps.

    False when somebody took a place in between and is busy taking another: undo everything, begin again.
    """
    people = await database.fetch(
        """
        SELECT id FROM person WHERE id IN (SELECT person FROM place WHERE slot = ANY($1) AND state = 'confirmed')
        ORDER BY id FOR NO KEY UPDATE
        """,
        list(people_in),
    )
    # FOR UPDATE also waits for registrations that have not committed their place yet.
    await database.fetch("SELECT FROM slot WHERE id = ANY($1) ORDER BY id FOR UPDATE", list(slots))
    newcomers = await _people_in(people_in) - {row["id"] for row in people}
    if not newcomers:
        return True
    # Waiting for a person while holding slots could be a deadlock.
    held = await database.fetch("SELECT FROM person WHERE id = ANY($1) FOR NO KEY UPDATE SKIP LOCKED", list(newcomers))
    return len(held) == len(newcomers)


async def places_in(slots: Collection[int]) -> Counter[int]:
    """How many confirmed places each of these slots has."""
    rows = await database.fetch(
        "SELECT slot, count(*) AS places FROM place WHERE slot = ANY($1) AND state = 'confirmed' GROUP BY slot",
        list(slots),
    )
    return Counter({row["slot"]: row["places"] for row in rows})


async def cancel_places(slots: Collection[int], *, now: datetime) -> list[Touched]:
    """Frees every seat; those who had one, except where the slot is over. Nobody is told here."""
    rows = await database.fetch(
        """
        WITH gone AS (
            UPDATE place SET state = 'cancelled', reason = '', sequence = sequence + 1, updated_at = $2
            WHERE slot = ANY($1) AND state = 'confirmed' RETURNING code, person, sequence, slot
        ), forgotten AS (
            DELETE FROM agenda_entry e USING gone WHERE e.source = 'scheduling.place' AND e.source_code = gone.code
        ), emptied AS (
            UPDATE slot SET taken = 0 WHERE id = ANY($1) AND taken > 0
        )
        SELECT gone.person, gone.code, gone.sequence, gone.slot FROM gone JOIN slot s ON s.id = gone.slot
        WHERE s.ends_at > $2 ORDER BY s.starts_at, gone.code
        """,
        list(slots),
        now,
    )
    await settle({row["person"] for row in rows})
    return [Touched(**row) for row in rows]


async def move_places(slots: Collection[int], *, now: datetime) -> list[Touched]:
    """Moves the agendas after the slots, which have moved already; those whose places moved, except where it is over.

    Who is expected elsewhere at the new time keeps the seat and is asked: nobody loses a place by a move.
    """
    # Several statements: one person's slots may exchange their times, and the database compares row by row.
    await database.fetch(
        """
        DELETE FROM agenda_entry e USING place p
        WHERE p.slot = ANY($1) AND e.source = 'scheduling.place' AND e.source_code = p.code
        """,
        list(slots),
    )
    await database.fetch(
        """
        UPDATE place SET sequence = sequence + 1, updated_at = $2, reason = 'choose'
        WHERE slot = ANY($1) AND state = 'confirmed'
        """,
        list(slots),
        now,
    )
    await settle(await _people_in(slots))
    rows = await database.fetch(
        """
        SELECT p.person, p.code, p.sequence, p.slot, p.reason = 'choose' AS choose
        FROM place p JOIN slot s ON s.id = p.slot
        WHERE p.slot = ANY($1) AND p.state = 'confirmed' AND s.ends_at > $2 ORDER BY s.starts_at, p.code
        """,
        list(slots),
        now,
    )
    return [Touched(**row) for row in rows]


async def _people_in(slots: Collection[int]) -> set[int]:
    rows = await database.fetch(
        "SELECT DISTINCT person FROM place WHERE slot = ANY($1) AND state = 'confirmed'", list(slots)
    )
    return {row["person"] for row in rows}

"""People in the slots that an import moves or cancels: who they are, what collides, what becomes of their places."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from digital_days.kernel import database
from digital_days.kernel.i18n import _
from digital_days.kernel.outbox import Priority
from scheduling.domain.import_refusals import Expected


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


async def expected_of_people_in(slots: Collection[int]) -> list[Expected]:
    """The whole agenda of everybody who has a place in one of these slots, other editions and services included."""
    rows = await database.fetch(
        """
        SELECT e.person, e.starts_at, e.ends_at, s.id AS slot, a.title_fr AS title
        FROM agenda_entry e
        LEFT JOIN place p ON e.source = 'scheduling.place' AND p.code = e.source_code
        LEFT JOIN slot s ON s.id = p.slot
        LEFT JOIN activity a ON a.id = s.activity
        WHERE e.person IN (SELECT person FROM place WHERE slot = ANY($1) AND state = 'confirmed')
        """,
        list(slots),
    )
    return [Expected(**{**row, "title": row["title"] or _("autre rendez-vous")}) for row in rows]


async def cancel_places(slots: Collection[int], *, edition_id: int, now: datetime) -> None:
    """Frees every seat and tells everybody, except where the slot is over."""
    if not slots:
        return
    await database.fetch(
        """
        WITH gone AS (
            UPDATE place SET state = 'cancelled', reason = '', sequence = sequence + 1, updated_at = $3
            WHERE slot = ANY($1) AND state = 'confirmed' RETURNING code, person, sequence, slot
        ), forgotten AS (
            DELETE FROM agenda_entry e USING gone WHERE e.source = 'scheduling.place' AND e.source_code = gone.code
        ), emptied AS (
            UPDATE slot SET taken = 0 WHERE id = ANY($1) AND taken > 0
        )
        INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at, priority)
        SELECT 'mail', 'scheduling.cancelled', 'cancelled:' || gone.code || ':' || gone.sequence,
            $2, gone.person,
            jsonb_build_object('place', gone.code, 'sequence', gone.sequence, 'by', 'organiser'), $3, $3, $4
        FROM gone JOIN slot s ON s.id = gone.slot WHERE s.ends_at > $3
        ON CONFLICT (dedup_key) DO NOTHING
        """,
        list(slots),
        edition_id,
        now,
        Priority.BULK,
    )


async def move_places(slots: Collection[int], *, edition_id: int, now: datetime) -> None:
    """Moves the agendas after the slots, which have moved already, and tells everybody, except where it is over."""
    if not slots:
        return
    # Two statements: one person's slots may exchange their times, and the database compares row by row.
    await database.fetch(
        """
        DELETE FROM agenda_entry e USING place p
        WHERE p.slot = ANY($1) AND e.source = 'scheduling.place' AND e.source_code = p.code
        """,
        list(slots),
    )
    await database.fetch(
        """
        WITH moved AS (
            UPDATE place SET sequence = place.sequence + 1, updated_at = $3 FROM slot s
            WHERE place.slot = ANY($1) AND place.state = 'confirmed' AND s.id = place.slot
            RETURNING place.code, place.person, place.sequence, s.starts_at, s.ends_at
        ), expected AS (
            INSERT INTO agenda_entry (person, starts_at, ends_at, source, source_code)
            SELECT person, starts_at, ends_at, 'scheduling.place', code FROM moved
        )
        INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at, priority)
        SELECT 'mail', 'scheduling.moved', 'moved:' || code || ':' || sequence,
            $2, person, jsonb_build_object('place', code, 'sequence', sequence), $3, $3, $4
        FROM moved WHERE ends_at > $3
        ON CONFLICT (dedup_key) DO NOTHING
        """,
        list(slots),
        edition_id,
        now,
        Priority.BULK,
    )


async def _people_in(slots: Collection[int]) -> set[int]:
    rows = await database.fetch(
        "SELECT DISTINCT person FROM place WHERE slot = ANY($1) AND state = 'confirmed'", list(slots)
    )
    return {row["person"] for row in rows}

"""A seat that goes from one person to another: nobody who waits gets in between, and no old ticket opens the door."""

from collections.abc import Collection
from datetime import datetime

from digital_days.kernel import codes, database
from scheduling.domain.settling import settle


async def hand_over(slots: Collection[str], *, giver: int, taker: int, now: datetime) -> list[str]:
    """Inside the caller's transaction, which holds both people: the codes of the taker's places.

    The giver's places in these slots that have not begun end, with their mail; the taker, who has nothing at those
    times, gets as many. The slots' counters stay as they are; the slots are held: no release moves them meanwhile.
    """
    await database.fetch("SELECT FROM slot WHERE code = ANY($1) ORDER BY id FOR NO KEY UPDATE", list(slots))
    rows = await database.fetch(
        """
        WITH given AS (
            UPDATE place SET state = 'cancelled', reason = '', sequence = place.sequence + 1, updated_at = $4
            FROM slot s JOIN activity a ON a.id = s.activity
            WHERE place.person = $2 AND place.state = 'confirmed' AND s.id = place.slot AND s.code = ANY($1)
                AND s.starts_at > $4 AND s.state = 'scheduled'
            RETURNING place.code, place.person, place.sequence, place.slot, place.audience, a.edition
        ), numbered AS (
            SELECT given.*, row_number() OVER (ORDER BY given.slot) AS n FROM given
        ), forgotten AS (
            DELETE FROM agenda_entry e USING given WHERE e.source = 'scheduling.place' AND e.source_code = given.code
        ), told AS (
            INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at)
            SELECT 'mail', 'scheduling.cancelled', 'cancelled:' || code || ':' || sequence, edition, person,
                jsonb_build_object('place', code, 'sequence', sequence, 'by', 'contact'), $4, $4
            FROM given
        ), expected AS (
            INSERT INTO agenda_entry (person, starts_at, ends_at, source, source_code)
            SELECT $3, s.starts_at, s.ends_at, 'scheduling.place', ($5::text[])[n]
            FROM numbered JOIN slot s ON s.id = numbered.slot
        )
        INSERT INTO place (code, slot, person, state, reason, sequence, created_at, updated_at, audience)
        SELECT ($5::text[])[n], slot, $3, 'confirmed', '', 0, $4, $4, audience FROM numbered RETURNING code
        """,
        list(slots),
        giver,
        taker,
        now,
        [codes.new_code() for _slot in slots],
    )
    await settle([giver])
    return [row["code"] for row in rows]

"""Places of people who are about to be forgotten: the place, the agenda and the slot's counter go together."""

from datetime import datetime

from digital_days.kernel import database


async def forget_places(people: list[int], before: datetime) -> list[int]:
    """Inside the caller's transaction, which holds these people: those for whom nothing is left to keep.

    Nothing is touched of who holds a place that is not over since that time, was refused or gave one back later, or
    was seen at a room's door or holds a certificate; nor of a speaker before the event is over for that long.
    """
    rows = await database.fetch(
        """
        WITH unneeded AS (
            SELECT p.id FROM unnest($1::integer[]) AS p (id)
            WHERE NOT EXISTS (
                SELECT FROM place x JOIN slot s ON s.id = x.slot WHERE x.person = p.id
                    AND (x.updated_at >= $2 OR x.state NOT IN ('refused', 'cancelled') AND s.ends_at >= $2)
            ) AND NOT EXISTS (
                SELECT FROM waiting_entry w WHERE w.person = p.id
                    AND (w.updated_at >= $2 OR w.state IN ('waiting', 'offered'))
            ) AND NOT EXISTS (
                SELECT FROM speaker k JOIN edition d ON d.id = k.edition
                JOIN edition e ON e.id = coalesce(d.draft_of, d.id)
                WHERE k.person = p.id AND e.ends_on >= $2::date
            ) AND NOT EXISTS (
                SELECT FROM attendance t JOIN registration r ON r.id = t.registration
                WHERE r.person = p.id AND t.state = 'present'
            ) AND NOT EXISTS (
                SELECT FROM certificate c JOIN registration r ON r.id = c.registration WHERE r.person = p.id
            )
        ), out_of_line AS (
            DELETE FROM waiting_entry w USING unneeded WHERE w.person = unneeded.id
        ), gone AS (
            DELETE FROM place USING unneeded WHERE place.person = unneeded.id
            RETURNING place.code, place.slot, place.state
        ), forgotten AS (
            DELETE FROM agenda_entry e USING gone WHERE e.source = 'scheduling.place' AND e.source_code = gone.code
        ), freed AS (
            UPDATE slot SET taken = taken - gone_here.seats
            FROM (SELECT gone.slot, count(*) AS seats FROM gone WHERE gone.state = 'confirmed' GROUP BY 1) gone_here
            WHERE slot.id = gone_here.slot
        )
        SELECT id FROM unneeded ORDER BY id
        """,
        people,
        before,
    )
    return [row["id"] for row in rows]

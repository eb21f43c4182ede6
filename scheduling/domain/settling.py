"""Places whose time somebody else of the person's agenda has: put into the agenda as soon as it is free."""

from collections.abc import Collection

from digital_days.kernel import database


async def settle(people: Collection[int]) -> None:
    """Every place of these people that waits for its time in the agenda gets it where nothing else is there.

    Inside the caller's transaction, which holds the people. The earliest place goes first.
    """
    if not people:
        return
    await database.fetch(
        """
        WITH waiting AS (
            SELECT p.code, p.person, s.starts_at, s.ends_at FROM place p JOIN slot s ON s.id = p.slot
            WHERE p.person = ANY($1) AND p.state = 'confirmed' AND p.reason = 'choose' ORDER BY s.starts_at, p.id
        ), expected AS (
            INSERT INTO agenda_entry (person, starts_at, ends_at, source, source_code)
            SELECT person, starts_at, ends_at, 'scheduling.place', code FROM waiting
            ON CONFLICT DO NOTHING RETURNING source_code
        )
        UPDATE place SET reason = '' FROM expected WHERE place.code = expected.source_code
        """,
        list(people),
    )

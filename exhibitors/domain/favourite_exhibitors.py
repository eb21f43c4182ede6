"""Exhibitors that somebody wants to see, kept with their account."""

from collections.abc import Collection

from digital_days.kernel import clock, database


async def favourite_exhibitors(person_id: int, edition_id: int) -> frozenset[str]:
    """Codes of the exhibitors of this edition."""
    rows = await database.fetch(
        """
        SELECT x.code FROM favourite_exhibitor f JOIN exhibitor x ON x.id = f.exhibitor
        WHERE f.person = $1 AND x.edition = $2
        """,
        person_id,
        edition_id,
    )
    return frozenset(row["code"] for row in rows)


async def keep_favourite_exhibitors(person_id: int, exhibitors: Collection[str]) -> None:
    """Adds them by their codes, in one statement; what is kept already, or not public, changes nothing."""
    await database.fetch(
        """
        INSERT INTO favourite_exhibitor (person, exhibitor, created_at)
        SELECT $1, id, $3 FROM exhibitor WHERE code = ANY($2) AND listed AND state = 'accepted'
        ON CONFLICT DO NOTHING
        """,
        person_id,
        list(exhibitors),
        clock.now(),
    )


async def drop_favourite_exhibitor(person_id: int, exhibitor: str) -> None:
    """Again changes nothing."""
    await database.fetch(
        """
        DELETE FROM favourite_exhibitor f USING exhibitor x
        WHERE f.person = $1 AND x.id = f.exhibitor AND x.code = $2
        """,
        person_id,
        exhibitor,
    )

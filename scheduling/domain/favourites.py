"""Activities that somebody wants to find again, kept with their account."""

from collections.abc import Collection

from digital_days.kernel import database


async def favourites_of(person_id: int, edition_id: int) -> frozenset[str]:
    """Codes of the activities of this edition."""
    rows = await database.fetch(
        """
        SELECT a.code FROM favourite f JOIN activity a ON a.id = f.activity WHERE f.person = $1 AND a.edition = $2
        """,
        person_id,
        edition_id,
    )
    return frozenset(row["code"] for row in rows)


async def keep_favourites(person_id: int, activities: Collection[str]) -> None:
    """Adds public activities by their codes, in one statement; what is kept already, or unknown, changes nothing."""
    await database.fetch(
        """
        INSERT INTO favourite (person, activity)
        SELECT $1, a.id FROM activity a JOIN edition e ON e.id = a.edition
        WHERE a.code = ANY($2) AND e.draft_of IS NULL
        ON CONFLICT DO NOTHING
        """,
        person_id,
        list(activities),
    )


async def drop_favourite(person_id: int, activity: str) -> None:
    """Again changes nothing."""
    await database.fetch(
        "DELETE FROM favourite f USING activity a WHERE f.person = $1 AND a.id = f.activity AND a.code = $2",
        person_id,
        activity,
    )

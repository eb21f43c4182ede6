"""What a programme is made of beyond activities and slots."""

from digital_days.kernel import codes, database
from tests.factories import Made


async def make_label(edition: Made, facet: str, slug: str, name: str, *, name_en: str = "") -> int:
    row = await database.fetch_one(
        "INSERT INTO label (edition, facet, slug, name_fr, name_en) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        edition.id,
        facet,
        slug,
        name,
        name_en,
    )
    assert row is not None
    return int(row["id"])


async def mark(activity: Made, facet: str, label: int) -> None:
    """Gives the activity this kind, theme or audience."""
    await database.fetch(f"UPDATE activity SET {facet} = $2 WHERE id = $1", activity.id, label)


async def describe(activity: Made, **texts: str) -> None:
    """Writes columns of the activity."""
    for column, text in texts.items():
        await database.fetch(f"UPDATE activity SET {column} = $2 WHERE id = $1", activity.id, text)


async def make_speaker(
    edition: Made,
    name: str,
    *,
    activity: Made | None = None,
    ambassador: bool = False,
    biography: str = "",
    biography_en: str = "",
) -> Made:
    code = codes.new_code()
    row = await database.fetch_one(
        """
        INSERT INTO speaker (edition, code, source_id, name, organisation, ambassador, biography_fr, biography_en)
        VALUES ($1, $2, $2, $3, 'Verger Exemple', $4, $5, $6) RETURNING id
        """,
        edition.id,
        code,
        name,
        ambassador,
        biography,
        biography_en,
    )
    assert row is not None
    if activity:
        await database.fetch("INSERT INTO activity_speaker (activity, speaker) VALUES ($1, $2)", activity.id, row["id"])
    return Made(row["id"], code)

"""Organisers write what they decided of their fair; a question that is taken away takes its answers along."""

import msgspec
from msgspec import structs

from digital_days.kernel import clock, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from exhibitors.domain.fairs import Fair

_FORGET_ANSWERS = """
    UPDATE exhibitor SET answers = answers - $2::text[] WHERE edition = $1 AND answers ?| $2::text[]
"""


async def change_fair(fair: Fair) -> None:
    """In place of the one seen in its ``version``, empty where there was none. Raises ``ChangedMeanwhile``."""
    said = structs.asdict(fair)
    edition_id, version = said.pop("edition_id"), said.pop("version")
    said |= {"questions": msgspec.json.encode(fair.questions).decode(), "updated_at": clock.now()}
    places = ", ".join(f"${number}" for number in range(3, len(said) + 3))
    changes = ", ".join(f"{name} = excluded.{name}" for name in said)
    async with database.transaction():
        gone = set(await answered(edition_id)) - {question.code for question in fair.questions}
        written = await database.fetch(
            f"""
            INSERT INTO fair AS f (edition, {", ".join(said)}) SELECT $1, {places}
            WHERE $2 = '' OR EXISTS (SELECT FROM fair WHERE edition = $1)
            ON CONFLICT (edition) DO UPDATE SET {changes} WHERE f.xmin::text = $2 RETURNING f.id
            """,
            edition_id,
            version,
            *said.values(),
        )
        if not written:
            raise ChangedMeanwhile
        if gone:
            await database.fetch(_FORGET_ANSWERS, edition_id, sorted(gone))


async def answered(edition_id: int) -> dict[str, int]:
    """How many exhibitors have answered each question, by its code."""
    rows = await database.fetch(
        """
        SELECT k.code, count(*) AS answers FROM exhibitor x CROSS JOIN LATERAL jsonb_object_keys(x.answers) AS k (code)
        WHERE x.edition = $1 GROUP BY 1
        """,
        edition_id,
    )
    return {row["code"]: row["answers"] for row in rows}

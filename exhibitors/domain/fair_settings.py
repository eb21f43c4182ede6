"""What organisers decide about their fair, one at a time; a question that is taken away takes its answers along."""

from collections.abc import Mapping

import msgspec

from digital_days.kernel import clock, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from exhibitors.domain.fairs import Fair

_WRITTEN = tuple(name for name in Fair.__struct_fields__ if name not in ("edition_id", "questions", "version"))


async def change_fair(fair: Fair, *, version: str) -> None:
    """In one transaction; ``version`` is the one that was read, empty for none. Raises ``ChangedMeanwhile``."""
    said = {name: getattr(fair, name) for name in _WRITTEN}
    said |= {"questions": msgspec.json.encode(fair.questions).decode(), "updated_at": clock.now()}
    async with database.transaction():
        if not await (_change(fair.edition_id, said, version) if version else _add(fair.edition_id, said)):
            raise ChangedMeanwhile
        await database.fetch(
            """
            UPDATE exhibitor x SET answers = (
                SELECT coalesce(jsonb_object_agg(a.key, a.value), '{}') FROM jsonb_each(x.answers) a
                WHERE a.key = ANY($2)
            ) WHERE x.edition = $1 AND EXISTS (
                SELECT FROM jsonb_object_keys(x.answers) k WHERE k <> ALL($2)
            )
            """,
            fair.edition_id,
            [question.code for question in fair.questions],
        )


async def answered(edition_id: int) -> dict[str, int]:
    """How many exhibitors have answered each question, by its code."""
    rows = await database.fetch(
        """
        SELECT k AS code, count(*) AS number FROM exhibitor x, jsonb_object_keys(x.answers) k
        WHERE x.edition = $1 GROUP BY k
        """,
        edition_id,
    )
    return {row["code"]: row["number"] for row in rows}


async def _change(edition_id: int, said: Mapping[str, object], version: str) -> bool:
    sets = ", ".join(f"{name} = ${number}" for number, name in enumerate(said, start=3))
    return bool(
        await database.fetch(
            f"UPDATE fair SET {sets} WHERE edition = $1 AND xmin::text = $2 RETURNING id",
            edition_id,
            version,
            *said.values(),
        )
    )


async def _add(edition_id: int, said: Mapping[str, object]) -> bool:
    places = ", ".join(f"${number}" for number in range(2, len(said) + 2))
    return bool(
        await database.fetch(
            f"""
            INSERT INTO fair (edition, {", ".join(said)}) VALUES ($1, {places})
            ON CONFLICT (edition) DO NOTHING RETURNING id
            """,
            edition_id,
            *said.values(),
        )
    )

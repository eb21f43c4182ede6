"""Somebody takes part no more: at once, also when the meetings are published. Their partners are told."""

from digital_days.kernel import clock, consents, database
from matchmaking.domain.participations import NoParticipation
from matchmaking.domain.pool import SOURCES
from matchmaking.domain.told import tell_changes

_CANCEL = """
    WITH gone AS (
        UPDATE meeting SET state = 'cancelled', sequence = sequence + 1, updated_at = $2
        WHERE $1 IN (business, resource) AND state = 'planned' AND starts_at > $2 RETURNING id, code, business, resource
    ), free AS (
        DELETE FROM agenda_entry e USING gone WHERE e.source = ANY($3) AND e.source_code = gone.code
    ) SELECT id, CASE $1 WHEN business THEN resource ELSE business END AS partner FROM gone ORDER BY id
"""


async def leave(person_id: int, edition_id: int) -> list[int]:
    """Partners (participants' numbers) whose meetings to come are cancelled by it; the agreement is withdrawn.

    One transaction; again finds nobody. Raises ``NoParticipation``.
    """
    async with database.transaction():
        await database.fetch("SELECT FROM person WHERE id = $1 FOR NO KEY UPDATE", person_id)
        now = clock.now()
        row = await database.fetch_one(
            """
            UPDATE match_participant SET left_at = $3, updated_at = $3
            WHERE person = $1 AND edition = $2 AND left_at IS NULL RETURNING id
            """,
            person_id,
            edition_id,
            now,
        )
        if row is None:
            raise NoParticipation
        await database.fetch(
            """
            UPDATE consent SET withdrawn_at = $4
            WHERE person = $1 AND edition = $2 AND purpose = $3 AND withdrawn_at IS NULL
            """,
            person_id,
            edition_id,
            consents.MATCHMAKING.purpose,
            now,
        )
        cancelled = await database.fetch(_CANCEL, row["id"], now, list(SOURCES.values()))
        changed = [each["id"] for each in cancelled]
        await tell_changes(edition_id, changed, key=f"left:{row['id']}:{now.timestamp():.0f}")
        return [each["partner"] for each in cancelled]

"""Why the rounds that remain should be planned anew."""

from msgspec import Struct

from digital_days.kernel import database
from matchmaking.domain.course import Course


class Reasons(Struct, frozen=True, kw_only=True):
    """Meetings to come that cannot be held as announced, by what is in the way; and people whom nobody meets."""

    missing: int
    closed: int
    skipped: int
    alone: int

    @property
    def any(self) -> bool:
        """Whether there is any."""
        return bool(self.missing or self.closed or self.skipped or self.alone)


_REASONS = """
    WITH ahead AS (
        SELECT m.business, m.resource, m.round, m.table_number FROM meeting m
        WHERE m.edition = $1 AND m.state = 'planned' AND m.round > $2
    )
    SELECT
        (SELECT count(*) FROM ahead a WHERE EXISTS (
            SELECT FROM match_participant k WHERE k.id IN (a.business, a.resource) AND k.missing_at IS NOT NULL))
            AS missing,
        (SELECT count(*) FROM ahead a WHERE EXISTS (
            SELECT FROM meeting_table t WHERE t.edition = $1 AND t.number = a.table_number AND t.closed_at IS NOT NULL))
            AS closed,
        (SELECT count(*) FROM ahead a WHERE a.round = ANY($3)) AS skipped,
        (SELECT count(*) FROM match_participant k
            WHERE k.edition = $1 AND k.opted_in_at IS NOT NULL AND k.left_at IS NULL AND k.missing_at IS NULL
            AND NOT EXISTS (SELECT FROM meeting m
                WHERE k.id IN (m.business, m.resource) AND m.edition = $1 AND m.state IN ('planned', 'held'))
            AND k.opted_in_at > (SELECT max(at) FROM publication WHERE edition = $1)) AS alone
"""


async def replan_reasons(edition_id: int, course: Course, *, begun: int) -> Reasons:
    """One query. Who has come in since the last publication and has no meeting is alone."""
    skipped = [turn.number for turn in course.turns if not turn.is_held]
    [row] = await database.fetch(_REASONS, edition_id, begun, skipped)
    return Reasons(**row)

"""What nobody needs any more of a speed dating: people who never agreed, houses that nobody is left of, lost hours."""

from datetime import datetime

from digital_days.kernel import database
from digital_days.kernel.forgetting import KEPT
from digital_days.kernel.i18n import TORONTO
from matchmaking.domain.pool import SOURCES

# Absences go with somebody, and meetings with what was said of them.
_FORGET = """
    WITH unneeded AS (
        SELECT p.id FROM unnest($1::integer[]) AS p (id)
        WHERE NOT EXISTS (
            SELECT FROM match_participant m JOIN edition e ON e.id = m.edition WHERE m.person = p.id AND e.ends_on >= $2
        )
    ), gone AS (
        DELETE FROM match_participant m USING unneeded WHERE m.person = unneeded.id
    ) SELECT id FROM unneeded ORDER BY id
"""
_WITHOUT_A_WORD = """
    DELETE FROM match_participant m USING edition e
    WHERE e.id = m.edition AND e.ends_on < $1 AND (m.opted_in_at IS NULL OR m.left_at IS NOT NULL)
        AND NOT EXISTS (SELECT FROM meeting x WHERE x.business = m.id AND x.state <> 'cancelled')
        AND NOT EXISTS (SELECT FROM meeting x WHERE x.resource = m.id AND x.state <> 'cancelled')
"""
# Needs and wishes go with the house, whichever side they are of.
_EMPTY_HOUSES = """
    DELETE FROM match_organisation o
    WHERE NOT EXISTS (SELECT FROM match_participant m WHERE m.organisation = o.id)
"""
_LOST_HOURS = """
    DELETE FROM agenda_entry e
    WHERE e.source = ANY($1) AND NOT EXISTS (SELECT FROM meeting x WHERE x.code = e.source_code)
"""


async def forget(people: list[int], before: datetime) -> list[int]:
    """Inside the caller's transaction, which holds these people: those whom no speed dating needs since then."""
    rows = await database.fetch(_FORGET, people, before.astimezone(TORONTO).date())
    await _leave_nothing_behind()
    return [row["id"] for row in rows]


async def tidy(now: datetime) -> None:
    """Of editions over for as long as people are kept, whoever never agreed or left without a meeting goes too."""
    async with database.transaction():
        await database.fetch(_WITHOUT_A_WORD, (now - KEPT).astimezone(TORONTO).date())
        await _leave_nothing_behind()


async def _leave_nothing_behind() -> None:
    """No house without people, and nobody expected at a meeting that is gone with their partner's account."""
    await database.fetch(_EMPTY_HOUSES)
    await database.fetch(_LOST_HOURS, list(SOURCES.values()))

"""A scenario's problem on people, wishes, agendas and tables as they are at this moment."""

from collections.abc import Collection, Sequence

from digital_days.kernel import database
from matchmaking.domain.asking import Asked, ask
from matchmaking.domain.pool import pool_of
from matchmaking.domain.rounds import Round
from matchmaking.domain.scenarios import Scenario
from matchmaking.domain.settings import speed_dating_of

_MET = """
    SELECT b.code AS one, r.code AS other
    FROM match_participant b JOIN match_participant r ON r.edition = b.edition
    WHERE b.edition = $1 AND EXISTS (
        SELECT FROM meeting m
        JOIN match_participant x ON x.id = m.business JOIN match_participant y ON y.id = m.resource
        WHERE m.state = 'held' AND m.edition <> $1 AND x.person = b.person AND y.person = r.person)
"""


async def met_before(edition_id: int) -> set[tuple[str, str]]:
    """Pairs of participants (codes, the business's first) who have met in another edition."""
    return {(row["one"], row["other"]) for row in await database.fetch(_MET, edition_id)}


async def closed_tables(edition_id: int) -> set[int]:
    """Numbers of tables that are not there."""
    rows = await database.fetch(
        "SELECT number FROM meeting_table WHERE edition = $1 AND closed_at IS NOT NULL", edition_id
    )
    return {row["number"] for row in rows}


async def asked_now(
    edition_id: int,
    scenario: Scenario | None = None,
    *,
    also: Collection[tuple[str, str]] = (),
    rounds: Sequence[Round] | None = None,
    fills: bool = True,
) -> Asked:
    """Without a scenario: the settings as they are. ``also``, ``rounds``, ``fills``: see ``ask``."""
    dating = await speed_dating_of(edition_id)
    return ask(
        await pool_of(edition_id),
        scenario.variation.applied_to(dating) if scenario else dating,
        locks=scenario.locks if scenario else (),
        bans=scenario.bans if scenario else (),
        closed=await closed_tables(edition_id),
        met=await met_before(edition_id),
        also=also,
        rounds=rounds,
        fills=fills,
    )

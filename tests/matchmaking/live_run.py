"""A scenario with a run that is done, for the parameters of organisers' pages."""

from datetime import UTC, datetime

import msgspec

from digital_days.kernel import codes
from matchmaking.domain.rounds import Round
from tests.product import EDITION, Product

_SCENARIO = """
    INSERT INTO scenario (code, edition, name, created_at, updated_at)
    SELECT $1, id, $2, now(), now() FROM edition WHERE slug = $3 RETURNING id
"""
_RUN = """
    INSERT INTO solver_run (code, scenario, state, rounds, created_at, started_at, ended_at)
    SELECT $1, $2, 'done', $3, now(), now(), now() RETURNING id
"""
_DRAFT = """
    INSERT INTO draft_meeting (run, one, other, round, table_number, locked)
    SELECT $1, b.code, r.code, 1, 1, 0 FROM meeting m
    JOIN match_participant b ON b.id = m.business JOIN match_participant r ON r.id = m.resource
    WHERE m.code = $2 RETURNING one, other
"""
_ROUND = Round(
    number=1,
    session=1,
    starts_at=datetime(2027, 10, 21, 13, 0, tzinfo=UTC),
    ends_at=datetime(2027, 10, 21, 13, 15, tzinfo=UTC),
)


async def run_sample(product: Product, name: str, meeting: str) -> dict[str, str]:
    """Its plan has this meeting, in a round to come."""
    scenario, run = codes.new_code(), codes.new_code()
    number = await product.database.fetchval(_SCENARIO, scenario, f"Plan B de {name}", EDITION)
    rounds = msgspec.json.encode([_ROUND]).decode()
    draft = await product.database.fetchrow(_DRAFT, await product.database.fetchval(_RUN, run, number, rounds), meeting)
    return {"scenario": scenario, "run": run, **draft, "matchmaking:draft-change:do": "lock"}

"""A run that has ended, with a draft of its plan."""

from collections.abc import Sequence

import msgspec

from digital_days.kernel import clock, codes
from matchmaking.domain.drafts import DraftPlace, draft_of, write_draft
from matchmaking.domain.scenarios import Variation, add_scenario, scenario_called
from tests.factories import Made
from tests.matchmaking.factories import made
from tests.matchmaking.published import Fair


async def make_draft(fair: Fair, *places: DraftPlace, scenario: str = "") -> Made:
    """The run, of a new scenario where none is named."""
    scenario = scenario or await add_scenario(fair.edition.id, name="Essai", variation=Variation(tables=3), by=None)
    found, code, now = await scenario_called(fair.edition.id, scenario), codes.new_code(), clock.now()
    run = await made(
        "solver_run",
        code=code,
        scenario=found.id,
        state="done",
        rounds=msgspec.json.encode(fair.rounds).decode(),
        created_at=now,
        started_at=now,
        ended_at=now,
    )
    await write_draft(run, places)
    return Made(run, code)


async def told(fair: Fair, run: Made) -> list[tuple[str, str, int, int, bool]]:
    """The draft by names."""
    return in_words(fair, await draft_of(run.id))


def in_words(fair: Fair, draft: Sequence[DraftPlace]) -> list[tuple[str, str, int, int, bool]]:
    """Who, whom, round, table, locked."""
    names = {seat.code: name for name, seat in fair.seats.items()}
    return [(names[each.one], names[each.other], each.round, each.table, each.locked) for each in draft]

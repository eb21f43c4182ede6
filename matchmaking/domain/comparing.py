"""Scenarios side by side, by what their last runs reach."""

from msgspec import Struct

from matchmaking.domain.level_words import LevelLine, level_lines
from matchmaking.domain.runs import Run, answer_of, last_runs, question_of
from matchmaking.domain.scenarios import Scenario, scenarios_of


class Compared(Struct, frozen=True, kw_only=True):
    """``run`` None: nothing was computed yet; ``meetings`` and ``levels`` once there is a plan."""

    scenario: Scenario
    run: Run | None
    meetings: int
    levels: list[LevelLine]


async def compared(edition_id: int) -> list[Compared]:
    """In the order in which the scenarios were made."""
    runs = await last_runs(edition_id)
    return [await _compared(scenario, runs.get(scenario.code)) for scenario in await scenarios_of(edition_id)]


async def _compared(scenario: Scenario, run: Run | None) -> Compared:
    answer = await answer_of(run.id) if run else None
    if run is None or answer is None or not answer.plan.found:
        return Compared(scenario=scenario, run=run, meetings=0, levels=[])
    levels = level_lines(answer.plan.levels, await question_of(run.id))
    return Compared(scenario=scenario, run=run, meetings=len(answer.plan.held), levels=levels)

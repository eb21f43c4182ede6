"""A look at a problem before anything is solved: what would go wrong, and what is wished for beside what there is."""

from msgspec import Struct

from matchmaking.domain.asking_now import asked_now
from matchmaking.domain.finding_words import Group, groups_of
from matchmaking.domain.names import names_of
from matchmaking.domain.scenarios import Scenario
from matchmaking.domain.supply import Supply, supply_of
from matchmaking.engine.check import check


class Checked(Struct, frozen=True, kw_only=True):
    """No groups: nothing stands in the way of anything."""

    groups: list[Group]
    supply: Supply


async def checked(edition_id: int, scenario: Scenario | None = None) -> Checked:
    """People, wishes and agendas as they are now, under the settings or a scenario."""
    asked = await asked_now(edition_id, scenario)
    names = await names_of(edition_id, asked.problem, asked.rounds)
    findings = check(asked.problem, owners=names.houses)
    return Checked(groups=groups_of(findings, names), supply=supply_of(asked.problem, names))

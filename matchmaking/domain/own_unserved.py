"""Whom an organisation wished to meet and does not, with the reason that the published meetings give."""

from msgspec import Struct, structs

from digital_days.kernel import database
from digital_days.kernel.i18n import _
from matchmaking.domain.asking_now import asked_now
from matchmaking.domain.day_clock import course_of
from matchmaking.domain.names import names_of
from matchmaking.domain.own_reasons import NOT_ACROSS, Own, what_helps, why
from matchmaking.domain.participations import Participation
from matchmaking.domain.publications import last_publication
from matchmaking.domain.remaining import announced_rounds, standing_meetings
from matchmaking.domain.runs import NoSuchRun, run_called
from matchmaking.domain.scenarios import Scenario, scenario_called
from matchmaking.domain.whereabouts import whereabouts_of
from matchmaking.engine.explain import unserved
from matchmaking.engine.problem import Placed


class NotMet(Struct, frozen=True, kw_only=True):
    """``about``: the other organisation's name. ``why`` always says something."""

    about: str
    must: bool
    why: str
    helps: str


_WISHED = """
    SELECT o.code, o.name, w.strength = 'must' AS must FROM match_wish w JOIN match_organisation o ON o.id = w.about
    WHERE w.by = $1 AND w.strength <> 'no' AND NOT EXISTS (
        SELECT FROM meeting m
        JOIN match_participant b ON b.id = m.business JOIN match_participant r ON r.id = m.resource
        WHERE m.state IN ('planned', 'held')
            AND (b.organisation, r.organisation) IN ((w.by, w.about), (w.about, w.by)))
    ORDER BY w.strength <> 'must', o.name, o.id
"""


async def own_unserved(mine: Participation) -> list[NotMet]:
    """Of all colleagues together, musts first; empty before anything is published. A handful of queries.

    Beside the meetings as they are by now, whoever made them: a run, a hand, or a new plan on the day.
    """
    publication = await last_publication(mine.edition_id)
    if not publication.number:
        return []
    rows = await database.fetch(_WISHED, mine.organisation_id)
    told = await _told(mine, publication.run) if rows else {}
    return [
        NotMet(about=row["name"], must=row["must"], why=said[0], helps=said[1])
        for row in rows
        for said in (told.get(row["code"], (_(NOT_ACROSS), "")),)  # who left since has no place for it either
    ]


async def _told(mine: Participation, run: str) -> dict[str, tuple[str, str]]:
    """By the other organisation's code."""
    standing = [each for each in await standing_meetings(mine.edition_id) if not each.missed]
    rounds = announced_rounds(await course_of(mine.edition_id))
    pairs = {(each.one, each.other) for each in standing}
    scenario = await _scenario_of(mine.edition_id, run)
    asked = await asked_now(mine.edition_id, scenario, also=pairs, rounds=rounds, fills=False)
    wishes = tuple(each for each in asked.problem.wishes if each.owner == mine.organisation_code)
    problem = structs.replace(asked.problem, wishes=wishes)
    held = [
        Placed(meeting=asked.numbers[each.one, each.other], round=each.round - 1, table=each.table)
        for each in standing
        if (each.one, each.other) in asked.numbers
    ]
    names = await names_of(mine.edition_id, problem, rounds)
    members = [n for n in range(len(problem.participants)) if names.named(n).house == mine.organisation_code]
    keys = [problem.participants[number].key for number in members]
    own = Own(
        names=names,
        reader=next((n for n in members if problem.participants[n].key == mine.code), None),
        members=members,
        elsewhere=await whereabouts_of(mine.edition_id, keys, rounds),
    )
    return {
        wishes[each.wish].key.split(" ")[-1]: (why(each, own), what_helps(each, own))
        for each in unserved(problem, held)
    }


async def _scenario_of(edition_id: int, run: str) -> Scenario | None:
    """Nothing where the plan was not one of a run, or the run is gone: then the settings count."""
    try:
        return await scenario_called(edition_id, (await run_called(edition_id, run)).scenario)
    except NoSuchRun:
        return None

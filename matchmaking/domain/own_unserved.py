"""Whom an organisation wished to meet and does not, with the reason that the published plan's run gives."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import N_, _
from matchmaking.domain.names import names_of
from matchmaking.domain.own_reasons import Own, what_helps, why
from matchmaking.domain.participations import Participation
from matchmaking.domain.publications import last_publication
from matchmaking.domain.runs import NoSuchRun, answer_of, question_of, run_called
from matchmaking.domain.whereabouts import whereabouts_of

CHANGED = N_("L’horaire a changé depuis qu’il a été calculé; parlez-en à l’équipe.")


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
    """Of all colleagues together, musts first; empty before anything is published. A handful of queries."""
    publication = await last_publication(mine.edition_id)
    if not publication.number:
        return []
    rows = await database.fetch(_WISHED, mine.organisation_id)
    told = await _told(mine, publication.run) if rows else {}
    return [
        NotMet(about=row["name"], must=row["must"], why=said[0], helps=said[1])
        for row in rows
        for said in (told.get(row["code"], (_(CHANGED), "")),)
    ]


async def _told(mine: Participation, code: str) -> dict[str, tuple[str, str]]:
    """By the other organisation's code; nothing where the run is gone, or the plan was not one of a run."""
    try:
        run = await run_called(mine.edition_id, code)
    except NoSuchRun:
        return {}
    answer = await answer_of(run.id)
    if answer is None:
        return {}
    problem = (await question_of(run.id)).problem
    names = await names_of(mine.edition_id, problem, run.rounds)
    members = [n for n in range(len(problem.participants)) if names.named(n).house == mine.organisation_code]
    keys = [problem.participants[number].key for number in members]
    own = Own(
        names=names,
        reader=next((n for n in members if problem.participants[n].key == mine.code), None),
        members=members,
        elsewhere=await whereabouts_of(mine.edition_id, keys, run.rounds),
    )
    return {
        problem.wishes[each.wish].key.split(" ")[-1]: (why(each, own), what_helps(each, own))
        for each in answer.unserved
        if problem.wishes[each.wish].owner == mine.organisation_code
    }

"""A run: how far the engine is, what it found, and the way on to the grid and to publishing."""

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.question_rows import whole_number
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from matchmaking.domain.asking_now import asked_now
from matchmaking.domain.level_words import level_lines
from matchmaking.domain.run_explained import run_explained
from matchmaking.domain.run_story import story_of
from matchmaking.domain.runs import answer_of, ask_to_stop, question_of, queue_run, run_called
from matchmaking.domain.scenarios import scenario_called

ROUTE = "matchmaking:run"
SECONDS = 60


@post("/scenarios/{scenario:str}/calcul", name="matchmaking:queue-run", permission=Permission.ORGANISE)
async def queue(request: PageRequest, edition: RequestedEdition, scenario: FromPath[str]) -> Redirect:
    """On people, wishes and agendas as they are now; pressing twice leads to the same run."""
    found = await scenario_called(edition.id, scenario)
    asked = await asked_now(edition.id, found)
    code = await queue_run(found.id, asked, by=signed_in(request).id, seconds=SECONDS)
    return see_other(url(ROUTE, edition_slug=edition.slug, run=code))


@get("/essais/{run:str}", name=ROUTE, permission=Permission.ORGANISE)
async def show(
    request: PageRequest, edition: RequestedEdition, run: FromPath[str], suite: FromQuery[str] = ""
) -> Response[str]:
    """Asks for itself again each second while more is to come."""
    found = await run_called(edition.id, run)
    answer = await answer_of(found.id)
    asked = await question_of(found.id) if answer else None
    return page(
        request,
        "matchmaking/run.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, "matchmaking:scenarios"),
        run=found,
        story=story_of(found),
        plan=answer.plan if answer else None,
        levels=level_lines(answer.plan.levels, asked) if answer and asked else [],
        explained=await run_explained(found, asked, answer, page=whole_number(suite) or 1)
        if answer and asked
        else None,
        state_words=found.state_in_words,
    )


@post("/essais/{run:str}/arret", name="matchmaking:stop-run", permission=Permission.ORGANISE)
async def stop(edition: RequestedEdition, run: FromPath[str]) -> Redirect:
    """The best so far is kept."""
    found = await run_called(edition.id, run)
    await ask_to_stop(found.id)
    return see_other(url(ROUTE, edition_slug=edition.slug, run=found.code))


router = Router(
    path="/{edition_slug:str}/organisation/rencontres-eclair",
    route_handlers=[queue, show, stop],
    include_in_schema=False,
)

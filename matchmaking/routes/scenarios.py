"""Scenarios side by side: what each changes, what its last run reaches; a new one."""

from litestar import Response, Router, get, post
from litestar.response import Redirect

from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from matchmaking.domain.comparing import compared, side_by_side
from matchmaking.domain.names import organisation_names
from matchmaking.domain.publications import last_publication
from matchmaking.domain.scenarios import add_scenario
from matchmaking.domain.settings import speed_dating_of
from matchmaking.routes.scenario_form import ScenarioForm, empty, read_variation, words_of_form

ROUTE = "matchmaking:scenarios"
ADDED = N_("Le scénario est ajouté : lancez le calcul.")


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """In the order in which they were made."""
    return await _page(request, edition)


@post("/", name="matchmaking:add-scenario", permission=Permission.ORGANISE)
async def add(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """Nothing is computed yet."""
    form = await read_form(request, ScenarioForm)
    variation = read_variation(form, await speed_dating_of(edition.id))
    if form.value is not None:
        try:
            await add_scenario(edition.id, name=form.value.name, variation=variation, by=signed_in(request).id)
        except Conflict as refusal:
            form.refuse("", str(refusal))
        else:
            return see_other(url(ROUTE, edition_slug=edition.slug), flash=_(ADDED))
    return await _page(request, edition, form)


async def _page(request: PageRequest, edition: Edition, form: Form[ScenarioForm] | None = None) -> Response[str]:
    scenarios, dating = await compared(edition.id), await speed_dating_of(edition.id)
    solved = [each for each in scenarios if each.reached is not None]
    return page(
        request,
        "matchmaking/scenarios.html",
        edition=edition,
        status_code=422 if form else 200,
        organiser_menu=organiser_menu(edition, ROUTE),
        scenarios=[(each, each.scenario.variation.applied_to(dating)) for each in scenarios],
        solved=solved,
        rows=side_by_side(solved, await organisation_names(edition.id)),
        last=await last_publication(edition.id),
        typed=form.typed if form else empty(),
        errors=form.errors if form else {},
        **words_of_form(dating),
    )


router = Router(
    path="/{edition_slug:str}/organisation/rencontres-eclair/scenarios",
    route_handlers=[show, add],
    include_in_schema=False,
)

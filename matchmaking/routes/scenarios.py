"""Scenarios side by side: what each changes, what its last run reaches; a new one, a run, the way to publishing."""

from typing import Annotated

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta, Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, OneLine, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.question_rows import whole_number
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from matchmaking.domain.comparing import compared
from matchmaking.domain.publications import last_publication
from matchmaking.domain.scenarios import Variation, add_scenario, remove_scenario, scenario_called
from matchmaking.domain.settings import speed_dating_of
from matchmaking.routes.settings_form import BETWEEN, LIMITS

ROUTE = "matchmaking:scenarios"
ADDED = N_("Le scénario est ajouté : lancez le calcul.")
REMOVED = N_("Le scénario est supprimé. Ce qui est publié n’a pas changé.")
VARIED = ("tables", "round_minutes", "pause_minutes", "spread")
LABELS = {
    "name": N_("Nom du scénario"),
    "tables": N_("Nombre de tables"),
    "round_minutes": N_("Durée d’une ronde, en minutes"),
    "pause_minutes": N_("Pause entre deux rondes, en minutes"),
    "spread": N_("Écart permis entre les nombres de pauses"),
}


class ScenarioForm(Struct, kw_only=True):
    """Empty numbers: as in the settings. ``like``: whose locks and bans it begins with."""

    name: Annotated[OneLine, Meta(max_length=120)]
    tables: str = ""
    round_minutes: str = ""
    pause_minutes: str = ""
    spread: str = ""
    like: str = ""


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Side by side."""
    return await _page(request, edition)


@post("/", name="matchmaking:add-scenario", permission=Permission.ORGANISE)
async def add(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """Nothing is computed yet."""
    form = await read_form(request, ScenarioForm)
    variation = _variation(form)
    if form.value is None:
        return await _page(request, edition, form=form)
    try:
        name, by = form.value.name, signed_in(request).id
        await add_scenario(edition.id, name=name, variation=variation, by=by, like=form.value.like)
    except Conflict as refusal:
        form.refuse("", str(refusal))
        return await _page(request, edition, form=form)
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=_(ADDED))


@post("/{scenario:str}/suppression", name="matchmaking:remove-scenario", permission=Permission.ORGANISE)
async def remove(edition: RequestedEdition, scenario: FromPath[str]) -> Redirect:
    """With its runs; what was published stands."""
    await remove_scenario((await scenario_called(edition.id, scenario)).id)
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=_(REMOVED))


def _variation(form: Form[ScenarioForm]) -> Variation:
    numbers: dict[str, int] = {}
    for name in VARIED:
        typed = str(form[name]).strip()
        least, most = LIMITS[name]
        number = whole_number(typed)
        if typed and (number is None or not least <= number <= most):
            form.refuse(name, _(BETWEEN, least=least, most=most))
        elif typed and number is not None:
            numbers[name] = number
    return Variation(
        tables=numbers.get("tables"),
        round_minutes=numbers.get("round_minutes"),
        pause_minutes=numbers.get("pause_minutes"),
        spread=numbers.get("spread"),
    )


async def _page(request: PageRequest, edition: Edition, *, form: Form[ScenarioForm] | None = None) -> Response[str]:
    scenarios = await compared(edition.id)
    return page(
        request,
        "matchmaking/scenarios.html",
        edition=edition,
        status_code=422 if form else 200,
        organiser_menu=organiser_menu(edition, ROUTE),
        scenarios=scenarios,
        dating=await speed_dating_of(edition.id),
        last=await last_publication(edition.id),
        typed=form.typed if form else dict.fromkeys(ScenarioForm.__struct_fields__, ""),
        errors=form.errors if form else {},
        labels={name: _(words) for name, words in LABELS.items()},
        limits=LIMITS,
        choices=[(each.scenario.code, each.scenario.name) for each in scenarios],
    )


router = Router(
    path="/{edition_slug:str}/organisation/rencontres-eclair/scenarios",
    route_handlers=[show, add, remove],
    include_in_schema=False,
)

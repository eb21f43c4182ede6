"""One scenario: its name and what it changes, what is fixed in it by hand, its runs; a copy of it, its end."""

from collections.abc import Mapping

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.changed_meanwhile import differences
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import Form, read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.urls import url
from matchmaking.domain.names import gone, people_called
from matchmaking.domain.runs import runs_of
from matchmaking.domain.scenarios import (
    Scenario,
    change_scenario,
    copy_scenario,
    free_pair,
    remove_scenario,
    scenario_called,
)
from matchmaking.domain.settings import speed_dating_of
from matchmaking.routes.scenario_form import LABELS, ScenarioForm, form_of, read_variation, words_of_form
from matchmaking.routes.scenarios import ROUTE as ALL

ROUTE = "matchmaking:scenario"
SAVED = N_("Le scénario est enregistré : relancez le calcul pour voir ce que cela change.")
COPIED = N_("Voici la copie : changez-la comme vous voulez.")
REMOVED = N_("Le scénario est supprimé. Ce qui est publié n’a pas changé.")
FREED = N_("C’est noté : les prochains calculs de ce scénario en décident.")


class Pair(Struct):
    """Participants' codes, the business's first."""

    one: str = ""
    other: str = ""


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition, scenario: FromPath[str]) -> Response[str]:
    """As it is on record."""
    found = await scenario_called(edition.id, scenario)
    return await _page(request, edition, found, form_of(found))


@post("/", name="matchmaking:change-scenario", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition, scenario: FromPath[str]) -> Response[str] | Redirect:
    """What is fixed by hand stays, and so does what was computed."""
    found = await scenario_called(edition.id, scenario)
    form = await read_form(request, ScenarioForm)
    variation = read_variation(form, await speed_dating_of(edition.id))
    if form.value is None:
        return await _page(request, edition, found, form.typed, errors=form.errors)
    try:
        await change_scenario(found.id, form.value.version, name=form.value.name, variation=variation)
    except ChangedMeanwhile:
        return await _changed_meanwhile(request, edition, scenario, form)
    return see_other(url(ROUTE, edition_slug=edition.slug, scenario=scenario), flash=_(SAVED))


@post("/copie", name="matchmaking:copy-scenario", permission=Permission.ORGANISE)
async def copy(request: PageRequest, edition: RequestedEdition, scenario: FromPath[str]) -> Redirect:
    """With what is fixed by hand, without its runs."""
    found = await scenario_called(edition.id, scenario)
    name = f"{found.name[:115]} (2)"
    code = await copy_scenario(edition.id, scenario, name=name, by=signed_in(request).id)
    return see_other(url(ROUTE, edition_slug=edition.slug, scenario=code), flash=_(COPIED))


@post("/liberation", name="matchmaking:free-pair", permission=Permission.ORGANISE)
async def free(request: PageRequest, edition: RequestedEdition, scenario: FromPath[str]) -> Redirect:
    """Neither fixed nor forbidden any more."""
    found = await scenario_called(edition.id, scenario)
    pair = (await read_form(request, Pair)).value or Pair()
    await free_pair(found.id, pair.one, pair.other)
    return see_other(url(ROUTE, edition_slug=edition.slug, scenario=scenario), flash=_(FREED))


@post("/suppression", name="matchmaking:remove-scenario", permission=Permission.ORGANISE)
async def remove(edition: RequestedEdition, scenario: FromPath[str]) -> Redirect:
    """With its runs; what was published stands."""
    await remove_scenario((await scenario_called(edition.id, scenario)).id)
    return see_other(url(ALL, edition_slug=edition.slug), flash=_(REMOVED))


async def _changed_meanwhile(
    request: PageRequest, edition: Edition, scenario: str, form: Form[ScenarioForm]
) -> Response[str]:
    stored = await scenario_called(edition.id, scenario)
    on_record = {name: text for name, text in form_of(stored).items() if isinstance(text, str)}
    changes = differences(form, on_record, LABELS)
    return await _page(request, edition, stored, {**form.typed, "version": stored.version}, changes=changes)


async def _page(
    request: PageRequest,
    edition: Edition,
    scenario: Scenario,
    typed: Mapping[str, object],
    *,
    errors: dict[str, str] | None = None,
    changes: list[tuple[str, str]] | None = None,
) -> Response[str]:
    codes = {code for lock in scenario.locks for code in (lock.one, lock.other)}
    people = await people_called(edition.id, codes | {code for ban in scenario.bans for code in ban})
    words = {code: (people.get(code) or gone()).in_words for code in codes.union(*scenario.bans)}
    return page(
        request,
        "matchmaking/scenario.html",
        edition=edition,
        status_code=422 if errors else 409 if changes is not None else 200,
        organiser_menu=organiser_menu(edition, ALL),
        scenario=scenario,
        words=words,
        runs=await runs_of(scenario.id),
        typed=typed,
        errors=errors or {},
        changes=changes,
        **words_of_form(await speed_dating_of(edition.id)),
    )


router = Router(
    path="/{edition_slug:str}/organisation/rencontres-eclair/scenarios/{scenario:str}",
    route_handlers=[show, change, copy, free, remove],
    include_in_schema=False,
)

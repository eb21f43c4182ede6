"""One booth of the plan by a plain form: all that its drawing does, and what it is for."""

from collections.abc import Mapping

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict, Invalid, Refusal, http_status
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.changed_meanwhile import differences, labels
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest
from exhibitors.domain.booth_refusals import NoSuchBooth
from exhibitors.domain.categories import categories_of
from exhibitors.domain.floor_plan import Booth, plan_of
from exhibitors.domain.plan_changes import change_plan
from exhibitors.domain.plan_pieces import Put, TakeAway
from exhibitors.domain.standings import occupants_of
from exhibitors.routes.plan_booth_form import LABELS, BoothForm, facts_in, spoken, typed_in, typed_of
from exhibitors.routes.plan_pages import PATH, plan_page, to_table

_NEW = {**dict.fromkeys(LABELS, ""), "width": "3,00", "depth": "2,00", "step_free": "yes", "version": ""}


class Removal(Struct):
    version: str = ""


@get("/nouveau", name="exhibitors:plan-new-booth", permission=Permission.ORGANISE)
async def new_booth(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """An empty form."""
    return await _booth_page(request, edition, None, _NEW)


@post("/nouveau", name="exhibitors:plan-add-booth", permission=Permission.ORGANISE)
async def add(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """One more."""
    return await _put(request, edition, None)


@get("/{booth:str}", name="exhibitors:plan-booth", permission=Permission.ORGANISE)
async def one_booth(request: PageRequest, edition: RequestedEdition, booth: FromPath[str]) -> Response[str]:
    """Its form, filled in."""
    here = await _booth(edition, booth)
    return await _booth_page(request, edition, here, typed_of(here))


@post("/{booth:str}", name="exhibitors:plan-change-booth", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition, booth: FromPath[str]) -> Response[str] | Redirect:
    """Whoever has not seen what somebody else changed sees it first."""
    return await _put(request, edition, await _booth(edition, booth))


@post("/{booth:str}/enlever", name="exhibitors:plan-remove-booth", permission=Permission.ORGANISE)
async def remove(request: PageRequest, edition: RequestedEdition, booth: FromPath[str]) -> Response[str] | Redirect:
    """Unless somebody has it."""
    here, form = await _booth(edition, booth), await read_form(request, Removal)
    try:
        await change_plan(edition.id, [], [TakeAway(what="booth", code=booth, version=str(form["version"]))])
    except Refusal as refusal:
        errors, status = {"": str(refusal)}, http_status(refusal)
        return await _booth_page(request, edition, here, typed_of(here), errors=errors, status=status)
    return to_table(edition, _("Le kiosque « %(number)s » est enlevé.", number=here.number))


async def _put(request: PageRequest, edition: Edition, here: Booth | None) -> Response[str] | Redirect:
    form = await read_form(request, BoothForm)
    facts = facts_in(form, await categories_of(edition.id))
    status, changes = 422, None
    if facts:
        put = Put(code=here.code if here else "", version=str(form["version"]), facts=facts)
        try:
            done = await change_plan(edition.id, [put])
            number = (await _booth(edition, done.codes[0])).number
            return to_table(edition, _("Le kiosque « %(number)s » est enregistré.", number=number), *done.notes)
        except ChangedMeanwhile:
            here = await _booth(edition, put.code)
            form.typed["version"] = here.version
            status, changes = 409, differences(form, typed_of(here), LABELS, spoken(here))
        except (Conflict, Invalid) as refusal:
            form.refuse("", str(refusal))
    return await _booth_page(request, edition, here, typed_in(form), errors=form.errors, changes=changes, status=status)


async def _booth(edition: Edition, code: str) -> Booth:
    found = next((booth for booth in (await plan_of(edition.id)).booths if booth.code == code), None)
    if found is None:
        raise NoSuchBooth
    return found


async def _booth_page(
    request: PageRequest,
    edition: Edition,
    booth: Booth | None,
    typed: Mapping[str, str],
    *,
    errors: Mapping[str, str] | None = None,
    changes: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    occupants = await occupants_of(edition.id) if booth else {}
    return plan_page(
        request,
        "plan_booth",
        edition,
        status=status,
        booth=booth,
        typed=typed,
        errors=errors or {},
        changes=changes,
        labels=labels(LABELS),
        categories=await categories_of(edition.id),
        occupant=occupants.get(booth.code) if booth else None,
    )


router = Router(
    path=f"{PATH}/kiosques", route_handlers=[new_booth, add, one_booth, change, remove], include_in_schema=False
)

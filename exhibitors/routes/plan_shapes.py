"""One aisle, entrance, obstacle or label of the plan by a plain form."""

from collections.abc import Mapping

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict, Invalid, NotFound, Refusal, http_status
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.changed_meanwhile import differences, labels
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest
from exhibitors.domain.floor_plan import Shape, plan_of
from exhibitors.domain.plan_changes import change_plan
from exhibitors.domain.plan_pieces import SHAPES, Put, TakeAway
from exhibitors.routes.plan_pages import PATH, plan_page, to_table
from exhibitors.routes.plan_shape_form import LABELS, ShapeForm, facts_in, typed_in, typed_of

SAVED, REMOVED = N_("C’est enregistré sur le plan."), N_("C’est enlevé du plan.")


class NoSuchShape(NotFound):
    message = N_("Cet élément du plan n’existe pas, ou quelqu’un l’a enlevé.")


class Removal(Struct):
    version: str = ""


@get("/nouvelle", name="exhibitors:plan-new-shape", permission=Permission.ORGANISE)
async def new_shape(request: PageRequest, edition: RequestedEdition, genre: FromQuery[str] = "") -> Response[str]:
    """An empty form."""
    kind = genre if genre in SHAPES else "aisle"
    return _shape_page(request, edition, None, {**dict.fromkeys(LABELS, ""), "kind": kind, "version": ""})


@post("/nouvelle", name="exhibitors:plan-add-shape", permission=Permission.ORGANISE)
async def add(request: PageRequest, edition: RequestedEdition) -> Response[str] | Redirect:
    """One more."""
    return await _put(request, edition, None)


@get("/{shape:str}", name="exhibitors:plan-shape", permission=Permission.ORGANISE)
async def one_shape(request: PageRequest, edition: RequestedEdition, shape: FromPath[str]) -> Response[str]:
    """Its form, filled in."""
    here = await _shape(edition, shape)
    return _shape_page(request, edition, here, typed_of(here))


@post("/{shape:str}", name="exhibitors:plan-change-shape", permission=Permission.ORGANISE)
async def change(request: PageRequest, edition: RequestedEdition, shape: FromPath[str]) -> Response[str] | Redirect:
    """Whoever has not seen what somebody else changed sees it first."""
    return await _put(request, edition, await _shape(edition, shape))


@post("/{shape:str}/enlever", name="exhibitors:plan-remove-shape", permission=Permission.ORGANISE)
async def remove(request: PageRequest, edition: RequestedEdition, shape: FromPath[str]) -> Response[str] | Redirect:
    """Unless somebody has changed it meanwhile."""
    here, form = await _shape(edition, shape), await read_form(request, Removal)
    try:
        await change_plan(edition.id, [], [TakeAway(what="shape", code=shape, version=str(form["version"]))])
    except Refusal as refusal:
        errors, status = {"": str(refusal)}, http_status(refusal)
        return _shape_page(request, edition, here, typed_of(here), errors=errors, status=status)
    return to_table(edition, _(REMOVED))


async def _put(request: PageRequest, edition: Edition, here: Shape | None) -> Response[str] | Redirect:
    form = await read_form(request, ShapeForm)
    facts, status, changes = facts_in(form), 422, None
    if facts:
        put = Put(code=here.code if here else "", version=str(form["version"]), facts=facts)
        try:
            await change_plan(edition.id, [put])
            return to_table(edition, _(SAVED))
        except ChangedMeanwhile:
            here = await _shape(edition, put.code)
            form.typed["version"] = here.version
            status, changes = 409, differences(form, typed_of(here), LABELS, {"kind": _(SHAPES[here.kind])})
        except (Conflict, Invalid) as refusal:
            form.refuse("", str(refusal))
    return _shape_page(request, edition, here, typed_in(form), errors=form.errors, changes=changes, status=status)


async def _shape(edition: Edition, code: str) -> Shape:
    found = next((shape for shape in (await plan_of(edition.id)).shapes if shape.code == code), None)
    if found is None:
        raise NoSuchShape
    return found


def _shape_page(
    request: PageRequest,
    edition: Edition,
    shape: Shape | None,
    typed: Mapping[str, str],
    *,
    errors: Mapping[str, str] | None = None,
    changes: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response[str]:
    return plan_page(
        request,
        "plan_shape",
        edition,
        status=status,
        shape=shape,
        typed=typed,
        errors=errors or {},
        changes=changes,
        labels=labels(LABELS),
        kinds=[(kind, _(words)) for kind, words in SHAPES.items()],
    )


router = Router(
    path=f"{PATH}/formes", route_handlers=[new_shape, add, one_shape, change, remove], include_in_schema=False
)

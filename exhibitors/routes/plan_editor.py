"""The floor plan being drawn: tools over it, beside it what the check found; without scripts, links to forms."""

from litestar import Response, Router, get, post
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel.editions import Edition, NoSuchEdition, edition_called
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import _, ngettext
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest, see_other
from digital_days.kernel.web.urls import url
from exhibitors.domain.categories import categories_of
from exhibitors.domain.floor_plan import Plan, plan_of
from exhibitors.domain.halls import hide_plan, publish_plan
from exhibitors.domain.lengths import metres
from exhibitors.domain.plan_copying import NoSuchPlan, other_plans, take_plan
from exhibitors.domain.plan_pieces import SHAPES
from exhibitors.domain.plan_words import found_in
from exhibitors.domain.standings import occupants_of
from exhibitors.routes.plan_marks import Mark, plan_background
from exhibitors.routes.plan_pages import PATH, ROUTE, plan_page


class Publication(Struct):
    confirmed: bool = False


class Source(Struct):
    edition: str = ""


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """As it is now."""
    plan = await plan_of(edition.id)
    return plan_page(
        request,
        "plan_editor",
        edition,
        ROUTE,
        plan=plan,
        marks=await _marks(plan, edition),
        background=plan_background(plan, edition),
        metres=metres,
        findings=await found_in(plan),
        categories=await categories_of(edition.id),
        kinds={kind: _(words) for kind, words in SHAPES.items()},
        others=[] if plan.booths or plan.shapes else await other_plans(edition.id),
    )


@post("/publication", name="exhibitors:plan-publish", permission=Permission.ORGANISE)
async def publish(request: PageRequest, edition: RequestedEdition) -> Redirect:
    """After a box is ticked where the check has found something."""
    form = await read_form(request, Publication)
    try:
        await publish_plan(edition.id, confirmed=bool(form["confirmed"]))
    except Conflict as refusal:
        return _back(edition, str(refusal), kind="error")
    return _back(edition, _("Le plan est publié : tout le monde peut le voir."))


@post("/retrait", name="exhibitors:plan-hide", permission=Permission.ORGANISE)
async def hide(edition: RequestedEdition) -> Redirect:
    """Nothing of it is lost."""
    await hide_plan(edition.id)
    return _back(edition, _("Le plan n’est plus public."))


@post("/reprise", name="exhibitors:plan-take", permission=Permission.ORGANISE)
async def take(request: PageRequest, edition: RequestedEdition) -> Redirect:
    """The plan of another edition, into an empty hall."""
    form = await read_form(request, Source)
    try:
        known = [other.slug for other in await other_plans(edition.id)]
        if form["edition"] not in known:
            raise NoSuchPlan
        source = await edition_called(str(form["edition"]))
        count = await take_plan(edition.id, source_id=source.id)
    except (Conflict, NoSuchEdition) as refusal:
        return _back(edition, str(refusal), kind="error")
    return _back(edition, ngettext("%(num)s kiosque est repris.", "%(num)s kiosques sont repris.", count))


async def _marks(plan: Plan, edition: Edition) -> dict[str, Mark]:
    """Every booth leads to its form."""
    occupied = await occupants_of(edition.id)
    marks = {}
    for booth in plan.booths:
        by = occupied.get(booth.code)
        words = (
            _("Kiosque %(number)s : libre", number=booth.number)
            if by is None
            else _("Kiosque %(number)s : %(name)s", number=booth.number, name=by.name)
        )
        marks[booth.code] = Mark(
            state="free" if by is None else "held" if by.is_held else "taken",
            words=words,
            url=url("exhibitors:plan-booth", edition_slug=edition.slug, booth=booth.code),
            name=by.name if by else "",
        )
    return marks


def _back(edition: Edition, flash: str, *, kind: str = "success") -> Redirect:
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=flash, kind=kind)


router = Router(path=PATH, route_handlers=[show, publish, hide, take], include_in_schema=False)

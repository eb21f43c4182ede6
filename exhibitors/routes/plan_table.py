"""The plan as a table: every piece a row, everything that the drawing does by plain forms."""

from litestar import Response, Router, get, post
from litestar.response import Redirect
from msgspec import Struct, field

from digital_days.kernel.errors import Refusal
from digital_days.kernel.i18n import _, ngettext
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.pages import PageRequest
from exhibitors.domain.booth_rows import give_category
from exhibitors.domain.categories import categories_of
from exhibitors.domain.floor_plan import plan_of
from exhibitors.domain.lengths import metres
from exhibitors.domain.plan_pieces import SHAPES
from exhibitors.domain.plan_words import found_in
from exhibitors.domain.standings import occupants_of
from exhibitors.routes.plan_pages import PATH, TABLE, plan_page, to_table


class Chosen(Struct):
    """Booths that are ticked in the table, and the category for them."""

    booth: list[str] = field(default_factory=list)
    category: str = ""


@get("/tableau", name=TABLE, permission=Permission.ORGANISE)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Booths in the order of their numbers, then the other pieces."""
    plan = await plan_of(edition.id)
    return plan_page(
        request,
        "plan_table",
        edition,
        plan=plan,
        metres=metres,
        categories=await categories_of(edition.id),
        occupied=await occupants_of(edition.id),
        kinds={kind: _(words) for kind, words in SHAPES.items()},
        findings=await found_in(plan),
    )


@post("/categorie", name="exhibitors:plan-category", permission=Permission.ORGANISE)
async def categorise(request: PageRequest, edition: RequestedEdition) -> Redirect:
    """One category for all that are ticked."""
    chosen = (await read_form(request, Chosen)).value or Chosen()
    if not chosen.booth:
        return to_table(edition, _("Cochez d’abord les kiosques qui changent de catégorie."), kind="error")
    try:
        done = await give_category(edition.id, chosen.booth, chosen.category)
    except Refusal as refusal:
        return to_table(edition, str(refusal), kind="error")
    count = len(done.codes)
    words = ngettext("%(num)s kiosque a changé de catégorie.", "%(num)s kiosques ont changé de catégorie.", count)
    return to_table(edition, words, *done.notes)


router = Router(path=PATH, route_handlers=[show, categorise], include_in_schema=False)

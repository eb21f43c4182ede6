"""Taking a theme, an audience or a kind away: what bears it is told before."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from scheduling.domain.drafts import draft_of
from scheduling.domain.label_lists import label_numbered, remove_label, titles_with

ROUTE = "scheduling:label-lists"


@get("/", name="scheduling:label-removal", permission=Permission.ORGANISE)
async def before_removing(request: PageRequest, edition: RequestedEdition, number: FromPath[int]) -> Response[str]:
    """Which activities would have none."""
    draft = await draft_of(edition.id)
    label = await label_numbered(draft, number)
    titles, menu = await titles_with(draft, label), organiser_menu(edition, ROUTE)
    return page(
        request, "scheduling/label_removal.html", edition=edition, label=label, titles=titles, organiser_menu=menu
    )


@post("/", name="scheduling:remove-label", permission=Permission.ORGANISE)
async def remove(edition: RequestedEdition, number: FromPath[int]) -> Redirect:
    """Activities stay, without it."""
    draft = await draft_of(edition.id)
    label = await label_numbered(draft, number)
    await remove_label(draft, number)
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=_("« %(name)s » est enlevé.", name=label.title))


router = Router(
    path="/{edition_slug:str}/organisation/themes/{number:int}/enlever",
    route_handlers=[before_removing, remove],
    include_in_schema=False,
)

"""Taking a theme, an audience or a kind away: what bears it is told before, and who reserves seats for it first."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from scheduling.domain.drafts import draft_of
from scheduling.domain.label_lists import label_numbered
from scheduling.domain.label_removal import AudienceHasSeats, remove_label, reserving, titles_with

ROUTE = "scheduling:label-lists"


@get("/", name="scheduling:label-removal", permission=Permission.ORGANISE)
async def before_removing(request: PageRequest, edition: RequestedEdition, number: FromPath[int]) -> Response[str]:
    """Which activities would have none, or would keep seats for nobody."""
    return await _removal_page(request, edition, number)


@post("/", name="scheduling:remove-label", permission=Permission.ORGANISE)
async def remove(request: PageRequest, edition: RequestedEdition, number: FromPath[int]) -> Response[str] | Redirect:
    """Activities stay, without it."""
    draft = await draft_of(edition.id)
    label = await label_numbered(draft, number)
    try:
        await remove_label(draft, number)
    except AudienceHasSeats:
        return await _removal_page(request, edition, number, status=409)
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=_("« %(name)s » est enlevé.", name=label.title))


async def _removal_page(request: PageRequest, edition: Edition, number: int, *, status: int = 200) -> Response[str]:
    draft = await draft_of(edition.id)
    label = await label_numbered(draft, number)
    return page(
        request,
        "scheduling/label_removal.html",
        edition=edition,
        status_code=status,
        label=label,
        titles=await titles_with(draft, label),
        reserving=await reserving(label),
        organiser_menu=organiser_menu(edition, ROUTE),
    )


router = Router(
    path="/{edition_slug:str}/organisation/themes/{number:int}/enlever",
    route_handlers=[before_removing, remove],
    include_in_schema=False,
)

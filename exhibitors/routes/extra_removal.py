"""Taking an extra away, while nobody has rented it."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from exhibitors.domain.extra_writing import ExtraRented, remove_extra
from exhibitors.domain.extras import extra_called
from exhibitors.routes.extras import ROUTE


@get("/", name="exhibitors:extra-removal", permission=Permission.ORGANISE)
async def before_removing(request: PageRequest, edition: RequestedEdition, extra: FromPath[str]) -> Response[str]:
    """Whether somebody has rented it."""
    return await _removal_page(request, edition, extra)


@post("/", name="exhibitors:remove-extra", permission=Permission.ORGANISE)
async def remove(request: PageRequest, edition: RequestedEdition, extra: FromPath[str]) -> Response[str] | Redirect:
    """What somebody rents at this very moment stays."""
    try:
        await remove_extra(edition.id, extra)
    except ExtraRented as refusal:
        return await _removal_page(request, edition, extra, refusal=str(refusal))
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=_("Le supplément est enlevé."))


async def _removal_page(request: PageRequest, edition: Edition, code: str, *, refusal: str = "") -> Response[str]:
    return page(
        request,
        "exhibitors/extra_removal.html",
        edition=edition,
        status_code=409 if refusal else 200,
        extra=await extra_called(edition.id, code),
        errors={"": refusal} if refusal else {},
    )


router = Router(
    path="/{edition_slug:str}/organisation/salon/supplements/{extra:str}/enlever",
    route_handlers=[before_removing, remove],
    include_in_schema=False,
)

"""Taking a category away, once it is said what becomes of its booths."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from digital_days.kernel import wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _, ngettext
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import WholeNumber, read_form
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.urls import url
from exhibitors.domain.category_removal import CategoryHasExhibitors, MoreBooths, remove_category
from exhibitors.domain.category_uses import used_category
from exhibitors.routes.categories import ROUTE


class Removal(Struct, frozen=True):
    """How many booths the page said would be anybody's."""

    booths: WholeNumber = WholeNumber(0)


@get("/", name="exhibitors:category-removal", permission=Permission.ORGANISE)
async def before_removing(request: PageRequest, edition: RequestedEdition, category: FromPath[str]) -> Response[str]:
    """Who is in it, and how many booths are for it."""
    return await _removal_page(request, edition, category)


@post("/", name="exhibitors:remove-category", permission=Permission.ORGANISE)
async def remove(request: PageRequest, edition: RequestedEdition, category: FromPath[str]) -> Response[str] | Redirect:
    """No exhibitor and no booth goes with it."""
    form = await read_form(request, Removal)
    try:
        freed = await remove_category(edition.id, category, booths=form.value.booths if form.value else 0)
    except (CategoryHasExhibitors, MoreBooths) as refusal:
        return await _removal_page(request, edition, category, refusal=str(refusal))
    wake.soon()
    return see_other(url(ROUTE, edition_slug=edition.slug), flash=_removed(freed))


def _removed(booths: int) -> str:
    if not booths:
        return _("La catégorie est enlevée.")
    return ngettext(
        "La catégorie est enlevée; %(num)s kiosque est maintenant pour toutes les catégories.",
        "La catégorie est enlevée; %(num)s kiosques sont maintenant pour toutes les catégories.",
        booths,
    )


async def _removal_page(request: PageRequest, edition: Edition, code: str, *, refusal: str = "") -> Response[str]:
    return page(
        request,
        "exhibitors/category_removal.html",
        edition=edition,
        status_code=409 if refusal else 200,
        category=await used_category(edition.id, code),
        errors={"": refusal} if refusal else {},
    )


router = Router(
    path="/{edition_slug:str}/organisation/salon/categories/{category:str}/enlever",
    route_handlers=[before_removing, remove],
    include_in_schema=False,
)

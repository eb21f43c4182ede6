"""A phone that has read the code of an exhibitor's team: for whom it will read tickets, and the button."""

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from exhibitors.domain.scanners import pair, pairing_offered
from exhibitors.routes.paired import paired_by

PAIRED = N_("C’est fait : ce téléphone lit maintenant des billets.")


@get("/", name="exhibitors:pairing", permission=Permission.SIGNED_LINK)
async def show(request: PageRequest, edition: RequestedEdition, token: FromPath[str]) -> Response[str]:
    """Changes nothing: cameras and messengers open links to look at them."""
    name = await pairing_offered(edition.id, token)
    return page(request, "exhibitors/pairing.html", edition=edition, exhibitor_name=name)


@post("/", name="exhibitors:pair", permission=Permission.SIGNED_LINK)
async def pair_phone(edition: RequestedEdition, token: FromPath[str]) -> Redirect:
    """This browser is the phone from now on; the code has served."""
    secret = await pair(edition.id, token)
    answer = see_other(url("exhibitors:scanner", edition_slug=edition.slug), flash=_(PAIRED))
    answer.set_cookie(paired_by(secret))
    return answer


router = Router(
    path="/{edition_slug:str}/lecteur/jumeler/{token:str}",
    route_handlers=[show, pair_phone],
    after_request=keep_private,
    include_in_schema=False,
)

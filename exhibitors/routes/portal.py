"""The start page of an exhibitor's own space: where it stands, and what is left to do."""

from litestar import Response, Router, get
from litestar.params import FromPath

from digital_days.kernel.i18n import _
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.signed_in import signed_in
from exhibitors.domain.checklist import checklist_of
from exhibitors.domain.exhibitors import exhibitors_of
from exhibitors.domain.portals import booth_of
from exhibitors.routes.portal_menu import portal_menu
from exhibitors.routes.portal_page import acting_for

ROUTE = "exhibitors:portal"


@get("/", name="exhibitors:portals", permission=Permission.SIGNED_IN)
async def all_mine(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """All exhibitors for which the viewer acts."""
    mine = await exhibitors_of(edition.id, signed_in(request).id)
    return page(request, "exhibitors/portals.html", edition=edition, exhibitors=mine)


@get("/{exhibitor:str}", name=ROUTE, permission=Permission.SIGNED_IN)
async def start(request: PageRequest, edition: RequestedEdition, exhibitor: FromPath[str]) -> Response[str]:
    """State, booth and check-list."""
    own = await acting_for(request, edition, exhibitor)
    others = [each for each in await exhibitors_of(edition.id, signed_in(request).id) if each.code != own.code]
    return page(
        request,
        "exhibitors/portal.html",
        edition=edition,
        exhibitor=own,
        booth=await booth_of(own.id) or _("Pas encore choisi"),
        checklist=await checklist_of(own.id),
        others=others,
        portal_menu=portal_menu(edition, own, ROUTE),
    )


router = Router(
    path="/{edition_slug:str}/mon-kiosque",
    route_handlers=[all_mine, start],
    include_in_schema=False,
)

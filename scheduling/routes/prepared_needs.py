"""For those who prepare the rooms: what is needed where and when. Names stand here and nowhere else."""

from litestar import Response, Router, get

from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.signed_links import keep_private
from scheduling.domain.needs_by_slot import needs_by_slot, needs_without_slot

ROUTE = "scheduling:prepared-needs"


@get("/{edition_slug:str}/organisation/besoins", name=ROUTE, permission=Permission.ORGANISE)
async def prepared_needs(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """What is still to come, by time."""
    return page(
        request,
        "scheduling/prepared_needs.html",
        edition=edition,
        slots=await needs_by_slot(edition.id),
        without_slot=await needs_without_slot(edition.id),
        organiser_menu=organiser_menu(edition, ROUTE),
    )


router = Router(path="/", route_handlers=[prepared_needs], after_request=keep_private, include_in_schema=False)

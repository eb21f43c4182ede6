"""Groups as organisers see them: who to speak to, how many people, how many names are missing."""

from litestar import Response, Router, get

from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.signed_links import keep_private
from scheduling.domain.group_reading import groups_of


@get("/", name="scheduling:groups", permission=Permission.ORGANISE)
async def list_groups(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """The newest first."""
    return page(
        request,
        "scheduling/groups.html",
        edition=edition,
        organiser_menu=organiser_menu(edition, "scheduling:groups"),
        groups=await groups_of(edition.id),
    )


router = Router(
    path="/{edition_slug:str}/organisation/groupes",
    route_handlers=[list_groups],
    after_request=keep_private,
    include_in_schema=False,
)

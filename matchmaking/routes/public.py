"""What the speed dating is, when and where: for everybody."""

from litestar import Response, get

from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, page
from matchmaking.domain.participations import participation_of
from matchmaking.domain.settings import speed_dating_of

ROUTE = "matchmaking:speed-dating"


@get("/{edition_slug:str}/rencontres-eclair", name=ROUTE, permission=Permission.PUBLIC)
async def speed_dating(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """With the way in, while it is open, and one's own pages for who takes part."""
    mine = await participation_of(request.user.id, edition.id) if request.user else None
    return page(
        request,
        "matchmaking/speed_dating.html",
        edition=edition,
        dating=await speed_dating_of(edition.id),
        takes_part=mine is not None and mine.is_active,
    )

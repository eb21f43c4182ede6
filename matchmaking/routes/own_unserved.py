"""Why one does not meet those whom one wished to meet."""

from litestar import Response, get

from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.signed_in import signed_in
from matchmaking.domain.own_unserved import own_unserved
from matchmaking.domain.participations import participation_of


@get("/{edition_slug:str}/mes-rencontres/pourquoi", name="matchmaking:own-unserved", permission=Permission.SIGNED_IN)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Whoever takes no part reads that nothing is missing."""
    mine = await participation_of(signed_in(request).id, edition.id)
    return page(
        request,
        "matchmaking/own_unserved.html",
        edition=edition,
        not_met=await own_unserved(mine) if mine is not None and mine.is_active else [],
    )

"""One's meetings, for the phone: when, at which table, with whom."""

from litestar import Response, get

from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.kernel.web.signed_in import signed_in
from matchmaking.domain.agenda_items import meetings_seated
from matchmaking.domain.participations import participation_of
from matchmaking.domain.publications import last_publication

ROUTE = "matchmaking:own-meetings"


@get("/{edition_slug:str}/mes-rencontres", name=ROUTE, permission=Permission.SIGNED_IN)
async def own_meetings(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Cancelled and changed ones are marked; before anything is published it says what to do meanwhile."""
    viewer = signed_in(request)
    mine = await participation_of(viewer.id, edition.id)
    return page(
        request,
        "matchmaking/own_meetings.html",
        edition=edition,
        meetings=await meetings_seated(viewer.id, edition.id),
        takes_part=mine is not None and mine.is_active,
        is_published=(await last_publication(edition.id)).number > 0,
    )

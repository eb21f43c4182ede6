"""An audience's own page: the student programme, the business forum, the moments for everybody."""

from litestar import Router, get
from litestar.params import FromPath
from litestar.response.base import ASGIResponse

from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.page_cache import public_page
from digital_days.kernel.web.pages import PageRequest
from scheduling.domain.activities import slots_held
from scheduling.domain.audiences import audience_called, days_for, without_time_for
from scheduling.domain.programme_reading import programme_of
from scheduling.routes.labels import given_in


@get("/{edition_slug:str}/publics/{label_slug:str}", name="scheduling:audience", permission=Permission.PUBLIC)
async def audience(request: PageRequest, edition: RequestedEdition, label_slug: FromPath[str]) -> ASGIResponse:
    """What is meant for these people, day by day."""
    shown = await programme_of(edition.id)
    wanted = audience_called(shown, label_slug)
    held = await slots_held(request.user.id, edition.id) if request.user else frozenset[str]()
    return public_page(
        request,
        "scheduling/audience.html",
        edition=edition,
        version=shown.version,
        query="",
        context=lambda: {
            "audience": wanted,
            "days": days_for(shown, wanted),
            "without_time": without_time_for(shown, wanted),
            "held": held,
            "given_in": given_in,
        },
    )


router = Router(path="/", route_handlers=[audience], include_in_schema=False)

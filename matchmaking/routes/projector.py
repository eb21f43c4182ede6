"""The screen in the hall: how long the round lasts, and who goes to which table next. For everybody."""

from litestar import Response, Router, get
from litestar.params import FromQuery

from digital_days.kernel import clock
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.page_cache import JSON
from digital_days.kernel.web.pages import PageRequest, page
from matchmaking.domain.hall import hall_of
from matchmaking.routes.day_feed import answer, day_of, days

ROUTE = "matchmaking:projector"


@get("/", name=ROUTE, permission=Permission.PUBLIC)
async def show(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """Readable without scripts too, which then ask for it again and again."""
    hall = await hall_of(edition.id)
    now = clock.now()
    standing = hall.course.standing(now)
    shown = standing.shown
    return page(
        request,
        "matchmaking/projector.html",
        edition=edition,
        course=hall.course,
        standing=standing,
        now=now,
        seats=hall.seats.get(shown.number, []) if shown else [],
        last=hall.course.last,
        told=answer(day_of(hall)).decode(),
    )


@get("/suivre", name="matchmaking:follow-day", permission=Permission.PUBLIC)
async def follow(edition: RequestedEdition, connu: FromQuery[str] = "") -> Response[bytes]:
    """The server's clock; the day with it, except for whoever says that they know it."""
    body = answer(await days.get(edition.id), connu)
    return Response(body, media_type=JSON, headers={"cache-control": "no-store"})


router = Router(
    path="/{edition_slug:str}/rencontres-eclair/projecteur", route_handlers=[show, follow], include_in_schema=False
)

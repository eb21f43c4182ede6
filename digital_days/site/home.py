"""The front door, and the front page of an edition."""

from litestar import Response, Router, get

from digital_days.kernel import clock, i18n
from digital_days.kernel.editions import Edition, editions_nearest_first
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.languages import FrenchOnly
from digital_days.kernel.web.pages import PageRequest, page
from digital_days.site.edition_dates import dates
from matchmaking.domain.settings import speed_dating_of
from scheduling.domain.audiences import audiences_of
from scheduling.domain.programme_reading import programme_of


@get("/", name="site:home", permission=Permission.PUBLIC)
async def home(request: PageRequest) -> Response[str]:
    """The edition that goes on or comes next, large; the others below."""
    editions = await editions_nearest_first()
    if not editions:
        return page(request, "site/no_edition.html")
    first, *others = editions
    if i18n.current() == "en" and not first.opens_english:
        raise FrenchOnly
    return await _welcome(request, first, others=others, alone=False)


@get("/{edition_slug:str}", name="site:edition", permission=Permission.PUBLIC)
async def edition_page(request: PageRequest, edition: RequestedEdition) -> Response[str]:
    """The same welcome, for one edition."""
    return await _welcome(request, edition, others=[], alone=True)


async def _welcome(request: PageRequest, edition: Edition, *, others: list[Edition], alone: bool) -> Response[str]:
    programme, now = await programme_of(edition.id), clock.now()
    return page(
        request,
        "site/home.html",
        edition=edition,
        others=others,
        audiences=await audiences_of(edition.id),
        activities=len(programme.slots_of),
        seats_left=sum(slot.left or 0 for slot in programme.slots if slot.has_seats_left and slot.starts_at > now),
        alone=alone,
        has_speed_dating=(await speed_dating_of(edition.id)).is_held,
        dates=dates,
    )


router = Router(path="/", route_handlers=[home, edition_page], include_in_schema=False)

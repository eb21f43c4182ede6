"""What changed from one release to the next: a page, and a feed for those who follow it."""

from litestar import Router, get
from litestar.response.base import ASGIResponse

from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.page_cache import kept, public_page
from digital_days.kernel.web.pages import PageRequest
from scheduling.domain.changelog import changelog_of
from scheduling.routes.changes_feed import ATOM, changes_feed


@get("/", name="scheduling:changes", permission=Permission.PUBLIC)
async def changes(request: PageRequest, edition: RequestedEdition) -> ASGIResponse:
    """Every release, the latest first."""
    log = await changelog_of(edition.id)
    return public_page(
        request,
        "scheduling/changes.html",
        edition=edition,
        version=log.version,
        query="",
        context=lambda: {"log": log},
    )


@get("/fil.atom", name="scheduling:changes-feed", permission=Permission.PUBLIC)
async def feed(request: PageRequest, edition: RequestedEdition) -> ASGIResponse:
    """The same for feed readers, revalidated by its ETag."""
    log = await changelog_of(edition.id)
    return kept(
        request,
        version=(log.version, edition),
        query="",
        make=lambda: changes_feed(edition, log),
        media_type=ATOM,
    )


router = Router(
    path="/{edition_slug:str}/programme/nouveautes", route_handlers=[changes, feed], include_in_schema=False
)

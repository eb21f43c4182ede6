"""What every public body owes its visitors: how it handles their data, and whether everybody can use its pages."""

from litestar import Response, Router, get

from digital_days.kernel.editions import editions_nearest_first
from digital_days.kernel.permissions import Permission
from digital_days.kernel.settings import current
from digital_days.kernel.web.pages import PageRequest, page


@get("/confidentialite", name="site:privacy", permission=Permission.PUBLIC)
async def privacy(request: PageRequest) -> Response[str]:
    """What is collected, why, who sees it, how long, and whom to ask."""
    return page(request, "site/privacy.html", contact=current().privacy_email)


@get("/accessibilite", name="site:accessibility", permission=Permission.PUBLIC)
async def accessibility(request: PageRequest) -> Response[str]:
    """What was done so that everybody can use the pages, and whom to tell where it fails."""
    editions = await editions_nearest_first()
    contact = editions[0].contact_email if editions else current().organiser_email
    return page(request, "site/accessibility.html", contact=contact)


router = Router(path="/", route_handlers=[privacy, accessibility], include_in_schema=False)

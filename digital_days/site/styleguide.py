"""Every component once, for whoever builds pages."""

from litestar import Response, get

from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.pages import PageRequest, page


@get("/styleguide", name="site:styleguide", permission=Permission.DEVELOPMENT, include_in_schema=False)
async def styleguide(request: PageRequest) -> Response[str]:
    """In French only: it is for builders."""
    return page(request, "styleguide.html", bilingual=False)

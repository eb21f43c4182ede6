"""What somebody reads who cannot have the booth they want: why, and which ones nearby they can have instead."""

from litestar import Response

from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Refusal
from digital_days.kernel.web.pages import PageRequest, page
from exhibitors.domain.booth_choice import free_near
from exhibitors.domain.exhibitors import Exhibitor
from exhibitors.routes.booth_rows import size_of


async def booth_refused(
    request: PageRequest, edition: Edition, exhibitor: Exhibitor, refusal: Refusal, *, wanted: str, status: int = 409
) -> Response[str]:
    """A short page, since many read it at the same moment; ``wanted`` is the booth's code."""
    return page(
        request,
        "exhibitors/booth_refused.html",
        edition=edition,
        status_code=status,
        exhibitor=exhibitor,
        refusal=str(refusal),
        proposed=[(booth, size_of(booth)) for booth in await free_near(exhibitor, wanted)],
    )

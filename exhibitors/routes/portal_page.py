"""Who asks for a page of an exhibitor's own space."""

from digital_days.kernel.editions import Edition
from digital_days.kernel.web.pages import PageRequest
from digital_days.kernel.web.signed_in import signed_in
from exhibitors.domain.exhibitors import Exhibitor, own_exhibitor


async def acting_for(request: PageRequest, edition: Edition, code: str) -> Exhibitor:
    """The exhibitor for which the viewer acts; raises ``NoSuchExhibitor`` for everybody else."""
    return await own_exhibitor(edition.id, signed_in(request).id, code)

"""What nobody needs any more of a fair goes."""

from datetime import datetime

from exhibitors.domain.documents import forget_files
from exhibitors.domain.lead_forgetting import forget_unshared_leads
from exhibitors.domain.logos import forget_logos
from exhibitors.domain.plan_pictures import forget_plan_pictures
from exhibitors.domain.shift_ending import forget_shifts
from exhibitors.domain.staff_forgetting import forget_badges


async def tidy(now: datetime) -> None:
    """Pictures that nobody has, files that nothing names, badges, shifts and unshared leads of fairs long over."""
    await forget_plan_pictures(now)
    await forget_files(now)
    await forget_logos(now)
    await forget_badges(now)
    await forget_shifts(now)
    await forget_unshared_leads(now)

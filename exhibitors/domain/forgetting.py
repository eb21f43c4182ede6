"""People whom the fair needs no more: neither who acts for an exhibitor, nor whom one has met."""

from datetime import datetime

from exhibitors.domain.lead_forgetting import forget_leads
from exhibitors.domain.staff_forgetting import forget_staff


async def forget(people: list[int], before: datetime) -> list[int]:
    """Inside the caller's transaction, which holds these people: those whom nothing here needs since then."""
    return await forget_staff(await forget_leads(people, before), before)

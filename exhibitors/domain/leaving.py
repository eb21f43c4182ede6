"""What an exhibitor that withdraws gives back: its quarter of an hour, its people's time and their tickets."""

from exhibitors.domain.arrivals import cancel_arrival
from exhibitors.domain.badges import badges_of, remove_badge
from exhibitors.domain.shift_ending import end_shifts


async def give_all_back(exhibitor_id: int) -> None:
    """Inside the caller's transaction; again is harmless."""
    await cancel_arrival(exhibitor_id)
    await end_shifts(exhibitor_id)
    for badge in await badges_of(exhibitor_id):
        await remove_badge(exhibitor_id, badge.code)

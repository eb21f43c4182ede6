"""What organisers write of categories and extras takes its turn among bookings."""

from digital_days.kernel import clock, database


async def fair_turn(edition_id: int) -> None:
    """Inside a transaction: until its end nobody else holds, books or writes here; call it first, and again after
    what frees a booth: who waits is offered it."""
    await database.fetch("SELECT exhibitors_go_on($1, $2)", edition_id, clock.now())

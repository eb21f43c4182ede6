"""What becomes due by the clock alone: holds run out, and who waits is offered what is free."""

from datetime import datetime

from digital_days.kernel import database


async def end_holds(now: datetime) -> None:
    """Each edition in a transaction of its own; several workers at once are harmless."""
    rows = await database.fetch(
        """
        SELECT b.edition FROM booking k JOIN booth b ON b.id = k.booth
        WHERE k.state = 'held' AND k.held_until <= $1
        UNION
        SELECT x.edition FROM booth_waiting w JOIN exhibitor x ON x.id = w.exhibitor
        ORDER BY edition
        """,
        now,
    )
    for row in rows:
        await database.fetch("SELECT exhibitors_go_on($1, $2)", row["edition"], now)

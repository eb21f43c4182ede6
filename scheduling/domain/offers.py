"""Free seats go to who waits for them: at once where something frees one, and by the clock where a time is over."""

from collections.abc import Collection
from datetime import datetime

from digital_days.kernel import database


async def go_on(slots: Collection[int], now: datetime) -> int:
    """Ends the offers of these slots whose time is over and offers each free seat to the next; how many offers.

    Whatever frees a seat calls it in its own transaction, and holds nothing that comes after slots.
    """
    if not slots:
        return 0
    row = await database.fetch_one("SELECT scheduling_go_on($1, $2) AS offers", list(slots), now)
    return int(row["offers"]) if row else 0


async def sweep(now: datetime) -> int:
    """Goes on wherever the clock alone asks for it, each slot in a transaction of its own; how many offers.

    An offer's time is over, an activity has begun, a seat has ceased to be reserved, more seats have been put out.
    Any number of workers may do it at once.
    """
    rows = await database.fetch(
        """
        SELECT DISTINCT w.slot FROM waiting_entry w
        JOIN slot s ON s.id = w.slot
        JOIN activity a ON a.id = s.activity
        LEFT JOIN activity_rules r ON r.edition = a.edition AND r.activity = a.source_id
        WHERE w.state IN ('waiting', 'offered') AND (
            w.deadline <= $1
            OR w.state = 'waiting' AND s.taken + s.held < s.seats
            OR s.state <> 'scheduled' OR s.seats IS NULL OR least(s.starts_at, r.closes_at) <= $1
        )
        ORDER BY w.slot
        """,
        now,
    )
    return sum([await go_on([row["slot"]], now) for row in rows])

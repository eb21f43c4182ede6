"""What has become of a seat that was offered to somebody who did not take it."""

from typing import Literal

from digital_days.kernel import clock, database
from scheduling.domain.waiting import InLine

SeatAfter = Literal["free", "next", "gone"]


async def seat_after(entry: InLine) -> SeatAfter:
    """``free``: one can be had by this very person now. ``next``: theirs was offered to somebody else at once."""
    if entry.state == "offered":  # its time is over, and the sweep has not come by
        return "gone"
    row = await database.fetch_one(
        """
        SELECT s.state = 'scheduled' AND s.seats IS NOT NULL AND least(s.starts_at, r.closes_at) > $2
            AND scheduling_why_not(w, $2) IS NULL AS is_free,
            EXISTS (
                SELECT FROM waiting_event v JOIN waiting_entry o ON o.id = v.entry
                WHERE o.slot = w.slot AND o.id <> w.id AND v.kind = 'offered'
                    AND v.at = (SELECT max(e.at) FROM waiting_event e WHERE e.entry = w.id AND e.kind = w.state)
            ) AS went_on
        FROM waiting_entry w JOIN slot s ON s.id = w.slot JOIN activity a ON a.id = s.activity
        LEFT JOIN activity_rules r ON r.edition = a.edition AND r.activity = a.source_id
        WHERE w.code = $1
        """,
        entry.code,
        clock.now(),
    )
    if row and row["is_free"]:
        return "free"
    return "next" if row and row["went_on"] else "gone"

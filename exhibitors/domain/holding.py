"""Options: an exhibitor holds a booth for some minutes while it decides."""

from digital_days.kernel import clock, codes, database
from exhibitors.domain.booth_refusals import REFUSALS


async def hold_booth(exhibitor_id: int, booth: str, *, by_hand: bool = False) -> str:
    """Holds the booth with this code, in one round trip; the hold's code. Asked again, the same: nothing is prolonged.

    A hold of another booth ends only when this one is had. ``by_hand``: an organiser gives it, whatever category and
    dates say. Raises what ``booth_refusals`` names; of fifty who ask at once, one is not refused.
    """
    [row] = await database.fetch(
        "SELECT outcome, code, number FROM exhibitors_hold_booth($1, $2, $3, $4, $5)",
        exhibitor_id,
        booth,
        codes.new_code(),
        by_hand,
        clock.now(),
    )
    if row["outcome"] in ("held", "again"):
        return str(row["code"])
    raise REFUSALS[row["outcome"]](number=row["number"] or "")

"""Which booths an exhibitor may have: those of its category or of anybody, and what stands in the way of each."""

from typing import Literal

from digital_days.kernel import clock, database
from exhibitors.domain.exhibitors import Exhibitor
from exhibitors.domain.floor_plan import Booth
from exhibitors.domain.standings import Occupant

BoothState = Literal["free", "held", "taken", "mine", "other"]
"""As one exhibitor sees a booth; « other »: of another category."""
PROPOSED = 3


def state_for(exhibitor: Exhibitor, booth: Booth, occupant: Occupant | None) -> BoothState:
    """What the exhibitor may know of the booth."""
    if occupant and occupant.exhibitor == exhibitor.code:
        return "mine"
    if booth.category not in ("", exhibitor.category_code):
        return "other"
    return occupant.standing if occupant else "free"


async def free_near(exhibitor: Exhibitor, booth: str) -> list[Booth]:
    """The free booths nearest to the one with this code, which comes first where it is free itself; one query.

    By the distance of their middles; any where it is no longer on the plan.
    """
    rows = await database.fetch(
        """
        SELECT b.code, b.number, b.x, b.y, b.width, b.depth, b.power, b.network, b.step_free
        FROM booth b LEFT JOIN booth w ON w.code = $3 AND w.edition = b.edition
        WHERE b.edition = $1 AND (b.category = $2 OR b.category IS NULL) AND NOT EXISTS (
            SELECT FROM booking k
            WHERE k.booth = b.id AND (k.state = 'confirmed' OR k.state = 'held' AND k.held_until > $4)
        )
        ORDER BY power(2 * (b.x - w.x) + b.width - w.width, 2) + power(2 * (b.y - w.y) + b.depth - w.depth, 2), b.id
        LIMIT $5
        """,
        exhibitor.edition_id,
        exhibitor.category_id,
        booth,
        clock.now(),
        PROPOSED,
    )
    return [Booth(**row) for row in rows]

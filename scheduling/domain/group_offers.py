"""What a group can choose from, and the audiences for whom seats are kept."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import localized
from scheduling.domain.doors import slots_with_seats_left
from scheduling.domain.slots import SlotSummary


async def slots_for_groups(edition_id: int) -> dict[date, list[SlotSummary]]:
    """Those with seats left that have not begun, by the event's day and time."""
    now = clock.now()
    days = await slots_with_seats_left(edition_id)
    coming = {day: [slot for slot in slots if slot.starts_at > now] for day, slots in days.items()}
    return {day: slots for day, slots in coming.items() if slots}


async def audiences_with_seats(edition_id: int) -> list[tuple[str, str]]:
    """Slug and name of each audience for whom an activity keeps seats."""
    rows = await database.fetch(
        """
        SELECT l.slug, l.name_fr, l.name_en FROM label l
        WHERE l.edition = $1 AND l.facet = 'audience' AND EXISTS (
            SELECT FROM activity_rules r WHERE r.edition = $1 AND r.reserved_for = l.slug
        )
        ORDER BY l.position, l.id
        """,
        edition_id,
    )
    return [(row["slug"], localized(row["name_fr"], row["name_en"])) for row in rows]


def at_the_same_time(slots: Sequence[SlotSummary]) -> tuple[SlotSummary, SlotSummary] | None:
    """Two of these that nobody can attend both; none where there are no such."""
    pairs = combinations(slots, 2)
    return next(
        ((one, other) for one, other in pairs if one.starts_at < other.ends_at and other.starts_at < one.ends_at), None
    )

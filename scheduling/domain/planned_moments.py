"""Slots of a draft in words: what somebody should know before they change what holds them."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import _, format_day, format_time_range, localized
from scheduling.domain.event_days import is_day_of


class PlannedMoment(Struct, frozen=True, kw_only=True):
    id: int
    title_fr: str
    title_en: str
    starts_at: datetime
    ends_at: datetime

    @property
    def words(self) -> str:
        """Which activity, on which day, from when to when."""
        return _(
            "« %(title)s », %(day)s, %(hours)s",
            title=localized(self.title_fr, self.title_en),
            day=format_day(self.starts_at),
            hours=format_time_range(self.starts_at, self.ends_at),
        )


_MOMENTS = """
    SELECT s.id, a.title_fr, a.title_en, s.starts_at, s.ends_at FROM slot s JOIN activity a ON a.id = s.activity
    WHERE a.edition = $1 AND s.state = 'scheduled'
"""


async def moments_in_room(draft_id: int, room_id: int) -> list[PlannedMoment]:
    """By time."""
    rows = await database.fetch(f"{_MOMENTS} AND s.room = $2 ORDER BY s.starts_at, s.id", draft_id, room_id)
    return [PlannedMoment(**row) for row in rows]


async def moments_outside(draft_id: int, starts_on: date, ends_on: date) -> list[PlannedMoment]:
    """What is planned on no day from the first to the last; the night after a day belongs to it."""
    rows = await database.fetch(f"{_MOMENTS} ORDER BY s.starts_at, s.id", draft_id)
    return outside([PlannedMoment(**row) for row in rows], starts_on, ends_on)


def outside(moments: Sequence[PlannedMoment], starts_on: date, ends_on: date) -> list[PlannedMoment]:
    """Those that begin on none of these days."""
    return [moment for moment in moments if not is_day_of(starts_on, ends_on, moment.starts_at)]

"""The doors of a day: each slot with its room, its seats and how many have come."""

from datetime import date, datetime, time, timedelta
from itertools import groupby

from digital_days.kernel import clock, database
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import TORONTO
from scheduling.domain.slots import SUMMARY, WITH_ROOM, SlotSummary


class Door(SlotSummary, frozen=True, kw_only=True):
    """A slot as the list of doors shows it."""

    present: int

    @property
    def is_open(self) -> bool:
        """From a quarter of an hour before the beginning to the end: where a volunteer stands now."""
        return self.starts_at - timedelta(minutes=15) <= clock.now() < self.ends_at


def festival_days(edition: Edition) -> list[date]:
    """Every day of the edition, the first and the last included."""
    return [edition.starts_on + timedelta(days=n) for n in range((edition.ends_on - edition.starts_on).days + 1)]


async def doors(edition_id: int, day: date) -> list[Door]:
    """The slots that begin on this local day, by time and room."""
    midnight = datetime.combine(day, time.min, TORONTO)
    rows = await database.fetch(
        f"""
        SELECT {SUMMARY},
            (SELECT count(*) FROM attendance t WHERE t.slot = s.id AND t.state = 'present') AS present
        FROM {WITH_ROOM}
        WHERE a.edition = $1 AND s.starts_at >= $2 AND s.starts_at < $3
        ORDER BY s.starts_at, r.position, r.name, s.id
        """,
        edition_id,
        midnight,
        datetime.combine(day + timedelta(days=1), time.min, TORONTO),
    )
    return [Door(**row) for row in rows]


async def slots_with_seats_left(edition_id: int) -> dict[date, list[SlotSummary]]:
    """What the welcome desk can still offer, what goes on included; by local day and time."""
    rows = await database.fetch(
        f"""
        SELECT {SUMMARY} FROM {WITH_ROOM}
        WHERE a.edition = $1 AND s.state = 'scheduled' AND s.ends_at > $2 AND s.taken < s.seats
        ORDER BY s.starts_at, a.title_fr, s.id
        """,
        edition_id,
        clock.now(),
    )
    slots = [SlotSummary(**row) for row in rows]
    return {day: list(group) for day, group in groupby(slots, key=_local_day)}


def _local_day(slot: SlotSummary) -> date:
    return slot.starts_at.astimezone(TORONTO).date()

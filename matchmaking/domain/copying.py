"""What the speed dating of a new edition takes from an earlier one: when, where, how; nobody who took part."""

from datetime import datetime, timedelta

from msgspec import structs

from digital_days.kernel import database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.local_times import days_later
from digital_days.kernel.need_terms import copy_terms
from matchmaking.domain.rounds import Session
from matchmaking.domain.settings import change_speed_dating, speed_dating_of


async def copy_speed_dating(source_id: int, edition_id: int, days: timedelta) -> bool:
    """In one transaction, every hour so many days later by our clocks; False where there is nothing to copy.

    Nor where the other edition has a speed dating already.
    """

    def later(moment: datetime | None) -> datetime | None:
        return days_later(moment, days) if moment else None

    earlier = await speed_dating_of(source_id)
    if not earlier.version:
        return False
    sessions = tuple(
        Session(starts_at=days_later(each.starts_at, days), ends_at=days_later(each.ends_at, days))
        for each in earlier.sessions
    )
    times = {"opens_at": later(earlier.opens_at), "closes_at": later(earlier.closes_at), "sessions": sessions}
    async with database.transaction():
        await copy_terms(source_id, edition_id)
        try:
            await change_speed_dating(structs.replace(earlier, edition_id=edition_id, version="", **times))
        except ChangedMeanwhile:
            return False
    return True

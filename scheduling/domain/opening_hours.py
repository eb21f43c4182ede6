"""When the doors of each day are open; a day without hours is open all day."""

from collections.abc import Mapping
from datetime import date, time

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from scheduling.domain.drafts import hold
from scheduling.domain.rows import insert_rows

Hours = Mapping[date, tuple[time, time]]


class OpeningHours(Struct, frozen=True, kw_only=True):
    """``version`` says what somebody has seen who changes them."""

    hours: Hours
    version: str


async def opening_hours_of(draft_id: int) -> OpeningHours:
    """By day; one query."""
    rows = await database.fetch(
        "SELECT day, opens_at, closes_at FROM opening_hours WHERE edition = $1 ORDER BY day", draft_id
    )
    hours = {row["day"]: (row["opens_at"], row["closes_at"]) for row in rows}
    version = " ".join(f"{day} {opens}-{closes}" for day, (opens, closes) in hours.items())
    return OpeningHours(hours=hours, version=version)


async def say_opening_hours(draft_id: int, hours: Hours, *, version: str) -> None:
    """All days at once; those left out have no hours any more. Raises ``ChangedMeanwhile``."""
    async with database.transaction():
        await hold(draft_id)
        if (await opening_hours_of(draft_id)).version != version:
            raise ChangedMeanwhile
        await database.fetch("DELETE FROM opening_hours WHERE edition = $1", draft_id)
        await insert_rows(
            "opening_hours",
            [
                {"edition": draft_id, "day": day, "opens_at": opens, "closes_at": closes}
                for day, (opens, closes) in hours.items()
            ],
        )

"""The moments of somebody's favourites as entries of a calendar: thought of, not promised."""

from collections.abc import Collection

from digital_days.kernel import database
from digital_days.kernel.calendar_file import CalendarEntry
from digital_days.kernel.database import Row
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import localized
from digital_days.kernel.web.urls import absolute, url

_CALENDARS = "favourites.digital-days"


async def favourite_entries(edition: Edition, activities: Collection[str]) -> list[CalendarEntry]:
    """One for each slot of these activities, cancelled ones as such; one query."""
    rows = await database.fetch(
        """
        SELECT s.code, s.sequence, greatest(s.updated_at, a.updated_at) AS updated_at, s.starts_at, s.ends_at, s.state,
            a.code AS activity_code, a.title_fr, a.title_en, a.summary_fr, a.summary_en,
            coalesce(r.name, '') AS room, coalesce(r.venue, '') AS venue, coalesce(r.address, '') AS address
        FROM slot s JOIN activity a ON a.id = s.activity LEFT JOIN room r ON r.id = s.room
        WHERE a.edition = $1 AND a.code = ANY($2) ORDER BY s.starts_at, s.id
        """,
        edition.id,
        list(activities),
    )
    return [_entry(row, edition) for row in rows]


def _entry(row: Row, edition: Edition) -> CalendarEntry:
    page = url("scheduling:activity", edition_slug=edition.slug, activity_code=row["activity_code"], plage=row["code"])
    return CalendarEntry(
        uid=f"{row['code']}@{_CALENDARS}",
        sequence=row["sequence"],
        summary=localized(row["title_fr"], row["title_en"]),
        description=localized(row["summary_fr"], row["summary_en"]),
        location=", ".join(dict.fromkeys(filter(None, (row["room"], row["venue"], row["address"])))),
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        status="CANCELLED" if row["state"] == "cancelled" else "TENTATIVE",
        updated_at=row["updated_at"],
        url=absolute(page),
    )

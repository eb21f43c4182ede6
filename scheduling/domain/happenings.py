"""The public activities, as other services point to them."""

from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.happenings import Happening
from digital_days.kernel.web.urls import url
from scheduling.domain.programme_reading import programme_of


async def happenings(edition_id: int) -> list[Happening]:
    """In the order of their first slots; usually without a question to the database."""
    programme, edition = await programme_of(edition_id), await edition_numbered(edition_id)
    found = []
    for code, activity in programme.activities.items():
        first = next((slot for slot in programme.slots_of.get(code, ()) if not slot.cancelled), None)
        found.append(
            Happening(
                code=code,
                title=str(activity.title),
                starts_at=first.starts_at if first else None,
                place=str(first.room.name) if first and first.room else "",
                path=url("scheduling:activity", edition_slug=edition.slug, activity_code=code),
            )
        )
    return found

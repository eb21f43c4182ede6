"""The public programme for other services: each activity once, at its first time that is on."""

from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.happenings import Happening
from digital_days.kernel.web.urls import url
from scheduling.domain.programme import Slot
from scheduling.domain.programme_reading import programme_of


async def happenings(edition_id: int) -> list[Happening]:
    """What is called off as a whole is left out."""
    edition, programme = await edition_numbered(edition_id), await programme_of(edition_id)
    first: dict[str, Slot] = {}
    for slot in programme.slots:
        if not slot.cancelled:
            first.setdefault(slot.activity.code, slot)
    return [
        Happening(
            code=code,
            title=str(slot.activity.title),
            starts_at=slot.starts_at,
            place=str(slot.room.name) if slot.room else "",
            path=url("scheduling:activity", edition_slug=edition.slug, activity_code=code),
        )
        for code, slot in first.items()
    ]

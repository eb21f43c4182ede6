"""Places as lines of a person's agenda."""

from digital_days.kernel.agenda import AgendaItem
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.private_links import private_path
from scheduling.domain.held_places import HeldPlace, places_of

CHOOSE = N_("Le programme a changé : vous avez autre chose à ce moment-là. Dites-nous ce que vous gardez.")


async def agenda_items(person_id: int, edition_id: int) -> list[AgendaItem]:
    """For the kernel's agenda: places held, and as cancelled those given back or whose slot was called off."""
    return [_item(place) for place in await places_of(person_id, edition_id)]


def _item(place: HeldPlace) -> AgendaItem:
    open_to_cancel = place.is_on and not place.has_started
    return AgendaItem(
        uid=place.uid,
        sequence=place.sequence,
        updated_at=place.updated_at,
        title=place.title,
        summary=place.summary,
        starts_at=place.starts_at,
        ends_at=place.ends_at,
        place=place.where,
        path=place.path,
        cancelled=not place.is_on,
        cancel_path=private_path("scheduling:place", "place", place.code) if open_to_cancel else "",
        asks=place.asks,
        question=_(CHOOSE) if place.must_choose and open_to_cancel else "",
    )

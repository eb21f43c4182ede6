"""The public programme's slots with their addresses, in the reader's language: for calendars and search engines."""

from digital_days.kernel import i18n
from digital_days.kernel.editions import Edition
from digital_days.kernel.web.urls import absolute, url
from scheduling.domain.programme import Slot
from scheduling.exports.public_slots import PublicEdition, PublicPerson, PublicSlot


def public_slot(slot: Slot, edition: Edition) -> PublicSlot:
    """As its page says it."""
    activity, room = slot.activity, slot.room
    page = url("scheduling:activity", edition_slug=edition.slug, activity_code=activity.code, plage=slot.code)
    return PublicSlot(
        code=slot.code,
        sequence=slot.sequence,
        updated_at=slot.updated_at,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        cancelled=slot.cancelled,
        title=str(activity.title),
        summary=str(activity.summary),
        language=activity.language,
        speakers=tuple(PublicPerson(each.name, _speaker_page(edition, each.code)) for each in activity.speakers),
        room=str(room.name) if room else "",
        venue=str(room.venue) if room else "",
        address=room.address if room else "",
        seats=slot.seats,
        left=slot.left,
        url=absolute(page),
        previous_starts_at=slot.was_starts_at if slot.was_starts_at != slot.starts_at else None,
    )


def public_edition(edition: Edition) -> PublicEdition:
    """Its address is the programme's."""
    return PublicEdition(
        name=edition.name,
        description=edition.tagline,
        place=edition.place,
        starts_on=edition.starts_on,
        ends_on=edition.ends_on,
        url=absolute(url("scheduling:programme", edition_slug=edition.slug)),
        organiser=edition.organiser_name,
        email=edition.contact_email,
        language=i18n.current(),
    )


def _speaker_page(edition: Edition, code: str) -> str:
    return absolute(url("scheduling:speaker", edition_slug=edition.slug, speaker_code=code))

"""Favourite activities with their moments, and what else of the favourites is on meanwhile."""

from collections.abc import Collection

from msgspec import Struct

from scheduling.domain.activities import Offer, offers_of
from scheduling.domain.my_day import overlaps
from scheduling.domain.programme import Activity, Programme, Slot


class Moment(Struct, frozen=True):
    """``meanwhile`` are moments of other favourites that overlap with this one."""

    offer: Offer
    meanwhile: list[Slot]


class Favourite(Struct, frozen=True):
    activity: Activity
    moments: list[Moment]


def favourite_moments(programme: Programme, activities: Collection[str]) -> list[Favourite]:
    """In the programme's order; codes that it does not know are left out."""
    theirs = [slot for slot in programme.slots if slot.activity.code in activities and not slot.cancelled]
    return [
        Favourite(activity, [Moment(offer, _meanwhile(offer.slot, theirs)) for offer in offers_of(programme, activity)])
        for activity in programme.activities.values()
        if activity.code in activities
    ]


def _meanwhile(slot: Slot, others: list[Slot]) -> list[Slot]:
    if slot.cancelled:
        return []
    span = (slot.starts_at, slot.ends_at)
    return [other for other in others if other.activity.code != slot.activity.code and overlaps(other, span)]

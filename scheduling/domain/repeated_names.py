"""Things in a file by the keys that the database has for them."""

from collections.abc import Mapping
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from scheduling.exports.names import LabelKey, Names, SlotKey
from scheduling.imports.model import ImportedActivity, ImportedProgramme, ImportedSlot

K = TypeVar("K")


class _Back(Struct, frozen=True):
    rooms: Mapping[str, str]
    labels: Mapping[LabelKey, str]
    speakers: Mapping[str, str]
    activities: Mapping[str, str]
    slots: Mapping[str, SlotKey]


def with_our_names(programme: ImportedProgramme, names: Names) -> ImportedProgramme:
    """What ``names`` does not know keeps the name that the file gives it."""
    back = _Back(
        rooms=_inverse(names.rooms),
        labels={(facet, name): key for (facet, key), name in names.labels.items()},
        speakers=_inverse(names.speakers),
        activities=_inverse(names.activities),
        slots=_inverse(names.slots),
    )
    activities: dict[str, ImportedActivity] = {}
    for activity in programme.activities:
        key = _key(activity, back)
        known = _activity(activity, activity.key if key in activities else key, back)
        activities[known.key] = known
    return replace(
        programme,
        rooms=tuple(replace(room, name=back.rooms.get(room.name, room.name)) for room in programme.rooms),
        labels=tuple(replace(label, name_fr=_label(back, label.facet, label.name_fr)) for label in programme.labels),
        speakers=tuple(replace(each, key=back.speakers.get(each.key, each.key)) for each in programme.speakers),
        activities=tuple(activities.values()),
    )


def _key(activity: ImportedActivity, back: _Back) -> str:
    """By its own name, else by the first of its slots that is known."""
    if activity.key in back.activities:
        return back.activities[activity.key]
    return next((back.slots[slot.key][0] for slot in activity.slots if slot.key in back.slots), activity.key)


def _activity(activity: ImportedActivity, key: str, back: _Back) -> ImportedActivity:
    return replace(
        activity,
        key=key,
        kind=_label(back, "kind", activity.kind),
        theme=_label(back, "theme", activity.theme),
        audience=activity.audience and _label(back, "audience", activity.audience),
        speakers=tuple(back.speakers.get(each, each) for each in activity.speakers),
        slots=tuple(_slot(slot, key, back) for slot in activity.slots),
    )


def _slot(slot: ImportedSlot, activity: str, back: _Back) -> ImportedSlot:
    owner, key = back.slots.get(slot.key, ("", ""))
    room = back.rooms.get(slot.room, slot.room) if slot.room is not None else None
    return replace(slot, key=key if owner == activity else slot.key, room=room)


def _label(back: _Back, facet: str, name: str) -> str:
    return back.labels.get((facet, name), name)


def _inverse(names: Mapping[K, str]) -> dict[str, K]:
    return {name: key for key, name in names.items()}

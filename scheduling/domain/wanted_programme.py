"""What the database should say after an import: the file, and what stays although the file is silent about it."""

from collections.abc import Mapping
from typing import TypeVar

from msgspec import Struct, structs

from scheduling.domain.programme_facts import EditionFacts, Facts, SlotFacts, StoredProgramme
from scheduling.imports import own_files
from scheduling.imports.model import (
    ImportedActivity,
    ImportedLabel,
    ImportedProgramme,
    ImportedRoom,
    ImportedSlot,
    ImportedSpeaker,
)

T = TypeVar("T", bound=Struct)

# What nobody has ever said.
_UNSAID: dict[type[Struct], dict[str, object]] = {
    ImportedRoom: dict.fromkeys(
        ("venue", "address", "name_en", "venue_en", "equipment_fr", "equipment_en"),
        "",
    ),
    ImportedLabel: dict.fromkeys(("name_en", "colour", "description_fr", "description_en"), ""),
    ImportedSpeaker: {
        "ambassador": False,
        **dict.fromkeys(("organisation", "biography_fr", "biography_en", "portrait"), ""),
    },
    ImportedActivity: {
        **dict.fromkeys(("title_en", "subtitle", "audience"), ""),
        **dict.fromkeys(("summary_fr", "summary_en", "description_fr", "description_en"), ""),
        "links": (),
        "minutes": 60,
        "needs_workstations": False,
    },
}


def wanted_programme(programme: ImportedProgramme, stored: StoredProgramme, *, default_seats: int | None) -> Facts:
    """The file is the truth, with three exceptions.

    - ``None`` says nothing: what the database knows stays. An empty text says something: it empties the field.
      No room means no room. A French title that only stands in for the English one does not replace another.
    - Seats come from the file, else from the database, else from ``default_seats`` (at most the room's capacity).
    - A slot that people have asked for is never forgotten: gone from the file, it stays as cancelled, and its
      activity with it. Back in the file, it takes place again; who had a place is not put back.
    """
    known = stored.facts
    rooms = {room.name: _completed(room, known.rooms.get(room.name)) for room in programme.rooms}
    labels = {(label.facet, label.name_fr): _label(label, known) for label in programme.labels}
    both_titles = programme.exported_as == own_files.SHEETS
    activities = {each.key: _activity(each, known, both_titles=both_titles) for each in programme.activities}
    spoken_of = [("audience", each.audience or "") for each in activities.values()]
    labels |= {key: known.labels[key] for key in spoken_of if key not in labels and key in known.labels}
    slots = {
        (activity.key, slot.key): _slot(slot, known.slots.get((activity.key, slot.key)), rooms, default_seats)
        for activity in programme.activities
        for slot in activity.slots
    }
    return with_remembered(
        Facts(
            edition=EditionFacts(programme.title, programme.starts_on, programme.ends_on, programme.extra),
            rooms=rooms,
            labels=labels,
            speakers={each.key: _completed(each, known.speakers.get(each.key)) for each in programme.speakers},
            activities=activities,
            slots=slots,
        ),
        stored,
    )


def with_remembered(wanted: Facts, stored: StoredProgramme) -> Facts:
    """Besides what is wanted, as cancelled: slots that people have asked for, and their activities."""
    slots = {
        key: structs.replace(stored.facts.slots[key], cancelled=True)
        for key, slot in stored.slots.items()
        if slot.remembered and key not in wanted.slots
    }
    activities = {key: stored.facts.activities[key] for key, _slot_key in slots}
    return structs.replace(wanted, slots={**wanted.slots, **slots}, activities={**activities, **wanted.activities})


def _completed(thing: T, known: T | None) -> T:
    silent = [name for name in thing.__struct_fields__ if getattr(thing, name) is None]
    unsaid = _UNSAID[type(thing)]
    return structs.replace(thing, **{name: getattr(known, name) if known else unsaid.get(name) for name in silent})


def _label(label: ImportedLabel, known: Facts) -> ImportedLabel:
    completed = _completed(label, known.labels.get((label.facet, label.name_fr)))
    return structs.replace(completed, colour=(completed.colour or "").removeprefix("#").lower())


def _activity(activity: ImportedActivity, known: Facts, *, both_titles: bool) -> ImportedActivity:
    before = known.activities.get(activity.key)
    completed = _completed(activity, before)
    title = activity.title_fr
    if before and not both_titles and title and title == activity.title_en and before.title_fr != before.title_en:
        title = before.title_fr
    return structs.replace(completed, title_fr=title, speakers=tuple(dict.fromkeys(activity.speakers)), slots=())


def _slot(
    slot: ImportedSlot,
    known: SlotFacts | None,
    rooms: Mapping[str, ImportedRoom],
    default_seats: int | None,
) -> SlotFacts:
    room = rooms[slot.room] if slot.room else None
    seats = slot.seats
    if seats is None and known:
        seats = known.seats
    if seats is None and default_seats is not None:
        capacity = room.capacity if room else None
        seats = min(default_seats, capacity or default_seats)  # a capacity of 0 is how some exports say « unknown »
    return SlotFacts(
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        room=slot.room,
        venue=(room.venue or "") if room else "",
        address=(room.address or "") if room else "",
        seats=seats,
    )

"""What the database should say after an import: the file, and what stays although the file is silent about it."""

from collections.abc import Mapping

from msgspec import structs

from scheduling.domain.programme_facts import EditionFacts, Facts, SlotFacts, SlotKey, StoredProgramme
from scheduling.imports.model import ImportedActivity, ImportedLabel, ImportedProgramme, ImportedRoom, ImportedSlot


def wanted_programme(programme: ImportedProgramme, stored: StoredProgramme, *, default_seats: int | None) -> Facts:
    """The file is the truth, with three exceptions.

    - ``None`` says nothing: capacity, workstations, step-free access and seats keep what the database has.
      An empty text says something: it empties the field. No room means no room.
    - Seats come from the file, else from the database, else from ``default_seats`` (at most the room's capacity).
    - A slot that people have asked for is never forgotten: gone from the file, it stays as cancelled, and its
      activity with it. Back in the file, it takes place again; who had a place is not put back.
    """
    rooms = {room.name: _room(room, stored.facts.rooms.get(room.name)) for room in programme.rooms}
    slots = {
        (activity.key, slot.key): _slot(slot, stored.facts.slots.get((activity.key, slot.key)), rooms, default_seats)
        for activity in programme.activities
        for slot in activity.slots
    }
    remembered = _remembered(stored, slots)
    activities = {activity.key: _activity(activity) for activity in programme.activities}
    for key, _slot_key in remembered:
        activities.setdefault(key, stored.facts.activities[key])
    return Facts(
        edition=EditionFacts(programme.title, programme.starts_on, programme.ends_on, programme.extra),
        rooms=rooms,
        labels={(label.facet, label.name_fr): _label(label) for label in programme.labels},
        speakers={speaker.key: speaker for speaker in programme.speakers},
        activities=activities,
        slots={**slots, **remembered},
    )


def _remembered(stored: StoredProgramme, slots: Mapping[SlotKey, SlotFacts]) -> dict[SlotKey, SlotFacts]:
    return {
        key: structs.replace(stored.facts.slots[key], cancelled=True)
        for key, slot in stored.slots.items()
        if slot.remembered and key not in slots
    }


def _room(room: ImportedRoom, known: ImportedRoom | None) -> ImportedRoom:
    if known is None:
        return room
    return structs.replace(
        room,
        capacity=known.capacity if room.capacity is None else room.capacity,
        workstations=known.workstations if room.workstations is None else room.workstations,
        step_free=known.step_free if room.step_free is None else room.step_free,
    )


def _label(label: ImportedLabel) -> ImportedLabel:
    return structs.replace(label, colour=label.colour.removeprefix("#").lower())


def _activity(activity: ImportedActivity) -> ImportedActivity:
    return structs.replace(activity, speakers=tuple(dict.fromkeys(activity.speakers)), slots=())


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
        venue=room.venue if room else "",
        address=room.address if room else "",
        seats=seats,
    )

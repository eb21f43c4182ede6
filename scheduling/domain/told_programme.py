"""What the database says of a programme, as a file could say it."""

from collections import defaultdict
from datetime import date

from msgspec.structs import replace

from digital_days.kernel.i18n import TORONTO
from scheduling.domain.event_days import days_of
from scheduling.domain.programme_facts import SlotKey, StoredProgramme
from scheduling.imports.model import ImportedProgramme, ImportedSlot


def told(stored: StoredProgramme) -> ImportedProgramme:
    """All of it but cancelled slots, and activities that have no others: nobody is invited to those."""
    facts = stored.facts
    if facts.edition is None:  # pragma: no cover - whoever asks has an edition
        raise LookupError("there is no edition to tell of")
    slots: dict[str, list[ImportedSlot]] = defaultdict(list)
    for (activity, key), slot in facts.slots.items():
        if not slot.cancelled:
            slots[activity].append(
                ImportedSlot(key=key, starts_at=slot.starts_at, ends_at=slot.ends_at, room=slot.room, seats=slot.seats)
            )
    gone = {activity for activity, _key in facts.slots} - set(slots)
    return ImportedProgramme(
        title=facts.edition.title,
        slug=stored.slug,
        starts_on=facts.edition.starts_on,
        ends_on=facts.edition.ends_on,
        time_zone=TORONTO.key,
        rooms=tuple(facts.rooms.values()),
        speakers=tuple(facts.speakers.values()),
        labels=tuple(facts.labels.values()),
        activities=tuple(
            replace(activity, slots=tuple(slots[key])) for key, activity in facts.activities.items() if key not in gone
        ),
    )


def days_told(programme: ImportedProgramme) -> dict[SlotKey, date]:
    """The event's day of each slot."""
    spans = {
        (activity.key, slot.key): (slot.starts_at, slot.ends_at)
        for activity in programme.activities
        for slot in activity.slots
    }
    days = days_of(spans.values())
    return {key: days[span] for key, span in spans.items()}

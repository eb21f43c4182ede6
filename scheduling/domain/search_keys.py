"""What a search of the programme compares with."""

from digital_days.kernel.people import fold
from scheduling.domain.programme_facts import Facts


def search_keys(facts: Facts) -> dict[str, str]:
    """By activity: what a search finds it by, texts of its people, rooms and labels included."""
    rooms: dict[str, dict[str, None]] = {key: {} for key in facts.activities}
    for (activity_key, _slot_key), slot in facts.slots.items():
        if slot.room is not None and slot.room in facts.rooms:
            rooms[activity_key][f"{slot.room} {facts.rooms[slot.room].venue}"] = None
    found = {}
    for key, activity in facts.activities.items():
        speakers = [facts.speakers[each] for each in activity.speakers if each in facts.speakers]
        labels = [
            facts.labels[label]
            for label in (("kind", activity.kind), ("theme", activity.theme), ("audience", activity.audience))
            if label in facts.labels
        ]
        found[key] = fold(
            activity.title_fr,
            activity.title_en,
            activity.subtitle,
            *(f"{speaker.name} {speaker.organisation}" for speaker in speakers),
            *rooms[key],
            *(f"{label.name_fr} {label.name_en}" for label in labels),
            activity.summary_fr,
            activity.summary_en,
            activity.description_fr,
            activity.description_en,
        )
    return found

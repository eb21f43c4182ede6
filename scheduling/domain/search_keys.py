"""What a search of the programme compares with."""

from collections.abc import Collection, Iterable

from digital_days.kernel import database
from digital_days.kernel.people import fold
from scheduling.domain.programme_facts import Facts
from scheduling.domain.rows import update_rows
from scheduling.imports.model import ImportedActivity

# In the same order as ``search_keys`` meets them, so that a key made here equals one made there.
_PARTS = """
    SELECT a.id, a.search_key, a.title_fr, a.title_en, a.subtitle, a.summary_fr, a.summary_en,
        a.description_fr, a.description_en,
        ARRAY(
            SELECT concat_ws(' ', s.name, s.organisation) FROM activity_speaker l JOIN speaker s ON s.id = l.speaker
            WHERE l.activity = a.id ORDER BY l.position, l.id
        ) AS people,
        ARRAY(
            SELECT concat_ws(' ', r.name, r.venue, r.name_en, r.venue_en) FROM slot s JOIN room r ON r.id = s.room
            WHERE s.activity = a.id GROUP BY r.id ORDER BY min(s.id)
        ) AS rooms,
        ARRAY(
            SELECT concat_ws(' ', l.name_fr, l.name_en) FROM label l WHERE l.id IN (a.kind, a.theme, a.audience)
            ORDER BY l.id = a.kind DESC, l.id = a.theme DESC
        ) AS labels
    FROM activity a WHERE a.edition = $1 AND ($2::int[] IS NULL OR a.id = ANY($2))
"""


def search_keys(facts: Facts) -> dict[str, str]:
    """By activity: what a search finds it by, texts of its people, rooms and labels included."""
    rooms: dict[str, dict[str, None]] = {key: {} for key in facts.activities}
    for (activity_key, _slot_key), slot in facts.slots.items():
        if slot.room is not None and slot.room in facts.rooms:
            room = facts.rooms[slot.room]
            rooms[activity_key][f"{slot.room} {room.venue} {room.name_en or ''} {room.venue_en or ''}"] = None
    found = {}
    for key, activity in facts.activities.items():
        speakers = [facts.speakers[each] for each in activity.speakers if each in facts.speakers]
        labels = [
            facts.labels[label]
            for label in (("kind", activity.kind), ("theme", activity.theme), ("audience", activity.audience or ""))
            if label in facts.labels
        ]
        found[key] = _key(
            activity,
            people=(f"{speaker.name} {speaker.organisation}" for speaker in speakers),
            rooms=rooms[key],
            labels=(f"{label.name_fr} {label.name_en}" for label in labels),
        )
    return found


async def refresh_search_keys(edition_id: int, activities: Collection[int] | None = None) -> None:
    """Makes what these activities (all of the edition, if none are named) are found by say what they say now.

    For whoever changes a text, a label, a speaker or a room; a row that says it already is left alone.
    """
    rows = await database.fetch(_PARTS, edition_id, None if activities is None else list(activities))
    texts = ImportedActivity.__struct_fields__
    made = {
        row["id"]: _key(
            ImportedActivity(key="", **{name: row[name] for name in texts if name in row}),
            people=row["people"],
            rooms=row["rooms"],
            labels=row["labels"],
        )
        for row in rows
    }
    await update_rows(
        "activity",
        [{"id": row["id"], "search_key": made[row["id"]]} for row in rows if made[row["id"]] != row["search_key"]],
    )


def _key(activity: ImportedActivity, *, people: Iterable[str], rooms: Iterable[str], labels: Iterable[str]) -> str:
    return fold(
        activity.title_fr,
        activity.title_en or "",
        activity.subtitle or "",
        *people,
        *rooms,
        *labels,
        activity.summary_fr or "",
        activity.summary_en or "",
        activity.description_fr or "",
        activity.description_en or "",
    )

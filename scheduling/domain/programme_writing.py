"""Writes what a plan changes: a few statements, whatever the size of the programme."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import asdict

from digital_days.kernel import database
from digital_days.kernel.codes import new_code
from scheduling.domain.import_plan import Difference, K, Plan, T, where_and_when
from scheduling.domain.labels import slug_of
from scheduling.domain.programme_facts import LabelKey, SlotFacts, SlotKey, StoredProgramme
from scheduling.domain.rows import Row, delete_rows, insert_rows, update_rows
from scheduling.domain.search_keys import search_keys
from scheduling.imports.model import ImportedActivity, ImportedLabel, ImportedSpeaker


class _Numbers(Struct, frozen=True):
    """What the database calls what the file calls otherwise."""

    rooms: dict[str | None, int]
    labels: dict[LabelKey, int]
    speakers: dict[str, int]
    activities: dict[str, int]


async def write_programme(
    plan: Plan, stored: StoredProgramme, *, edition_id: int, now: datetime, slugs: Mapping[LabelKey, str] | None = None
) -> None:
    """Rooms, labels, speakers, activities and slots; what people hold in them is not touched here.

    New labels have the ``slugs`` that they have where they come from, as far as those are free.
    """
    numbers = _Numbers(
        rooms={**await _write_rooms(plan, stored, edition_id)},
        labels=await _write_labels(plan, stored, edition_id, slugs or {}),
        speakers=await _write_speakers(plan, stored, edition_id),
        activities={},
    )
    numbers.activities.update(await _write_activities(plan, stored, numbers, edition_id, now))
    await _write_appearances(plan, numbers)
    await _write_slots(plan, stored, numbers, now)
    await delete_rows("slot", [stored.slots[key].id for key in plan.slots.removed])
    await delete_rows("activity", [stored.activity_ids[key] for key in plan.activities.removed])
    await delete_rows("speaker", [stored.speaker_ids[key] for key in plan.speakers.removed])
    await delete_rows("label", [stored.label_ids[label] for label in plan.labels.removed])
    await delete_rows("room", [stored.room_ids[key] for key in plan.rooms.removed])


async def _write_rooms(plan: Plan, stored: StoredProgramme, edition_id: int) -> dict[str | None, int]:
    positions = {name: position for position, name in enumerate(plan.after.rooms)}

    def row(name: str) -> dict[str, object]:
        return {**asdict(plan.after.rooms[name]), "position": positions[name]}

    made = await insert_rows(
        "room", [{**row(name), "edition": edition_id} for name in plan.rooms.added], returning="id, name"
    )
    await update_rows(
        "room",
        [
            {**row(name), "id": stored.room_ids[name]}
            for name in _stale(plan.rooms, plan.before.rooms, plan.after.rooms)
        ],
    )
    return {**stored.room_ids, **{each["name"]: each["id"] for each in made}}


async def _write_labels(
    plan: Plan, stored: StoredProgramme, edition_id: int, wanted: Mapping[LabelKey, str]
) -> dict[LabelKey, int]:
    positions = {key: position for position, key in enumerate(plan.after.labels)}
    slugs = {key: slug for key, slug in stored.label_slugs.items() if key not in plan.labels.removed}
    added = []
    for key, label in plan.labels.added.items():
        slugs[key] = _new_slug(label, slugs, plan, stored, wanted.get(key, ""))
        added.append({**asdict(label), "slug": slugs[key], "position": positions[key], "edition": edition_id})
    made = await insert_rows("label", added, returning="id, facet, name_fr")
    await update_rows(
        "label",
        [
            {**asdict(plan.after.labels[key]), "position": positions[key], "id": stored.label_ids[key]}
            for key in _stale(plan.labels, plan.before.labels, plan.after.labels)
        ],
    )
    return {**stored.label_ids, **{(each["facet"], each["name_fr"]): each["id"] for each in made}}


def _new_slug(
    label: ImportedLabel, slugs: Mapping[LabelKey, str], plan: Plan, stored: StoredProgramme, wanted: str
) -> str:
    # Labels that go are deleted last, so their slugs are still taken.
    going = [stored.label_slugs[key] for key in plan.labels.removed if key[0] == label.facet]
    staying = [slug for (facet, _name), slug in slugs.items() if facet == label.facet]
    if wanted and wanted not in (*staying, *going):
        return wanted
    return slug_of(label.name_fr, among=[*staying, *going], otherwise=label.facet)


async def _write_speakers(plan: Plan, stored: StoredProgramme, edition_id: int) -> dict[str, int]:
    made = await insert_rows(
        "speaker",
        [
            {**_speaker_row(speaker), "source_id": key, "code": new_code(), "edition": edition_id}
            for key, speaker in plan.speakers.added.items()
        ],
        returning="id, source_id",
    )
    await update_rows(
        "speaker",
        [
            {**_speaker_row(after), "id": stored.speaker_ids[key]}
            for key, (_before, after) in plan.speakers.changed.items()
        ],
    )
    return {**stored.speaker_ids, **{each["source_id"]: each["id"] for each in made}}


def _speaker_row(speaker: ImportedSpeaker) -> dict[str, object]:
    row = asdict(speaker)
    del row["key"]
    return row


async def _write_activities(
    plan: Plan, stored: StoredProgramme, numbers: _Numbers, edition_id: int, now: datetime
) -> dict[str, int]:
    keys = search_keys(plan.after)
    made = await insert_rows(
        "activity",
        [
            {
                **_activity_row(activity, numbers),
                "search_key": keys[key],
                "updated_at": now,
                "source_id": key,
                "code": new_code(),
                "edition": edition_id,
            }
            for key, activity in plan.activities.added.items()
        ],
        returning="id, source_id",
    )
    await update_rows(
        "activity",
        [
            {
                **_activity_row(after, numbers),
                "search_key": keys[key],
                "updated_at": now,
                "id": stored.activity_ids[key],
            }
            for key, (_before, after) in plan.activities.changed.items()
        ],
    )
    found_otherwise = [  # a speaker or a room is called otherwise: the activity itself has not changed
        {"search_key": keys[key], "id": number}
        for key, number in stored.activity_ids.items()
        if key in plan.after.activities and key not in plan.activities.changed and keys[key] != stored.search_keys[key]
    ]
    await update_rows("activity", found_otherwise)
    return {**stored.activity_ids, **{each["source_id"]: each["id"] for each in made}}


def _activity_row(activity: ImportedActivity, numbers: _Numbers) -> dict[str, object]:
    row = asdict(activity)
    for name in ("key", "slots", "speakers"):
        del row[name]
    for facet in ("kind", "theme", "audience"):
        row[facet] = numbers.labels.get((facet, row[facet]))
    return row


async def _write_appearances(plan: Plan, numbers: _Numbers) -> None:
    changed = [key for key, (before, after) in plan.activities.changed.items() if before.speakers != after.speakers]
    if changed:
        await database.fetch(
            "DELETE FROM activity_speaker WHERE activity = ANY($1)", [numbers.activities[key] for key in changed]
        )
    await insert_rows(
        "activity_speaker",
        [
            {"activity": numbers.activities[key], "speaker": numbers.speakers[speaker], "position": position}
            for key in (*plan.activities.added, *changed)
            for position, speaker in enumerate(plan.after.activities[key].speakers)
        ],
    )


async def _write_slots(plan: Plan, stored: StoredProgramme, numbers: _Numbers, now: datetime) -> None:
    await insert_rows(
        "slot",
        [
            {
                **_slot_row(slot, numbers),
                "activity": numbers.activities[key[0]],
                "source_id": key[1],
                "code": new_code(),
                "taken": 0,
                "sequence": 0,
                "updated_at": now,
            }
            for key, slot in plan.slots.added.items()
        ],
    )
    await update_rows(
        "slot",
        [
            _changed_slot(key, before, after, stored, numbers, now)
            for key, (before, after) in plan.slots.changed.items()
        ],
    )


def _changed_slot(
    key: SlotKey, before: SlotFacts, after: SlotFacts, stored: StoredProgramme, numbers: _Numbers, now: datetime
) -> Row:
    known = stored.slots[key]
    tells = where_and_when(before) != where_and_when(after)
    return {
        **_slot_row(after, numbers),
        "id": known.id,
        "sequence": known.sequence + tells,
        "updated_at": now if tells else known.updated_at,
    }


def _slot_row(slot: SlotFacts, numbers: _Numbers) -> dict[str, object]:
    return {
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "room": numbers.rooms.get(slot.room),
        "seats": slot.seats,
        "state": "cancelled" if slot.cancelled else "scheduled",
        "changed_by": None,  # no organiser did, and who did before is not who put it where it is now
    }


def _stale(difference: Difference[K, T], before: Mapping[K, T], after: Mapping[K, T]) -> list[K]:
    """What stays and is to be written: all of it when the order moves, else what has changed."""
    if list(before) != list(after):
        return [key for key in after if key in before]
    return list(difference.changed)

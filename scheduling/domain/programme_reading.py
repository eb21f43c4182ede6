"""The programme out of the database: one statement for its version, five for its content, however large it is."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import msgspec

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import TORONTO
from digital_days.kernel.revalidated import Revalidated
from scheduling.domain.event_days import days_of
from scheduling.domain.programme import FACETS, Activity, Label, Programme, Room, Slot, Speaker
from scheduling.domain.words import Words

# xmin and ctid say which transaction wrote a row as it stands, and where: whoever changes anything shown, by whatever
# way, changes the version, and no writer has a counter to think of. Slots that begin or end change it too.
_VERSION = """
    SELECT concat_ws('-',
        (SELECT concat_ws(':', xmin, ctid) FROM edition WHERE id = $1),
        (SELECT md5(string_agg(concat_ws(':', id, xmin, ctid), ',' ORDER BY id)) FROM room WHERE edition = $1),
        (SELECT md5(string_agg(concat_ws(':', id, xmin, ctid), ',' ORDER BY id)) FROM label WHERE edition = $1),
        (SELECT md5(string_agg(concat_ws(':', id, xmin, ctid), ',' ORDER BY id)) FROM speaker WHERE edition = $1),
        (SELECT md5(string_agg(concat_ws(':', a.id, a.xmin, a.ctid, l.id, l.xmin, l.ctid), ',' ORDER BY a.id, l.id))
            FROM activity a LEFT JOIN activity_speaker l ON l.activity = a.id WHERE a.edition = $1),
        (SELECT concat_ws(':', md5(string_agg(concat_ws(':', s.id, s.xmin, s.ctid), ',' ORDER BY s.id)),
                count(*) FILTER (WHERE s.starts_at <= $2), count(*) FILTER (WHERE s.ends_at <= $2))
            FROM slot s JOIN activity a ON a.id = s.activity WHERE a.edition = $1),
        (SELECT concat_ws(':', md5(string_agg(concat_ws(':', id, xmin, ctid), ',' ORDER BY id)),
                count(*) FILTER (WHERE opens_at <= $2), count(*) FILTER (WHERE closes_at <= $2),
                count(*) FILTER (WHERE reserved_until <= $2))
            FROM activity_rules WHERE edition = $1)
    ) AS version
"""
_ROOMS = """
    SELECT id, name, name_en, venue, venue_en, address, step_free, equipment_fr, equipment_en
    FROM room WHERE edition = $1 ORDER BY position, id
"""
_LABELS = """
    SELECT id, facet, slug, name_fr, name_en, description_fr, description_en
    FROM label WHERE edition = $1 ORDER BY position, id
"""
_SPEAKERS = """
    SELECT s.id, s.code, s.name, s.organisation, s.ambassador, s.biography_fr, s.biography_en,
        coalesce(p.digest, '') AS portrait
    FROM speaker s LEFT JOIN portrait p ON p.digest = s.portrait WHERE s.edition = $1
"""
_ACTIVITIES = """
    SELECT a.id, a.code, a.source_id, a.title_fr, a.title_en, a.subtitle, a.summary_fr, a.summary_en,
        a.description_fr, a.description_en, a.kind, a.theme, a.audience, a.language, a.links::text, a.search_key,
        ARRAY(SELECT l.speaker FROM activity_speaker l WHERE l.activity = a.id ORDER BY l.position, l.id) AS speakers
    FROM activity a WHERE a.edition = $1
    ORDER BY (SELECT min(s.starts_at) FROM slot s WHERE s.activity = a.id), a.id
"""
_SLOTS = """
    SELECT s.code, s.activity, s.room, s.starts_at, s.ends_at, s.seats, s.taken + s.held AS taken,
        s.state = 'cancelled' AS cancelled,
        s.moved_at, s.was_starts_at, s.was_room,
        s.sequence, greatest(s.updated_at, a.updated_at) AS updated_at, q.opens_at, q.closes_at,
        CASE WHEN q.reserved_seats > 0 AND (q.reserved_until > $2) IS NOT FALSE
            THEN greatest(0, q.reserved_seats - scheduling_seats_of_audience(s.id, q.reserved_for)) ELSE 0 END AS kept,
        coalesce(q.prerequisites_fr <> '' OR q.questions @> '[{"required": true}]', false) AS asks
    FROM slot s JOIN activity a ON a.id = s.activity LEFT JOIN room r ON r.id = s.room
    LEFT JOIN activity_rules q ON q.edition = a.edition AND q.activity = a.source_id WHERE a.edition = $1
    ORDER BY s.starts_at, r.position, r.id, s.ends_at, s.id
"""


async def programme_version(edition_id: int) -> str:
    """Changes whenever anything that the public pages show changes, the passing of time included."""
    now = clock.now()
    row = await database.fetch_one(_VERSION, edition_id, now)
    return f"{now.astimezone(TORONTO).date()} {row['version'] if row else ''}"


async def _read(edition_id: int, version: str) -> Programme:
    # An import may commit between two of these statements: what a later one brings that an earlier one did not
    # know is left out, and the next check of the version brings it in.
    rooms = {row["id"]: _room(row) for row in await database.fetch(_ROOMS, edition_id)}
    label_rows = await database.fetch(_LABELS, edition_id)
    labels: dict[str, list[Label]] = {facet: [] for facet in FACETS}
    label_of: dict[int, Label] = {}
    for row in label_rows:
        facet = labels[row["facet"]]
        label = Label(
            slug=row["slug"],
            name=Words(row["name_fr"], row["name_en"]),
            number=len(facet),
            description=Words(row["description_fr"], row["description_en"]),
        )
        facet.append(label)
        label_of[row["id"]] = label
    speakers = {row["id"]: _speaker(row) for row in await database.fetch(_SPEAKERS, edition_id)}
    activities = {
        row["id"]: _activity(row, label_of, speakers) for row in await database.fetch(_ACTIVITIES, edition_id)
    }
    slot_rows = await database.fetch(_SLOTS, edition_id, clock.now())
    called = {room.name.fr: room.name for room in rooms.values()}
    days = days_of((row["starts_at"], row["ends_at"]) for row in slot_rows)
    slots = tuple(
        Slot(
            **{
                **row,
                "activity": activities[row["activity"]],
                "room": rooms.get(row["room"]),
                "day": days[row["starts_at"], row["ends_at"]],
                "was_room": called.get(row["was_room"], Words(row["was_room"], "")),
            }
        )
        for row in slot_rows
        if row["activity"] in activities
    )
    slots_of: defaultdict[str, tuple[Slot, ...]] = defaultdict(tuple)
    for slot in slots:
        slots_of[slot.activity.code] += (slot,)
    activities_of: defaultdict[str, tuple[Activity, ...]] = defaultdict(tuple)
    for activity in activities.values():
        for speaker in activity.speakers:
            activities_of[speaker.code] += (activity,)
    return Programme(
        version=version,
        rooms=tuple(rooms.values()),
        labels={facet: tuple(several) for facet, several in labels.items()},
        speakers={speaker.code: speaker for speaker in speakers.values()},
        activities={activity.code: activity for activity in activities.values()},
        slots=slots,
        slots_of=dict(slots_of),
        activities_of=dict(activities_of),
    )


def _room(row: Mapping[str, Any]) -> Room:
    return Room(
        id=row["id"],
        name=Words(row["name"], row["name_en"]),
        venue=Words(row["venue"], row["venue_en"]),
        address=row["address"],
        step_free=row["step_free"],
        equipment=Words(row["equipment_fr"], row["equipment_en"]),
    )


def _speaker(row: Mapping[str, Any]) -> Speaker:
    return Speaker(
        code=row["code"],
        name=row["name"],
        organisation=row["organisation"],
        ambassador=row["ambassador"],
        biography=Words(row["biography_fr"], row["biography_en"]),
        portrait=row["portrait"],
    )


def _activity(row: Mapping[str, Any], labels: Mapping[int, Label], speakers: Mapping[int, Speaker]) -> Activity:
    spoken = "fr" if row["language"] in ("fr", "en", "bi") else row["language"]
    return Activity(
        code=row["code"],
        source_id=row["source_id"],
        title=Words(row["title_fr"], row["title_en"], spoken),
        subtitle=row["subtitle"],
        summary=Words(row["summary_fr"], row["summary_en"], spoken),
        description=Words(row["description_fr"], row["description_en"], spoken),
        labels={facet: labels[row[facet]] for facet in FACETS if row[facet] in labels},
        language=row["language"],
        links=_links(row["links"]),
        search_key=row["search_key"],
        speakers=tuple(speakers[number] for number in row["speakers"] if number in speakers),
    )


def _links(stored: str) -> tuple[tuple[str, str], ...]:
    pairs = msgspec.json.decode(stored, type=list[tuple[str, str]])
    return tuple((title, address) for title, address in pairs if address.startswith(("https://", "http://", "mailto:")))


_programmes = Revalidated(programme_version, _read)


async def programme_of(edition_id: int) -> Programme:
    """The edition's programme, at most a second old; usually without a question to the database."""
    return await _programmes.get(edition_id)

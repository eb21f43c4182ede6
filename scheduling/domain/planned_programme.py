"""The programme as a plan: what conflicts are looked for in; of a draft as well as of what is public."""

from collections import defaultdict

from msgspec import structs

from digital_days.kernel import database
from digital_days.kernel.i18n import localized
from scheduling.engine.conflicts import Opening, Plan, PlannedRoom, PlannedSlot
from scheduling.engine.overlaps import Span

_ROOMS = "SELECT id, name, name_en, capacity, workstations FROM room WHERE edition = $1 ORDER BY position, id"
_LABELS = "SELECT id, name_fr, name_en FROM label WHERE edition = $1"
_SPEAKERS = "SELECT id, name FROM speaker WHERE edition = $1"
_AVAILABLE = """
    SELECT v.speaker, v.starts_at, v.ends_at FROM availability v JOIN speaker s ON s.id = v.speaker
    WHERE s.edition = $1
"""
_OPENING = """
    SELECT day::timestamp AT TIME ZONE 'America/Toronto' AS begins,
        (day + 1)::timestamp AT TIME ZONE 'America/Toronto' AS ends,
        (day + opens_at) AT TIME ZONE 'America/Toronto' AS opens,
        (day + closes_at) AT TIME ZONE 'America/Toronto' AS closes
    FROM opening_hours WHERE edition = $1 ORDER BY day
"""
_SLOTS = """
    SELECT s.id, s.code, s.source_id AS key, a.id AS activity, a.title_fr, a.title_en, s.starts_at, s.ends_at, s.room,
        s.seats, a.needs_workstations, a.audience, a.theme,
        ARRAY(SELECT l.speaker FROM activity_speaker l WHERE l.activity = a.id ORDER BY l.position, l.id) AS speakers
    FROM slot s JOIN activity a ON a.id = s.activity
    WHERE a.edition = $1 AND s.state = 'scheduled' ORDER BY s.starts_at, s.id
"""


async def planned(edition_id: int) -> Plan:
    """In six statements, in the reader's language."""
    rooms = {row["id"]: _room(row) for row in await database.fetch(_ROOMS, edition_id)}
    labels = {row["id"]: localized(row["name_fr"], row["name_en"]) for row in await database.fetch(_LABELS, edition_id)}
    speakers = {row["id"]: row["name"] for row in await database.fetch(_SPEAKERS, edition_id)}
    available: defaultdict[int, list[Span]] = defaultdict(list)
    for row in await database.fetch(_AVAILABLE, edition_id):
        available[row["speaker"]].append((row["starts_at"], row["ends_at"]))
    opening = await database.fetch(_OPENING, edition_id)
    plan = Plan(
        slots={},
        rooms=rooms,
        speakers=speakers,
        labels=labels,
        available=dict(available),
        opening=[Opening((row["begins"], row["ends"]), (row["opens"], row["closes"])) for row in opening],
    )
    return structs.replace(
        plan, slots={row["id"]: _slot(row, plan) for row in await database.fetch(_SLOTS, edition_id)}
    )


def _room(row: database.Row) -> PlannedRoom:
    return PlannedRoom(
        id=row["id"],
        name=localized(row["name"], row["name_en"]),
        capacity=row["capacity"],
        workstations=row["workstations"],
    )


def _slot(row: database.Row, plan: Plan) -> PlannedSlot:
    # Somebody may commit between two of the statements: what an earlier one did not know is left out.
    facts = {name: value for name, value in row.items() if name not in ("title_fr", "title_en")}
    known = {
        "title": localized(row["title_fr"], row["title_en"]),
        "room": row["room"] if row["room"] in plan.rooms else None,
        "audience": row["audience"] if row["audience"] in plan.labels else None,
        "theme": row["theme"] if row["theme"] in plan.labels else None,
        "speakers": tuple(speaker for speaker in row["speakers"] if speaker in plan.speakers),
    }
    return PlannedSlot(**{**facts, **known})

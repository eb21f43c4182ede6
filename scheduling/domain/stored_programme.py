"""Reads an edition's programme in six statements, however large it is."""

from typing import Any, TypeVar

import msgspec
from asyncpg import Record

from digital_days.kernel import database
from scheduling.domain.programme_facts import (
    EditionFacts,
    Facts,
    SlotFacts,
    StoredProgramme,
    StoredSlot,
)
from scheduling.imports.model import ImportedActivity, ImportedLabel, ImportedRoom, ImportedSpeaker

_Thing = TypeVar("_Thing")

_EDITION = (
    "SELECT slug, name_fr AS title, name_en AS title_en, starts_on, ends_on, extra::text FROM edition WHERE id = $1"
)
_ROOMS = """
    SELECT id, name, venue, address, capacity, workstations, step_free, extra::text, name_en, venue_en,
        equipment_fr, equipment_en
    FROM room WHERE edition = $1 ORDER BY position, id
"""
_LABELS = """
    SELECT id, slug, facet, name_fr, name_en, colour, description_fr, description_en
    FROM label WHERE edition = $1 ORDER BY position, id
"""
_SPEAKERS = """
    SELECT id, source_id AS key, name, organisation, ambassador, biography_fr, biography_en, extra::text, portrait
    FROM speaker WHERE edition = $1 ORDER BY id
"""
_ACTIVITIES = """
    SELECT a.id, a.search_key, a.source_id AS key, a.title_fr, a.title_en, a.subtitle, a.summary_fr, a.summary_en,
        a.description_fr, a.description_en, a.language, a.links::text, a.extra::text, a.minutes, a.needs_workstations,
        coalesce(kind.name_fr, '') AS kind, coalesce(theme.name_fr, '') AS theme,
        coalesce(audience.name_fr, '') AS audience,
        ARRAY(
            SELECT s.source_id FROM activity_speaker l JOIN speaker s ON s.id = l.speaker
            WHERE l.activity = a.id ORDER BY l.position, l.id
        ) AS speakers
    FROM activity a
    LEFT JOIN label kind ON kind.id = a.kind
    LEFT JOIN label theme ON theme.id = a.theme
    LEFT JOIN label audience ON audience.id = a.audience
    WHERE a.edition = $1 ORDER BY a.id
"""
_SLOTS = """
    SELECT s.id, s.taken + s.held AS taken, s.sequence, s.updated_at, a.source_id AS activity, s.source_id AS key,
        s.starts_at, s.ends_at, r.name AS room, coalesce(r.venue, '') AS venue, coalesce(r.address, '') AS address,
        s.seats, s.state = 'cancelled' AS cancelled,
        EXISTS (SELECT FROM place p WHERE p.slot = s.id)
            OR EXISTS (SELECT FROM attendance t WHERE t.slot = s.id) AS remembered
    FROM slot s JOIN activity a ON a.id = s.activity LEFT JOIN room r ON r.id = s.room
    WHERE a.edition = $1 ORDER BY s.id
"""


async def stored_programme(edition_id: int) -> StoredProgramme:
    """All that an import or a release compares with; of a draft as well as of what is public."""
    edition = await database.fetch_one(_EDITION, edition_id)
    rooms = await database.fetch(_ROOMS, edition_id)
    labels = await database.fetch(_LABELS, edition_id)
    speakers = await database.fetch(_SPEAKERS, edition_id)
    activities = await database.fetch(_ACTIVITIES, edition_id)
    slots = await database.fetch(_SLOTS, edition_id)
    return StoredProgramme(
        edition_id=edition_id,
        slug=edition["slug"] if edition else "",
        title_en=edition["title_en"] if edition else "",
        room_ids={row["name"]: row["id"] for row in rooms},
        label_ids={(row["facet"], row["name_fr"]): row["id"] for row in labels},
        label_slugs={(row["facet"], row["name_fr"]): row["slug"] for row in labels},
        speaker_ids={row["key"]: row["id"] for row in speakers},
        activity_ids={row["key"]: row["id"] for row in activities},
        search_keys={row["key"]: row["search_key"] for row in activities},
        slots={(row["activity"], row["key"]): _picked(row, StoredSlot) for row in slots},
        facts=Facts(
            edition=_picked(edition, EditionFacts) if edition else None,
            rooms={row["name"]: _picked(row, ImportedRoom) for row in rooms},
            labels={(row["facet"], row["name_fr"]): _picked(row, ImportedLabel) for row in labels},
            speakers={row["key"]: _picked(row, ImportedSpeaker) for row in speakers},
            activities={row["key"]: _picked(row, ImportedActivity) for row in activities},
            slots={(row["activity"], row["key"]): _picked(row, SlotFacts) for row in slots},
        ),
    )


async def as_stored(extras: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The documents as PostgreSQL will give them back (it has its own way with large numbers), in one statement."""
    row = await database.fetch_one("SELECT $1::jsonb::text AS same", msgspec.json.encode(extras).decode())
    return msgspec.json.decode(row["same"], type=list[dict[str, Any]]) if row else extras


def _picked(row: Record, struct: type[_Thing]) -> _Thing:
    documents = {name: msgspec.json.decode(row[name]) for name in ("links", "extra") if name in row}
    return msgspec.convert({**row, **documents}, struct)

"""A programme as a comparison sees it: keyed by what the source calls things, the same for file and database."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from scheduling.imports.model import ImportedActivity, ImportedLabel, ImportedRoom, ImportedSpeaker

LabelKey = tuple[str, str]
"""Facet and French name."""

SlotKey = tuple[str, str]
"""The activity's key and the slot's."""


class EditionFacts(Struct, frozen=True):
    title: str
    starts_on: date
    ends_on: date
    extra: dict[str, Any] = {}


class SlotFacts(Struct, frozen=True, kw_only=True):
    """``venue`` and ``address`` are the room's: where it is concerns whoever comes."""

    starts_at: datetime
    ends_at: datetime
    room: str | None
    venue: str = ""
    address: str = ""
    seats: int | None
    cancelled: bool = False


class Facts(Struct, frozen=True, kw_only=True):
    """Rooms and labels in their order; activities without their slots, which stand apart."""

    edition: EditionFacts | None = None
    rooms: Mapping[str, ImportedRoom] = {}
    labels: Mapping[LabelKey, ImportedLabel] = {}
    speakers: Mapping[str, ImportedSpeaker] = {}
    activities: Mapping[str, ImportedActivity] = {}
    slots: Mapping[SlotKey, SlotFacts] = {}


class StoredSlot(Struct, frozen=True, kw_only=True):
    """What a slot is beside its facts. ``remembered``: people asked for it once, so it is never deleted."""

    id: int
    taken: int = 0
    sequence: int = 0
    updated_at: datetime
    remembered: bool = False


class StoredProgramme(Struct, frozen=True, kw_only=True):
    """What the database says, and the numbers it gave to what."""

    facts: Facts = Facts()
    edition_id: int | None = None
    slug: str = ""
    title_en: str = ""
    room_ids: Mapping[str, int] = {}
    label_ids: Mapping[LabelKey, int] = {}
    label_slugs: Mapping[LabelKey, str] = {}
    speaker_ids: Mapping[str, int] = {}
    activity_ids: Mapping[str, int] = {}
    search_keys: Mapping[str, str] = {}
    slots: Mapping[SlotKey, StoredSlot] = {}

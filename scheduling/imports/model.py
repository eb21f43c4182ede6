"""What a programme file says, whatever its format: the common ground between readers and the database.

``None`` says nothing: what the database knows stays as it is.
"""

from datetime import date, datetime
from typing import Any

from msgspec import Struct


class ImportedRoom(Struct, frozen=True, kw_only=True):
    name: str
    venue: str | None = None
    address: str | None = None
    capacity: int | None = None
    workstations: int | None = None
    step_free: bool | None = None
    extra: dict[str, Any] = {}
    name_en: str | None = None
    venue_en: str | None = None
    equipment_fr: str | None = None
    equipment_en: str | None = None


class ImportedSpeaker(Struct, frozen=True, kw_only=True):
    """``portrait`` names a stored picture; no file brings one."""

    key: str
    name: str
    organisation: str | None = None
    ambassador: bool | None = None
    biography_fr: str | None = None
    biography_en: str | None = None
    extra: dict[str, Any] = {}
    portrait: str | None = None


class ImportedLabel(Struct, frozen=True, kw_only=True):
    """A theme, an audience or a kind; ``name_fr`` is its key inside a facet."""

    facet: str
    name_fr: str
    name_en: str | None = None
    colour: str | None = None
    description_fr: str | None = None
    description_en: str | None = None


class ImportedSlot(Struct, frozen=True, kw_only=True):
    key: str
    starts_at: datetime
    ends_at: datetime
    room: str | None = None
    seats: int | None = None


class ImportedActivity(Struct, frozen=True, kw_only=True):
    """Texts are plain text (paragraphs apart by blank lines); what the source says beyond our fields is in ``extra``.

    ``speakers`` are keys of speakers; ``links`` pairs of title (may be empty) and address.
    """

    key: str
    title_fr: str
    title_en: str | None = None
    subtitle: str | None = None
    summary_fr: str | None = None
    summary_en: str | None = None
    description_fr: str | None = None
    description_en: str | None = None
    kind: str = ""
    theme: str = ""
    audience: str | None = None
    language: str = "fr"
    speakers: tuple[str, ...] = ()
    slots: tuple[ImportedSlot, ...] = ()
    links: tuple[tuple[str, str], ...] | None = None
    extra: dict[str, Any] = {}
    minutes: int | None = None
    needs_workstations: bool | None = None


class ImportedProgramme(Struct, frozen=True, kw_only=True):
    """Times are aware UTC; ``room``, ``speakers``, ``kind``, ``theme``, ``audience`` name members of the lists.

    ``exported_as``: the form of our own exports (``imports/own_files.py``) that the file repeats, changed or not.
    """

    title: str
    slug: str
    starts_on: date
    ends_on: date
    time_zone: str
    rooms: tuple[ImportedRoom, ...] = ()
    speakers: tuple[ImportedSpeaker, ...] = ()
    labels: tuple[ImportedLabel, ...] = ()
    activities: tuple[ImportedActivity, ...] = ()
    extra: dict[str, Any] = {}
    exported_as: str = ""


class Remark(Struct, frozen=True, order=True):
    """A sentence about one place of the file: « ligne 12 », « feuille activities, B7 », « $.schedule.conference »."""

    place: str
    message: str


class Reading(Struct, frozen=True):
    """Either a programme with the repairs made, or no programme and every error found."""

    programme: ImportedProgramme | None
    errors: tuple[Remark, ...] = ()
    repairs: tuple[Remark, ...] = ()

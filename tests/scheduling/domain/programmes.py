"""Small programmes to import, and what the database says before and after."""

from datetime import UTC, date, datetime
from typing import Any

from digital_days.kernel import database
from scheduling.domain.import_report import ImportReport
from scheduling.domain.importing import import_programme
from scheduling.imports.model import (
    ImportedActivity,
    ImportedLabel,
    ImportedProgramme,
    ImportedRoom,
    ImportedSlot,
    ImportedSpeaker,
)

LIBRARY = ImportedRoom(name="Bibliothèque", venue="Bibliothèque municipale", capacity=20)
HALL = ImportedRoom(name="Grande salle", capacity=200)
DENISE = ImportedSpeaker(key="denise", name="Denise Lavallée-Côté", organisation="CLE")
WORKSHOP = ImportedLabel(facet="kind", name_fr="Atelier", name_en="Workshop")
PRIVACY = ImportedLabel(facet="theme", name_fr="Vie privée", colour="336699")


def at(hour: int, minute: int = 0, *, day: int = 21) -> datetime:
    """In October 2027, by the clock of UTC."""
    return datetime(2027, 10, day, hour, minute, tzinfo=UTC)


def slot(
    key: str = "1", start: int = 13, *, hours: int = 1, room: str | None = "Bibliothèque", **more: Any
) -> ImportedSlot:
    return ImportedSlot(key=key, starts_at=at(start), ends_at=at(start + hours), room=room, **more)


def activity(key: str, *slots: ImportedSlot, **more: Any) -> ImportedActivity:
    said: dict[str, Any] = {"title_fr": f"Titre de {key}", "kind": "Atelier", "theme": "Vie privée", **more}
    return ImportedActivity(key=key, slots=slots, **said)


def programme(*activities: ImportedActivity, **more: Any) -> ImportedProgramme:
    said: dict[str, Any] = {
        "title": "Journées",
        "slug": "journees",
        "starts_on": date(2027, 10, 21),
        "ends_on": date(2027, 10, 22),
        "time_zone": "America/Toronto",
        "rooms": (LIBRARY, HALL),
        "speakers": (DENISE,),
        "labels": (WORKSHOP, PRIVACY),
        **more,
    }
    return ImportedProgramme(activities=activities, **said)


async def imported(wanted: ImportedProgramme, **more: Any) -> ImportReport:
    """With the usual choices."""
    return await import_programme(wanted, **{"edition_slug": None, "dry_run": False, "default_seats": None, **more})


async def every_row() -> dict[str, list[tuple[Any, ...]]]:
    """All tables with where each row lies on disk and who wrote it, so that a write of the same values shows."""
    said = "concat_ws(' ', t.ctid, t.xmin, row_to_json(t))"
    return {
        each["tablename"]: await rows(f'SELECT {said} FROM "{each["tablename"]}" t ORDER BY 1')
        for each in await database.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    }


async def rows(sql: str) -> list[tuple[Any, ...]]:
    """Plain tuples, for comparing whole values."""
    return [tuple(row) for row in await database.fetch(sql)]

"""The public programme as exports tell it, held in memory: nothing of a draft, nothing of people who come."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.revalidated import Revalidated
from scheduling.domain.programme_facts import SlotKey
from scheduling.domain.programme_reading import programme_version
from scheduling.domain.stored_programme import stored_programme
from scheduling.domain.told_programme import days_told, told
from scheduling.imports.model import ImportedProgramme


class PublishedProgramme(Struct, frozen=True, kw_only=True):
    """``activity_codes`` and ``speaker_codes``: what their pages are called, by key."""

    version: str
    programme: ImportedProgramme
    days: Mapping[SlotKey, date]
    activity_codes: Mapping[str, str]
    speaker_codes: Mapping[str, str]


async def _read(edition_id: int, version: str) -> PublishedProgramme:
    programme = told(await stored_programme(edition_id))
    return PublishedProgramme(
        version=version,
        programme=programme,
        days=days_told(programme),
        activity_codes=await _codes("activity", edition_id),
        speaker_codes=await _codes("speaker", edition_id),
    )


async def _codes(table: str, edition_id: int) -> dict[str, str]:
    rows = await database.fetch(f"SELECT source_id, code FROM {table} WHERE edition = $1", edition_id)
    return {row["source_id"]: row["code"] for row in rows}


_published = Revalidated(programme_version, _read)


async def published_programme(edition_id: int) -> PublishedProgramme:
    """The edition's programme, at most a second old; usually without a question to the database."""
    return await _published.get(edition_id)

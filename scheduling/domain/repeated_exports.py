"""A file in a form that we export ourselves, coming back: what it only repeats changes nothing.

Every such form says less than we know (one language, no seats, other identifiers). So the file is compared with
what our own export says now: where both say the same, the database keeps what it has.
"""

from collections.abc import Mapping
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from scheduling.domain.programme_facts import Facts, StoredProgramme
from scheduling.domain.repeated_names import with_our_names
from scheduling.domain.told_programme import days_told, told
from scheduling.domain.wanted_programme import wanted_programme
from scheduling.exports.c3voc_json import schedule_json
from scheduling.exports.c3voc_names import c3voc_names
from scheduling.exports.c3voc_rows import Publication
from scheduling.exports.c3voc_schedule import schedule_of
from scheduling.exports.c3voc_xml import schedule_xml
from scheduling.exports.sheet_names import sheet_names
from scheduling.exports.sheets import rows_of, sheets_of
from scheduling.exports.texts import Language
from scheduling.imports import own_files
from scheduling.imports.c3voc_json import read_json
from scheduling.imports.c3voc_xml import read_xml
from scheduling.imports.findings import Findings
from scheduling.imports.model import ImportedProgramme
from scheduling.imports.sheets import read_sheets

K = TypeVar("K")
T = TypeVar("T", bound=Struct)

NOWHERE = "https://pages.invalid/"
"""Addresses of pages tell slots of one activity, and are not read otherwise."""


class Repeated(Struct, frozen=True):
    """The file, and what our own export would say now; none for a form of somebody else's. Both by our keys."""

    file: ImportedProgramme
    export: ImportedProgramme | None = None


def repeated(programme: ImportedProgramme, stored: StoredProgramme) -> Repeated:
    """The programme by the keys that the database has for what it speaks of."""
    if not programme.exported_as or stored.edition_id is None:
        return Repeated(programme)
    ours = told(stored)
    if programme.exported_as == own_files.SHEETS:
        names = sheet_names(ours)
        export = read_sheets(
            rows_of(sheets_of(ours)), title=ours.title, slug=ours.slug, findings=Findings(lenient=True)
        ).programme
    else:
        language: Language = "en" if own_files.language_of(programme.exported_as) == "en" else "fr"
        names = c3voc_names(ours, language)
        export = _schedule(ours, stored, language, xml=programme.exported_as.startswith("xml"))
    return Repeated(with_our_names(programme, names), with_our_names(export, names) if export else None)


def wanted(repeated: Repeated, stored: StoredProgramme, *, default_seats: int | None) -> Facts:
    """See ``wanted_programme``; and where the file only repeats our own export, what the database knows stays."""
    file = wanted_programme(repeated.file, stored, default_seats=default_seats)
    if repeated.export is None:
        return file
    export = wanted_programme(repeated.export, stored, default_seats=None)
    return merged(export, file, stored.facts)


def merged(export: Facts, file: Facts, known: Facts) -> Facts:
    """What is known, with every difference between the export and the file applied to it."""
    return Facts(
        edition=_field_by_field(export.edition, file.edition, known.edition),
        rooms=_merged(export.rooms, file.rooms, known.rooms),
        labels=_merged(export.labels, file.labels, known.labels),
        speakers=_merged(export.speakers, file.speakers, known.speakers),
        activities=_merged(export.activities, file.activities, known.activities),
        slots=_merged(export.slots, file.slots, known.slots),
    )


def _merged(export: Mapping[K, T], file: Mapping[K, T], known: Mapping[K, T]) -> dict[K, T]:
    unsaid = {key: thing for key, thing in known.items() if key not in export}
    found = {**unsaid}
    for key, thing in file.items():
        found[key] = _field_by_field(export.get(key), thing, known.get(key)) or thing
    same_order = [key for key in file if key in export] == [key for key in export if key in file]
    order = (*known, *file) if same_order else (*file, *unsaid)
    return {key: found[key] for key in dict.fromkeys(order) if key in found}


def _field_by_field(export: T | None, file: T | None, known: T | None) -> T | None:
    if export is None or file is None or known is None:
        return file
    said = {name: getattr(file, name) for name in file.__struct_fields__}
    return replace(known, **{name: value for name, value in said.items() if value != getattr(export, name)})


def _schedule(
    ours: ImportedProgramme, stored: StoredProgramme, language: Language, *, xml: bool
) -> ImportedProgramme | None:
    publication = Publication(
        programme=ours,
        title=(stored.title_en or ours.title) if language == "en" else ours.title,
        language=language,
        days=days_told(ours),
        base_url=NOWHERE,
        url=NOWHERE,
        activities={each.key: f"{NOWHERE}{number}" for number, each in enumerate(ours.activities)},
    )
    schedule = schedule_of(publication)
    findings = Findings(lenient=True)
    reading = read_xml(schedule_xml(schedule), findings) if xml else read_json(schedule_json(schedule), findings)
    return reading.programme

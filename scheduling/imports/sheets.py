"""A spreadsheet, whatever it was written with: sheets of text cells become a programme."""

from collections.abc import Mapping

from digital_days.kernel.i18n import TORONTO, _
from scheduling.imports import checks, columns, own_files
from scheduling.imports.findings import LINE, Findings, Where
from scheduling.imports.model import ImportedProgramme, Reading
from scheduling.imports.sheet_activities import read_activities
from scheduling.imports.sheet_lists import Lists
from scheduling.imports.sheet_tables import Line, Rows, read_table
from scheduling.imports.slugs import slug_of


def read_sheets(sheets: Mapping[str, Rows], *, title: str, slug: str = "", findings: Findings | None = None) -> Reading:
    """The programme of these sheets (« activities », and « rooms », « speakers », « labels » where they exist).

    Sheets say nothing about the edition itself: its title comes from the caller. A sheet without a name, as a
    single CSV file is, holds activities. ``findings`` are those made on the way to the cells.
    """
    findings = findings or Findings()
    tables = _tables(sheets, findings)
    found = _programme(tables, title, slug, findings) if tables is not None else None
    return findings.reading(found, sheet_place)


def sheet_place(where: Where) -> str:
    """« feuille activities, ligne 7, colonne start »; without the sheet where there is only one, unnamed."""
    if where[:1] == (LINE,):
        return _("ligne %(line)s", line=where[1])
    sheet, row, column = (*where, "", "", "")[:3]
    parts = [
        _("feuille %(sheet)s", sheet=sheet) if sheet else "",
        _("ligne %(line)s", line=row) if row else "",
        _("colonne %(column)s", column=column) if column else "",
    ]
    return ", ".join(part for part in parts if part)


def _tables(sheets: Mapping[str, Rows], findings: Findings) -> dict[str, list[Line]] | None:
    names: dict[str, str] = {}
    for sheet in sheets:
        kind = "activities" if not sheet else columns.known(sheet, columns.SHEETS)
        if kind is None and len(sheets) == 1:
            kind = "activities"
        if kind in names:
            message = _(
                "Deux feuilles disent la même chose, l’autre est « %(other)s » : gardez-en une.", other=names[kind]
            )
            findings.error((sheet,), message)
        elif kind:
            names[kind] = sheet
        elif columns.normal(sheet) not in columns.NOTES and any(cell.strip() for row in sheets[sheet] for cell in row):
            findings.repair((sheet,), _("Feuille inconnue : laissée de côté."))
    if "activities" not in names:
        findings.error((), _("Il manque la feuille « activities » : le modèle montre les feuilles attendues."))
        return None
    return {kind: read_table(kind, sheet, sheets[sheet], findings) for kind, sheet in names.items()}


def _programme(tables: Mapping[str, list[Line]], title: str, slug: str, findings: Findings) -> ImportedProgramme | None:
    lists = Lists(findings)
    lists.read_rooms(tables.get("rooms", []))
    lists.read_speakers(tables.get("speakers", []))
    lists.read_labels(tables.get("labels", []))
    activities, placed = read_activities(tables["activities"], lists, findings)
    checks.overlaps(placed, TORONTO, findings)
    days = [each.slot.starts_at.astimezone(TORONTO).date() for each in placed]
    if not days:
        if not findings.errors:
            findings.error((), _("Aucune ligne n’a de date : il en faut au moins une pour situer l’édition."))
        return None
    if not checks.edition_days(min(days), max(days), (), findings):
        return None
    return ImportedProgramme(
        title=title,
        slug=slug or slug_of(title) or "programme",
        starts_on=min(days),
        ends_on=max(days),
        time_zone=TORONTO.key,
        rooms=lists.rooms(),
        speakers=lists.speakers(),
        labels=lists.labels(),
        activities=activities,
        exported_as=own_files.SHEETS,
    )

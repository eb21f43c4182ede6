"""A spreadsheet of people: names, addresses where there are any, notes. All of it is read, or every error is told."""

from collections.abc import Sequence

from digital_days.kernel.i18n import _
from scheduling.imports import columns
from scheduling.imports.csv_file import csv_rows
from scheduling.imports.findings import Findings
from scheduling.imports.group_rows import ROWS, GroupSheet, SheetLine
from scheduling.imports.sheet_tables import Rows, read_table
from scheduling.imports.sheets import sheet_place
from scheduling.imports.xlsx_file import xlsx_sheets


def read_group_sheet(data: bytes) -> GroupSheet:
    """What the file says: an Excel workbook's first sheet with people, or CSV. What looks like a formula is text."""
    findings = Findings()
    if not data.strip():
        findings.error((), _("Le fichier est vide : choisissez le tableur rempli."))
        return _told([], findings)
    rows = _rows(data, findings)
    table = read_table("group", "", rows, findings) if not findings.errors else []
    if len(table) > ROWS:
        findings.error((), _("Au plus %(most)s lignes à la fois : partagez la liste en plusieurs fichiers.", most=ROWS))
    if not table and not findings.errors:
        findings.error((), _("Personne dans ce fichier : écrivez un nom par ligne, sous la colonne « nom »."))
    lines = [
        SheetLine(number=line.number, name=line.line("name"), email=line.line("email"), note=line.line("note"))
        for line in table[: ROWS + 1]
    ]
    return _told(lines, findings)


def _rows(data: bytes, findings: Findings) -> Rows:
    if not data.startswith(b"PK"):
        return csv_rows(data, "group", findings)
    sheets = xlsx_sheets(data, findings)
    full: list[Sequence[Sequence[str]]] = [
        rows for name, rows in sheets.items() if columns.normal(name) not in columns.NOTES and rows
    ]
    return full[0] if full else []


def _told(lines: list[SheetLine], findings: Findings) -> GroupSheet:
    errors = [f"{place} : {said}" if (place := sheet_place(where)) else said for where, said in findings.errors]
    return GroupSheet(lines=[] if errors else lines, errors=[error[0].upper() + error[1:] for error in errors])

"""The spreadsheet to start from: headings, one example, and what each column means."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from digital_days.kernel.i18n import _
from scheduling.imports import columns

EXAMPLE: dict[str, Any] = {
    "id": "A-001",
    "date": date(2027, 10, 22),
    "start": time(13, 30),
    "end": time(15, 0),
    "title_fr": "Reconnaître un courriel frauduleux",
    "title_en": "Spotting a fraudulent e-mail",
    "summary_fr": "Un atelier pour apprendre à reconnaître les pièges, exemples à l’appui.",
    "summary_en": "A workshop on recognising the traps, with examples.",
    "kind": "Atelier",
    "theme": "Cybersécurité",
    "audience": "Grand public",
    "language": "fr",
    "room": "Grande salle",
    "seats": 20,
    "speakers": "Camille Exemple; Dominique Exemple",
}
LISTS: dict[str, list[dict[str, Any]]] = {
    "rooms": [
        {
            "room": "Grande salle",
            "venue": "Hôtel de ville",
            "address": "1, rue de l’Exemple",
            "capacity": 60,
            "workstations": 20,
            "step_free": "oui",
        }
    ],
    "speakers": [
        {"name": "Camille Exemple", "organisation": "Coopérative Exemple", "ambassador": "oui"},
        {"name": "Dominique Exemple"},
    ],
    "labels": [
        {"facet": "kind", "name_fr": "Atelier", "name_en": "Workshop", "colour": "#1e3a5f"},
        {"facet": "theme", "name_fr": "Cybersécurité", "name_en": "Cybersecurity"},
        {
            "facet": "audience",
            "name_fr": "Grand public",
            "name_en": "General public",
            "description_fr": "Des activités pour tout le monde, sans rien à préparer.",
            "description_en": "Activities for everyone, with nothing to prepare.",
        },
    ],
}


def xlsx_template() -> bytes:
    """An Excel workbook with every sheet, an example in each."""
    return workbook_of({"activities": [EXAMPLE], **LISTS})


def workbook_of(sheets: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """The sheets with all their columns, and the notes in a sheet of their own."""
    workbook = Workbook()
    del workbook[workbook.sheetnames[0]]
    for kind, rows in sheets.items():
        _fill(workbook.create_sheet(kind), list(columns.COLUMNS[kind]), rows)
    notes = [{"colonne": name, "note": _(note)} for name, note in columns.EXPLANATIONS.items()]
    _fill(workbook.create_sheet("notes"), ["colonne", "note"], notes)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def csv_template() -> bytes:
    """The activities as CSV for Excel: UTF-8 with a byte-order mark, semicolons, the notes in a row with « # »."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(columns.ACTIVITIES)
    notes = [_(columns.EXPLANATIONS[name]) for name in columns.ACTIVITIES]
    writer.writerow([f"# {notes[0]}", *notes[1:]])
    writer.writerow([_written(EXAMPLE.get(name, "")) for name in columns.ACTIVITIES])
    return file.getvalue().encode("utf-8-sig")


def _fill(sheet: Any, names: list[str], rows: Sequence[Mapping[str, Any]]) -> None:
    sheet.append(names)
    for row in rows:
        sheet.append([row.get(name) for name in names])
    for heading in sheet[1]:
        heading.font = Font(bold=True)
        sheet.column_dimensions[heading.column_letter].width = 24
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            if isinstance(cell.value, date):
                cell.number_format = "yyyy-mm-dd"
            elif isinstance(cell.value, time):
                cell.number_format = "hh:mm"
    sheet.freeze_panes = "A2"


def _written(value: Any) -> str:
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)

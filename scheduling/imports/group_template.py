"""``python -m scheduling.imports.group_template xlsx fr``: the spreadsheet to fill in, on standard output.

A program of its own, so that the web process never loads the spreadsheet library.
"""

import csv
import io
import sys

from openpyxl import Workbook
from openpyxl.styles import Font

from digital_days.kernel import i18n
from digital_days.kernel.i18n import _

HEADINGS = {"fr": ("nom", "courriel", "note"), "en": ("name", "email", "note")}


def rows() -> list[tuple[str, ...]]:
    """The headings, and a note for people that the import passes over."""
    note = _("# Un nom par ligne. Le courriel et la note sont facultatifs; pour des élèves, le prénom seulement.")
    return [HEADINGS[i18n.current()], (note, "", "")]


def xlsx() -> bytes:
    """An Excel workbook with one sheet."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = _("groupe")
    for row in rows():
        sheet.append(row)
    for heading in sheet[1]:
        heading.font = Font(bold=True)
    for letter in "ABC":
        sheet.column_dimensions[letter].width = 32
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def csv_text() -> bytes:
    """CSV for Excel: UTF-8 with a byte-order mark, semicolons."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";").writerows(rows())
    return file.getvalue().encode("utf-8-sig")


def main(kind: str, locale: str) -> None:
    """Writes the file of this kind, in this language."""
    with i18n.use(i18n.as_locale(locale)):
        sys.stdout.buffer.write({"xlsx": xlsx, "csv": csv_text}[kind]())


if __name__ == "__main__":
    main(*sys.argv[1:])

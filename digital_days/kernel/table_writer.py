"""``python -m digital_days.kernel.table_writer``: rows as JSON on standard input, a workbook on standard output.

A program of its own, so that the web process never loads the spreadsheet library.
"""

import io
import re
import sys

import msgspec
from openpyxl import Workbook
from openpyxl.styles import Font

from digital_days.kernel.lists import Cell

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def workbook_of_rows(rows: list[list[Cell]]) -> bytes:
    """One sheet, the first row its head. Every text stays one: none is run as a formula (CWE-1236)."""
    workbook = Workbook()
    sheet = workbook.active
    if sheet is None:  # pragma: no cover - a new workbook has one
        raise RuntimeError("no sheet")
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, _NO_TEXT.sub("", value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
            elif isinstance(value, float):
                cell.number_format = "0.00"
            if number == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(workbook_of_rows(msgspec.json.decode(sys.stdin.buffer.read(), type=list[list[Cell]])))

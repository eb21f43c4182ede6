"""``python -m scheduling.exports.table_writer``: rows of text as JSON on standard input, a workbook on standard output.

A program of its own, so that the web process never loads the spreadsheet library.
"""

import io
import re
import sys

import msgspec
from openpyxl import Workbook
from openpyxl.styles import Font

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def workbook_of_rows(rows: list[list[str]]) -> bytes:
    """One sheet, the first row its head. Every cell is text: none is run as a formula (CWE-1236)."""
    workbook = Workbook()
    sheet = workbook.active
    if sheet is None:  # pragma: no cover - a new workbook has one
        raise RuntimeError("no sheet")
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column, _NO_TEXT.sub("", text))
            cell.data_type = "s"
            if number == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(workbook_of_rows(msgspec.json.decode(sys.stdin.buffer.read(), type=list[list[str]])))

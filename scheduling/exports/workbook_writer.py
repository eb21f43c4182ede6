"""``python -m scheduling.exports.workbook_writer fr``: a programme on standard input, its workbook on standard output.

A program of its own, so that the web process never loads the spreadsheet library.
"""

import sys

import msgspec

from digital_days.kernel import i18n
from scheduling.exports.sheets import sheets_of
from scheduling.imports.model import ImportedProgramme
from scheduling.imports.template import workbook_of


def main(locale: str) -> None:
    """Writes the workbook, its notes in this language."""
    programme = msgspec.json.decode(sys.stdin.buffer.read(), type=ImportedProgramme)
    with i18n.use(i18n.as_locale(locale)):
        sys.stdout.buffer.write(workbook_of(sheets_of(programme)))


if __name__ == "__main__":
    main(*sys.argv[1:])

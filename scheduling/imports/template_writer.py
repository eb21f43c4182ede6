"""``python -m scheduling.imports.template_writer xlsx fr``: the spreadsheet to start from, on standard output.

A program of its own, so that the web process never loads the spreadsheet library.
"""

import sys

from digital_days.kernel import i18n
from scheduling.imports.template import csv_template, xlsx_template

KINDS = {"xlsx": xlsx_template, "csv": csv_template}


def main(kind: str, locale: str) -> None:
    """Writes the file of this kind, its notes in this language."""
    with i18n.use(i18n.as_locale(locale)):
        sys.stdout.buffer.write(KINDS[kind]())


if __name__ == "__main__":
    main(*sys.argv[1:])

"""``python -m scheduling.imports.group_reader fr``: a spreadsheet on standard input, its people as JSON on output.

A program of its own, so that the web process never loads the spreadsheet library.
"""

import sys

import msgspec

from digital_days.kernel import i18n
from scheduling.imports.group_sheet import read_group_sheet


def main(locale: str) -> None:
    """Reads the file; what is wrong with it is said in this language."""
    with i18n.use(i18n.as_locale(locale)):
        sys.stdout.buffer.write(msgspec.json.encode(read_group_sheet(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Lists as text that a spreadsheet opens: a separator of its reader's country, and nothing it would run."""

import csv
import io
from collections.abc import Iterable, Sequence

from digital_days.kernel.i18n import Locale

Cell = str | int | float
"""A ``float`` is an amount of money: it has two decimals."""

BEGINNING = "\N{BYTE ORDER MARK}"
"""Tells Excel that the text is UTF-8."""
_RUNS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Iterable[Sequence[Cell]], locale: Locale) -> bytes:
    """Lines with CRLF; a text that a spreadsheet would take for a formula begins with an apostrophe (CWE-1236)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if locale == "fr" else ",")
    writer.writerows([_written(cell, locale) for cell in row] for row in rows)
    return text.getvalue().encode()


def _written(cell: Cell, locale: Locale) -> str:
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_RUNS) else cell
    number = f"{cell:.2f}" if isinstance(cell, float) else str(cell)
    return number.replace(".", ",") if locale == "fr" else number

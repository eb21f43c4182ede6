"""An Excel workbook's sheets as rows of text."""

import io
import warnings
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice, zip_longest
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.workbook import Workbook

from digital_days.kernel.i18n import _
from scheduling.imports import limits
from scheduling.imports.findings import Findings
from scheduling.imports.sheet_tables import speaks
from scheduling.imports.unread import Unread
from scheduling.imports.xlsx_archive import has_formulas, merged_down, refusal

EXCEL_ROWS = 1_048_576
ERRORS = ("#REF!", "#VALUE!", "#N/A", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!")


def xlsx_sheets(data: bytes, findings: Findings) -> dict[str, Sequence[Sequence[str]]]:
    """The sheets by name, in their order; errors for a workbook that cannot or must not be read."""
    refused = refusal(data)
    if refused:
        findings.error((), refused)
        return {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl doesn't support (validation, drawings) holds no text
            return _read(data, findings)
    except Exception:  # noqa: BLE001 - openpyxl lets through whatever its parts raise on a damaged workbook
        message = _("Le classeur est illisible : ouvrez-le dans un tableur et enregistrez-le de nouveau en .xlsx.")
        findings.error((), message)
        return {}


def _read(data: bytes, findings: Findings) -> dict[str, Sequence[Sequence[str]]]:
    answers = _visible(_opened(data, answers=True))
    formulas = _visible(_opened(data, answers=False)) if has_formulas(data) else ()
    sheets: dict[str, Sequence[Sequence[str]]] = {}
    for sheet, asked in zip_longest(answers, formulas):
        rows = _rows(sheet.title, _values(sheet), findings)
        if rows and asked:
            _mark_unanswered(sheet.title, _values(asked), rows, findings)
        _spread_merges(data, sheet, rows, findings)
        sheets[sheet.title] = rows
    return sheets


def _opened(data: bytes, *, answers: bool) -> Workbook:
    return load_workbook(io.BytesIO(data), read_only=True, data_only=answers, keep_links=False)


def _spread_merges(data: bytes, sheet: Any, rows: list[list[str]], findings: Findings) -> None:
    """A cell merged over several rows says its value for each of them that says something else besides."""
    filled = 0
    for letters, first, last in merged_down(data, sheet._worksheet_path):  # noqa: SLF001 - nothing else tells
        position = column_index_from_string(letters) - 1
        value = _cell(rows[first - 1], position) if first <= len(rows) else ""
        if not value or position >= limits.COLUMNS:
            continue
        for number, row in enumerate(rows[first:last], start=first + 1):
            filled += 1
            if filled > limits.CELLS:
                return
            if any(row) and not _cell(row, position):
                _fill(row, position, value)
                message = _("Cellule fusionnée avec celle du dessus : sa valeur est reprise.")
                findings.repair((sheet.title, number, letters), message)


def _visible(workbook: Workbook) -> list[Any]:
    # Hidden sheets are read too: what is hidden may still be meant, and an unknown sheet is only mentioned.
    return [sheet for sheet in workbook.worksheets if hasattr(sheet, "iter_rows")]


def _values(sheet: Any) -> Iterable[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    rows: Iterable[tuple[Any, ...]] = sheet.iter_rows(values_only=True)
    return rows


def _rows(name: str, values: Iterable[tuple[Any, ...]], findings: Findings) -> list[list[str]]:
    rows: list[list[str]] = []
    empty = seen = 0
    for number, row in enumerate(values, start=1):
        seen += len(row) + 1
        if seen > limits.CELLS:
            findings.error((name, number), _too_large())
            return []
        cells = [_text(value) for value in row]
        if not any(cells):
            empty += 1
            if number > EXCEL_ROWS:
                break
            continue
        if number > limits.ROWS or len(cells) > limits.COLUMNS:
            findings.error((name, number), _too_large())
            return []
        rows.extend([] for _empty in range(empty))
        empty = 0
        rows.append(cells)
        _refuse_errors(name, number, cells, findings)
    return rows


def _refuse_errors(name: str, number: int, cells: Sequence[str], findings: Findings) -> None:
    for position, cell in enumerate(cells):
        if cell in ERRORS:
            message = _("La cellule affiche l’erreur %(error)s : corrigez sa formule.", error=cell)
            findings.error((name, number, _letters(position)), message)


def _mark_unanswered(name: str, formulas: Iterable[tuple[Any, ...]], rows: list[list[str]], findings: Findings) -> None:
    """An error for each formula without a value, because no spreadsheet has computed it yet; its cell is unread."""
    headings = next(filter(speaks, rows), ())
    for number, row in enumerate(islice(formulas, limits.ROWS), start=1):
        for position, value in enumerate(row[: limits.COLUMNS]):
            if not (isinstance(value, str) and value.startswith("=")):
                continue
            rows.extend([] for _missing in range(number - len(rows)))
            if not _cell(rows[number - 1], position):
                message = _("La formule n’a pas de résultat : ouvrez le classeur dans un tableur et enregistrez-le.")
                heading = _cell(headings, position).strip() or _letters(position)
                findings.error((name, number, heading), message)
                _fill(rows[number - 1], position, Unread(f"={name}!{_letters(position)}{number}"))


def _cell(row: Sequence[str], position: int) -> str:
    return row[position] if position < len(row) else ""


def _fill(row: list[str], position: int, value: str) -> None:
    row.extend([""] * (position + 1 - len(row)))
    row[position] = value


def _too_large() -> str:
    return _("Trop grand : au plus %(rows)s lignes, %(columns)s colonnes.", rows=limits.ROWS, columns=limits.COLUMNS)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _hours(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _moment(value: datetime) -> str:
    # Excel counts in fractions of days: 13:30 may come back as 13:29:59.999.
    rounded = (value + timedelta(milliseconds=500)).replace(microsecond=0) if value.year < 9999 else value
    return rounded.date().isoformat() if rounded.time() == time() else rounded.isoformat(sep=" ")


def _hours(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _letters(position: int) -> str:
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

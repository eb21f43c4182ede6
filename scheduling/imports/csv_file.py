"""A CSV file's rows, whatever wrote it: encoding and separator are seen, and said."""

import csv
import io
import re
from collections.abc import Sequence
from itertools import islice

from digital_days.kernel.i18n import N_, _
from scheduling.imports import columns, limits
from scheduling.imports.findings import Findings, at_line

SEPARATORS = {";": N_("point-virgule"), ",": N_("virgule"), "\t": N_("tabulation")}
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
UNUSUAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f¤¦¬¯±¶¸¹²³¼¾¿×÷Þþ]")
"""Characters that French text in windows-1252 has no use for, and other encodings read as it are full of."""


def csv_rows(data: bytes, kind: str, findings: Findings) -> Sequence[Sequence[str]]:
    """The rows of a CSV file of such a sheet; what was seen is a repair, what cannot be read an error."""
    found = _decoded(data)
    if found is None:
        line = _first_strange_line(data)
        message = _("L’encodage est inconnu : enregistrez le fichier en « CSV UTF-8 ».")
        findings.error(at_line(line), message)
        return []
    text, encoding = found
    separator = _separator(text, kind)
    rows = _rows(text, separator, findings)
    message = _("Lu comme %(encoding)s, séparateur : %(name)s.", encoding=encoding, name=_(SEPARATORS[separator]))
    findings.repair((), message)
    return rows


def looks_like_csv(data: bytes) -> bool:
    """Whether the first row of text names two columns of ours."""
    found = _decoded(data)
    return found is not None and any(_known(found[0], separator, "activities") >= 2 for separator in SEPARATORS)


def _decoded(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return _try(data, encoding, "UTF-8" if encoding == "utf-8-sig" else "UTF-16")
    if found := _try(data, "utf-8", "UTF-8"):
        return found
    found = _try(data, "windows-1252", "windows-1252")
    return None if found is None or UNUSUAL.search(found[0]) else found


def _try(data: bytes, encoding: str, name: str) -> tuple[str, str] | None:
    try:
        return data.decode(encoding), name
    except UnicodeDecodeError:
        return None


def _first_strange_line(data: bytes) -> int:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        return data.count(b"\n", 0, problem.start) + 1
    return 1


def _separator(text: str, kind: str) -> str:
    return max(SEPARATORS, key=lambda separator: (_known(text, separator, kind), text[:10_000].count(separator)))


def _known(text: str, separator: str, kind: str) -> int:
    lines = (line for line in text[:10_000].splitlines() if line.strip() and not line.lstrip('"').startswith("#"))
    cells = next(lines, "").split(separator)
    return sum(columns.known(cell.strip().strip('"'), columns.COLUMNS[kind]) is not None for cell in cells)


def _rows(text: str, separator: str, findings: Findings) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(islice(reader, limits.ROWS + 1))  # one too many is refused with the rest of the sheet
    except csv.Error:
        message = _("Le CSV est mal formé : vérifiez à cet endroit les guillemets et la longueur des cellules.")
        findings.error(at_line(reader.line_num), message)
        return []
    return rows

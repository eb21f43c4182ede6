"""The archive that an .xlsx file is, checked before anything in it is parsed: bombs, lies and entities stop here."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice

from digital_days.kernel.i18n import _
from scheduling.imports import limits
from scheduling.imports.xml_source import fault

PIECE = 1 << 20
MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
PARTS = 2_000
DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(NotImplementedError, RuntimeError, OSError, ValueError, EOFError, OverflowError),
)
"""What zipfile raises for damaged, encrypted, oddly compressed and truncated archives."""


def refusal(data: bytes) -> str:
    """Why the archive may not be opened; nothing for a harmless one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _declared(archive) or _actual(archive)
    except DAMAGES:
        return _("Le classeur est endommagé ou protégé : ouvrez-le dans un tableur et enregistrez-le en .xlsx.")


def has_formulas(data: bytes) -> bool:
    """Whether a sheet of a harmless archive holds a formula."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f" in archive.read(name) for name in names)


def merged_down(data: bytes, part: str) -> Iterator[tuple[str, int, int]]:
    """Column, first and last row of each merge of a sheet of a harmless archive that covers several rows."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read(part)
    for found in islice(MERGE.finditer(content), limits.ROWS):
        first, last = int(found[2]), int(found[3])
        if first < last:
            yield found[1].decode(), first, last


def _declared(archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    if len(parts) > PARTS or sum(part.file_size for part in parts) > limits.UNPACKED_BYTES:
        return _too_large()
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        return _("Cette archive n’est pas un classeur .xlsx : enregistrez le programme en .xlsx ou en CSV.")
    return ""


def _actual(archive: zipfile.ZipFile) -> str:
    unpacked = 0
    for part in archive.infolist():
        content = bytearray()
        with archive.open(part) as stream:
            while piece := stream.read(PIECE):
                unpacked += len(piece)
                content += piece
                if unpacked > limits.UNPACKED_BYTES:
                    return _too_large()
        if content.count(b"<") > 4 * limits.PARTS:
            return _too_large()
        # A workbook says itself which part is a sheet, whatever its name; pictures are no XML, and need not be.
        found = fault(bytes(content))
        if found == "doctype" or (found and part.filename.endswith((".xml", ".rels"))):
            return _(
                "Le classeur contient un XML mal formé, un DOCTYPE ou des entités : enregistrez-le de nouveau en .xlsx."
            )
    return ""


def _too_large() -> str:
    return _("Le classeur est trop grand pour un programme, une fois décompressé : gardez les seules feuilles utiles.")

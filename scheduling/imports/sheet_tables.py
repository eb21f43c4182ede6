"""A sheet's cells under the columns they belong to, each knowing its place."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from digital_days.kernel.i18n import _
from scheduling.imports import columns, limits, members
from scheduling.imports.findings import Findings, Where
from scheduling.imports.html_text import UNSTORABLE, plain_line, plain_text
from scheduling.imports.unread import Unread

Rows = Sequence[Sequence[str]]

NEUTRALISED = re.compile(r"'(?='*[=+@#\t\r-])")
"""Exports put an apostrophe before what a spreadsheet would take for a formula, or the import for a note."""


class Line(Struct, frozen=True):
    """One row with something in it; ``extra`` holds what stands under headings that mean nothing to us."""

    sheet: str
    number: int
    written: Mapping[str, str]
    cells: dict[str, str]
    extra: dict[str, str]
    findings: Findings

    def where(self, column: str) -> Where:
        """The cell, its column named as the file names it."""
        return (self.sheet, self.number, self.written.get(column, column))

    def has(self, column: str) -> bool:
        """Whether the sheet has such a column at all; an empty cell says something, a missing column nothing."""
        return column in self.written

    def raw(self, column: str) -> str:
        """The cell as it stands, without the spaces around it."""
        return self.cells.get(column, "")

    def line(self, column: str, most: int = limits.NAME) -> str:
        """The cell on one line; an error when it is too long."""
        if isinstance(unread := self.raw(column), Unread):
            return unread
        text, was_html = plain_line(self.raw(column))
        return self._said(column, text, was_html, most)

    def text(self, column: str) -> str:
        """The cell as paragraphs; an error when it is too long."""
        if isinstance(unread := self.raw(column), Unread):
            return unread
        text, was_html = plain_text(self.raw(column))
        return self._said(column, text, was_html, limits.TEXT)

    def number_in(self, column: str, least: int) -> int | None:
        """A whole number, ``None`` for an empty cell or after an error."""
        written = self.raw(column)
        if not written:
            return None
        if not (written.isascii() and written.isdigit() and least <= int(written[:9]) <= limits.NUMBER):
            message = _(
                "« %(text)s » : il faut un nombre entier entre %(least)s et %(most)s, ou rien.",
                text=written[:40],
                least=least,
                most=limits.NUMBER,
            )
            self.findings.error(self.where(column), message)
            return None
        return int(written)

    def choice(self, column: str, names: columns.Names) -> str:
        """One of the names, « » for an empty cell or after an error."""
        written = self.raw(column)
        found = columns.known(written, names) if written else ""
        if found is None:
            message = _(
                "« %(text)s » n’est pas prévu ici : écrivez %(names)s.",
                text=written[:40],
                names=", ".join(aliases[0] if names is columns.YES_OR_NO else name for name, aliases in names.items()),
            )
            self.findings.error(self.where(column), message)
        return found or ""

    def _said(self, column: str, text: str, was_html: bool, most: int) -> str:
        if was_html:
            self.findings.repair(self.where(column), _("HTML converti en texte simple."))
        members.fits(text, most, self.where(column), self.findings)
        return text


def read_table(kind: str, sheet: str, rows: Rows, findings: Findings) -> list[Line]:
    """The rows under the headings of such a sheet; errors for headings that are missing or written twice."""
    head = next((number for number, row in enumerate(rows) if speaks(row)), None)
    if head is None:
        return []
    if len(rows) > limits.ROWS or max(map(len, rows)) > limits.COLUMNS:
        message = _(
            "Trop grand : au plus %(rows)s lignes, %(columns)s colonnes.", rows=limits.ROWS, columns=limits.COLUMNS
        )
        findings.error((sheet,), message)
        return []
    table = _Table(kind, sheet, head + 1, findings)
    if not table.read_headings(rows[head]):
        return []
    body = enumerate(rows[head + 1 :], start=head + 2)
    return [table.line(number, row) for number, row in body if speaks(row)]


class _Table:
    def __init__(self, kind: str, sheet: str, head: int, findings: Findings) -> None:
        self._kind = kind
        self._sheet = sheet
        self._head = head
        self._findings = findings
        self._columns: dict[int, str] = {}
        self._others: dict[int, str] = {}
        self._written: dict[str, str] = {}

    def read_headings(self, row: Sequence[str]) -> bool:
        for position, cell in enumerate(row):
            if isinstance(cell, Unread):
                continue
            written = " ".join(UNSTORABLE.sub("", cell).split())[: limits.NAME]
            name = columns.known(written, columns.COLUMNS[self._kind]) if written else None
            where = (self._sheet, self._head, written)
            if name in self._written:
                self._findings.error(where, _("Deux colonnes disent « %(name)s » : gardez-en une.", name=name))
            elif name:
                self._columns[position] = name
                self._written[name] = written
            elif written:
                self._others[position] = written
                self._findings.repair(where, _("Colonne inconnue : son contenu est gardé à part."))
        missing = [name for name in columns.NEEDED[self._kind] if name not in self._written]
        if self._kind == "activities" and not {"title_fr", "title_en"} & self._written.keys():
            missing.append("title_fr")
        if any(isinstance(cell, Unread) for cell in row):
            return not missing  # what is missing may be what could not be read
        for name in missing:
            message = _("Il manque la colonne « %(name)s » : le modèle montre les colonnes attendues.", name=name)
            self._findings.error((self._sheet, self._head), message)
        return not missing

    def line(self, number: int, row: Sequence[str]) -> Line:
        cells: dict[str, str] = {}
        extra: dict[str, str] = {}
        for position, cell in enumerate(row):
            text = cell if isinstance(cell, Unread) else self._clean(cell, number)
            if position in self._columns:
                cells[self._columns[position]] = text
            elif text:
                heading = self._others.get(position) or _("colonne %(number)s", number=position + 1)
                extra[heading] = text
        line = Line(self._sheet, number, self._written, cells, extra, self._findings)
        for column in (column for column, text in cells.items() if isinstance(text, Unread)):
            self._findings.silence(line.where(column))
        return line

    def _clean(self, cell: str, number: int) -> str:
        if UNSTORABLE.search(cell):
            message = _("Des caractères de contrôle invisibles sont retirés.")
            self._findings.repair((self._sheet, number), message)
            cell = UNSTORABLE.sub("", cell)
        text = cell.strip()
        return text[1:] if NEUTRALISED.match(text) else text


def speaks(row: Sequence[str]) -> bool:
    """Whether the row says something to the import."""
    # A row whose first cell begins with « # » is a note for people, such as the template's.
    return any(cell.strip() for cell in row) and not row[0].lstrip().startswith("#")

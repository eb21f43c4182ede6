"""c3voc's ``schedule.json``, as pretalx and frab export it."""

from digital_days.kernel.i18n import _
from scheduling.imports import c3voc_schema, limits
from scheduling.imports.c3voc import programme
from scheduling.imports.findings import LINE, Findings, Where
from scheduling.imports.json_places import json_path, lines
from scheduling.imports.json_source import decode, parse
from scheduling.imports.model import Reading


def read_json(data: bytes, findings: Findings | None = None) -> Reading:
    """A c3voc JSON document as a programme, or every error with its path and line."""
    findings = findings or Findings()
    text = decode(data, findings)
    document = parse(text, findings) if text is not None else None
    found = None
    if document is not None:
        c3voc_schema.check(document, findings)
        found = programme(document, findings)
    elif not findings.errors:
        findings.error((), _("Le document est vide (null) : ce n’est pas un programme."))
    wanted = {where for where in findings.places() if where[:1] != (LINE,)}
    # Where only the parser complained there is no path to look up, and perhaps no well-formed text to look in.
    placed = text is not None and len(text) <= limits.PLACED_BYTES and wanted - {()}
    found_lines = lines(text, wanted) if text is not None and placed else {}
    return findings.reading(found, lambda where: _place(where, found_lines), lambda where: _line(where, found_lines))


def _line(where: Where, found_lines: dict[Where, int]) -> int:
    return int(where[1]) if where[:1] == (LINE,) else found_lines.get(where, 0)


def _place(where: Where, found_lines: dict[Where, int]) -> str:
    if where[:1] == (LINE,):
        return _("ligne %(line)s", line=where[1])
    if where in found_lines:
        return _("%(path)s (ligne %(line)s)", path=json_path(where), line=found_lines[where])
    return json_path(where)

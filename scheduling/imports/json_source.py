"""A JSON document out of bytes: whatever the bytes are, a value or errors at their line."""

import json
import re
from typing import Any

from digital_days.kernel.i18n import _
from scheduling.imports import limits
from scheduling.imports.findings import Findings, Where, at_line
from scheduling.imports.html_text import UNSTORABLE
from scheduling.imports.json_places import Token, line_at_depth, walk

SURROGATE = re.compile(r"[\ud800-\udfff]")


class _Suspicions:
    """The fast parser only notices that something is wrong; ``_confirm`` finds out where."""

    raised = False

    def members(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) == len(pairs):
            return members
        self.raised = True
        return dict(reversed(pairs))  # of a name written twice, the first: its line is the one that is found

    def number(self, text: str) -> float | None:
        number = _number(text)
        self.raised |= number is None
        return number

    def constant(self, _text: str) -> None:
        self.raised = True


def decode(data: bytes, findings: Findings) -> str | None:
    """The text of UTF-8, UTF-16 or UTF-32 bytes, as JSON allows; an error for anything else."""
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        findings.error(at_line(line), _("Cet octet n’est pas de l’UTF-8 : enregistrez le fichier en UTF-8."))
        return None


def parse(text: str, findings: Findings) -> Any:
    """The document, or ``None`` after an error that ends the reading; its strings hold nothing a database refuses.

    After other errors it is as much of the document as can be read: the first member of a name written twice,
    ``None`` for an unacceptable number.
    """
    if text.count("{") + text.count("[") > limits.PARTS:
        findings.error((), _("Le fichier contient trop d’objets et de listes pour un programme."))
        return None
    suspicions = _Suspicions()
    try:
        document = json.loads(
            text,
            object_pairs_hook=suspicions.members,
            parse_int=suspicions.number,
            parse_float=suspicions.number,
            parse_constant=suspicions.constant,
        )
    except json.JSONDecodeError as problem:
        message = _(
            "Le JSON est mal formé à la colonne %(column)s : vérifiez les guillemets, les virgules et les "
            "accolades à cet endroit.",
            column=problem.colno,
        )
        findings.error(at_line(problem.lineno), message)
        return None
    except RecursionError:
        findings.error(at_line(line_at_depth(text, limits.DEPTH)), _too_deep())
        return None
    if _depth_exceeds(document, limits.DEPTH):
        findings.error(at_line(line_at_depth(text, limits.DEPTH)), _too_deep())
        return None
    if suspicions.raised:
        _confirm(text, findings)
    return _storable(document, (), findings)


def _number(text: str) -> int | float | None:
    if len(text) > 400:
        return None
    number = float(text) if set(text) & set(".eE") else int(text)
    return number if abs(number) < 1e30 else None


def _too_deep() -> str:
    return _("Les données sont emboîtées trop profondément pour un programme : ce fichier n’en est pas un.")


def _depth_exceeds(document: Any, limit: int) -> bool:
    level = [document]
    for _depth in range(limit):
        level = [child for value in level for child in _children(value)]
        if not level:
            return False
    return True


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [child for child in value.values() if isinstance(child, (dict, list))]
    if isinstance(value, list):
        return [child for child in value if isinstance(child, (dict, list))]
    return []


def _confirm(text: str, findings: Findings) -> None:
    if len(text) > limits.PLACED_BYTES:
        findings.flaw((), _("Une clé est écrite deux fois ou un nombre n’est pas acceptable : corrigez l’export."))
        return
    seen: set[Where] = set()
    repeated: set[Where] = set()
    unread: set[Where] = set()
    for token in walk(text):
        if findings.full:
            return
        if token.names:
            if token.path in seen and not _within(token.path, repeated):
                message = _("La clé « %(name)s » est écrite deux fois : gardez-en une.", name=token.path[-1])
                findings.flaw(token.path, message)
                repeated.add(token.path)
            seen.add(token.path)
        elif not _is_finite(token):
            message = _("« %(text)s » n’est pas un nombre acceptable ici : corrigez-le.", text=token.text[:40])
            findings.error(token.path, message)
            unread.add(token.path)
    for path in unread:
        findings.silence(path)


def _within(path: Where, places: set[Where]) -> bool:
    return any(path[:length] in places for length in range(1, len(path) + 1))


def _is_finite(token: Token) -> bool:
    if token.text in ("true", "false", "null", "{", "[") or token.text.startswith('"'):
        return True
    return token.text not in ("NaN", "Infinity", "-Infinity") and _number(token.text) is not None


def _storable(value: Any, where: Where, findings: Findings) -> Any:
    if isinstance(value, str):
        return _clean(value, where, findings)
    if isinstance(value, list):
        return [_storable(child, (*where, index), findings) for index, child in enumerate(value)]
    if isinstance(value, dict):
        return {
            _clean(name, (*where, name), findings): _storable(child, (*where, name), findings)
            for name, child in value.items()
        }
    return value


def _clean(text: str, where: Where, findings: Findings) -> str:
    if not UNSTORABLE.search(text):
        return text
    if SURROGATE.search(text):
        findings.error(where, _("Un caractère est incomplet (\\ud800 à \\udfff) : réécrivez ce texte."))
    else:
        findings.repair(where, _("Des caractères de contrôle invisibles sont retirés."))
    return UNSTORABLE.sub("", text)

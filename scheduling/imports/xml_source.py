"""An XML document out of bytes: no document type, no entities beyond XML's own five, no network, every line known.

Expat alone: it says the exact line of each element, and stops at the DOCTYPE before an entity can be declared.
"""

from typing import Any, Literal
from xml.parsers import expat

from msgspec import Struct, field

from digital_days.kernel.i18n import _
from scheduling.imports import limits
from scheduling.imports.findings import Findings, at_line


class Element(Struct):
    name: str
    line: int
    attributes: dict[str, str]
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def all(self, name: str) -> list["Element"]:
        """The children of that name."""
        return [child for child in self.children if child.name == name]


class _Refused(Exception):
    pass


class _Builder:
    def __init__(self, parser: Any) -> None:
        self.root = Element("", 0, {})
        self._count = 0
        self._parser = parser
        self._open = [self.root]
        self._texts: list[list[str]] = [[]]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > limits.PARTS:
            raise _Refused(_("Le fichier contient trop d’éléments pour un programme."))
        if len(self._open) > limits.DEPTH:
            raise _Refused(_("Les éléments sont emboîtés trop profondément pour un programme."))
        element = Element(name, self._parser.CurrentLineNumber, attributes)
        self._open[-1].children.append(element)
        self._open.append(element)
        self._texts.append([])

    def end(self, _name: str) -> None:
        self._open.pop().text = "".join(self._texts.pop())

    def text(self, text: str) -> None:
        self._texts[-1].append(text)


def parse_xml(data: bytes, findings: Findings) -> Element | None:
    """The root element, or ``None`` after an error."""
    parser = expat.ParserCreate()
    builder = _Builder(parser)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    try:
        parser.Parse(data, True)
    except _Refused as refusal:
        findings.error(at_line(parser.CurrentLineNumber), str(refusal))
        return None
    except expat.ExpatError as problem:
        findings.error(at_line(problem.lineno), _malformed(problem))
        return None
    except (LookupError, ValueError):  # the encoding announced is unknown to Python, or too wide for expat
        findings.error(at_line(1), _unknown_encoding())
        return None
    return builder.root.children[0]


def fault(data: bytes) -> Literal["doctype", "malformed"] | None:
    """Why this may not be given to other parsers, which would expand entities; nothing for plain XML."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(data, True)
    except _Refused:
        return "doctype"
    except (expat.ExpatError, LookupError, ValueError):
        return "malformed"
    return None


def _refuse_doctype(*_declaration: object) -> None:
    raise _Refused(_("Déclarations DOCTYPE et entités sont refusées par sécurité : retirez-les du fichier."))


def _malformed(problem: expat.ExpatError) -> str:
    if expat.ErrorString(problem.code) in (
        expat.errors.XML_ERROR_UNKNOWN_ENCODING,
        expat.errors.XML_ERROR_INCORRECT_ENCODING,
    ):
        return _unknown_encoding()
    return _(
        "Le XML est mal formé à la colonne %(column)s : vérifiez à cet endroit les balises, les « & » et les "
        "caractères.",
        column=problem.offset + 1,
    )


def _unknown_encoding() -> str:
    return _("L’encodage annoncé est inconnu ou faux : enregistrez le fichier en UTF-8.")

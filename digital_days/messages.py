"""The catalogue: every French message of code and templates, beside its English; ``make messages`` keeps it in step."""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as CatalogMessage
from babel.messages.pofile import read_po, write_po

from digital_days.kernel.i18n import CATALOGUES
from digital_days.kernel.web.templates import environment

ROOT = Path(__file__).parents[1]
PACKAGES = ("digital_days", "scheduling", "matchmaking", "exhibitors", "followup")
ENGLISH = CATALOGUES / "en" / "LC_MESSAGES" / "digital_days.po"

_HEADER = """\
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

Message = str | tuple[str, str]


def main() -> None:
    """Brings the file up to date and says what is left to translate."""
    catalogue = updated(ENGLISH.read_bytes() if ENGLISH.exists() else b"")
    ENGLISH.write_bytes(written(catalogue))
    untranslated = [message.id for message in catalogue if message.id and not is_translated(message)]
    sys.stdout.write(f"{len(catalogue)} messages, {len(untranslated)} untranslated\n")
    for identity in untranslated:
        sys.stdout.write(f"  {identity}\n")


def updated(known: bytes) -> Catalog:
    """Today's messages with the translations that ``known`` has; none is guessed, none is kept for later."""
    catalogue = read_po(io.BytesIO(known), locale="en")
    catalogue.update(extracted(), no_fuzzy_matching=True)
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The file: sorted, without dates and places, so that a difference shows a changed message and nothing else."""
    body = io.BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return _HEADER.encode() + body.getvalue()


def extracted() -> Catalog:
    """Every message of today's code and templates, untranslated."""
    catalogue = Catalog(locale="en")
    for message in (*python_messages(), *template_messages()):
        catalogue.add(message)
    return catalogue


def python_messages() -> Iterator[Message]:
    """The literal arguments of ``_``, ``N_`` and ``ngettext`` in modules."""
    for path in _files("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                values = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
                forms = [value for value in values if isinstance(value, str)]
                if node.func.id == "ngettext":
                    yield forms[0], forms[1]
                elif node.func.id in ("_", "N_") and forms:
                    yield forms[0]


def template_messages() -> Iterator[Message]:
    """What templates mark, read by the environment that renders them: the same spaces, the same signs."""
    for path in template_files():
        source = environment().parse(path.read_text(encoding="utf-8"), filename=str(path))
        for _line, function, message in environment().extract_translations(source):  # type: ignore[attr-defined] # added by the extension
            if function == "ngettext":
                yield message[0], message[1]
            elif isinstance(message, tuple):
                yield message[0]
            else:
                yield message


def template_files() -> list[Path]:
    """Pages, their parts, and both halves of mails."""
    return [path for path in (*_files("*.html"), *_files("*.txt")) if "templates" in path.parts]


def _files(pattern: str) -> list[Path]:
    return sorted(
        path
        for package in PACKAGES
        for path in (ROOT / package).rglob(pattern)
        if not {"node_modules", "piccolo_migrations"} & set(path.parts)
    )


def is_translated(message: CatalogMessage) -> bool:
    """In every form of the plural."""
    forms = message.string or ""
    return bool(forms) and (isinstance(forms, str) or all(forms))


if __name__ == "__main__":
    main()

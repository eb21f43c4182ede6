"""Texts as files carry them: what a reader makes of them is the text again."""

import html
import re
from typing import Literal

from scheduling.imports.html_text import UNSTORABLE, plain_line, plain_text

Language = Literal["fr", "en"]

NO_XML = re.compile("[\ufffe\uffff]")


def in_language(language: Language, fr: str | None, en: str | None) -> str:
    """The text in this language, in the other one where that is all there is."""
    return ((en or fr) if language == "en" else (fr or en)) or ""


def one_line(text: str | None) -> str:
    """Without what no file can carry: control characters, line ends, repeated spaces."""
    return " ".join(re.split(r"[ \t\r\n]+", _storable(text)))


def paragraphs(text: str | None) -> str:
    """Without control characters and the spaces around it, lines ended by ``\\n``."""
    return _storable((text or "").replace("\r\n", "\n").replace("\r", "\n"))


def as_line(text: str) -> str:
    """As it has to be written, where readers take tags and entities for HTML; most lines stay as they are."""
    return text if plain_line(text) == (text, False) else html.escape(text, quote=False)


def as_text(text: str) -> str:
    """Like ``as_line``, of several lines."""
    return text if plain_text(text) == (text, False) else html.escape(text, quote=False)


def _storable(text: str | None) -> str:
    return NO_XML.sub("", UNSTORABLE.sub("", text or "")).strip()

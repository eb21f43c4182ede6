"""What a page says to people, piece by piece, each with the language it claims to be in."""

from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement

_SILENT = frozenset({"script", "style", "svg", "textarea"})  # what somebody has typed is theirs
_SPOKEN_ATTRIBUTES = ("aria-label", "alt", "title", "placeholder", "data-label", "label")


def pieces(page: str) -> Iterator[tuple[str, str]]:
    """(language, words) of every text node and of every attribute that is read aloud or shown."""
    root = html.document_fromstring(page)
    yield from _within(root, root.get("lang", ""))


def _within(element: HtmlElement, inherited: str) -> Iterator[tuple[str, str]]:
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    language = element.get("lang", inherited)
    if element.tag == "meta" and element.get("name") == "description":
        yield language, element.get("content", "")
    for name, value in element.attrib.items():
        if name in _SPOKEN_ATTRIBUTES or name.startswith("data-text-"):
            yield language, value
    if element.text and element.text.strip():
        yield language, element.text
    for child in element:
        yield from _within(child, language)
        if child.tail and child.tail.strip():
            yield language, child.tail

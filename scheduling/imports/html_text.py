"""HTML in texts becomes plain text: paragraphs, list marks and addresses of links stay, tags go.

Only known tags count as HTML: « List<int> » or « a < b » in a text is what its author wrote and stays.
A parser made for pages would drop or repair those; this one leaves what it doesn't know, and is linear.
"""

import html
import re

BLOCK_NAMES = (
    "address article aside blockquote center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr main nav ol p pre section table tbody tfoot thead ul"
)
BLOCKS = frozenset(BLOCK_NAMES.split())
LINES = frozenset(("br", "li", "tr"))
INLINE_NAMES = (
    "a abbr acronym b big cite code del dfn em font i img ins kbd mark q s samp small span strike strong sub "
    "sup td th time tt u var"
)
INLINE = frozenset(INLINE_NAMES.split())
SILENT = frozenset(("script", "style"))
KNOWN = BLOCKS | LINES | INLINE | SILENT

# Possessive and bounded: no text can make it slow.
TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,9}+)"
    r"(?P<attributes>(?:\s(?:\"[^\"<>]{0,2000}+\"|'[^'<>]{0,2000}+'|[^\"'<>]){0,2000}+)?+)>|<(?P<void>[bh]r)/>"
)
ATTRIBUTE = re.compile(r"\b([a-zA-Z-]{1,20}+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def plain_text(source: str) -> tuple[str, bool]:
    """The text without HTML, lines ended by ``\\n``, and whether HTML was found."""
    given = source.replace("\r\n", "\n").replace("\r", "\n")
    source = _without_comments(given)
    tags = [tag for tag in TAG.finditer(source) if _name(tag) in KNOWN]
    text = ENTITY.sub(_character, _without_tags(source, tags) if tags else source)
    found = bool(tags) or text != given
    if tags:
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip(" \t") for line in text.split("\n")))
    return text.strip(), found


def plain_line(source: str) -> tuple[str, bool]:
    """Like ``plain_text``, on one line: for titles and names."""
    text, found = plain_text(source)
    return " ".join(re.split(r"[ \t\n]++", text)), found


def _name(tag: re.Match[str]) -> str:
    return (tag["name"] or tag["void"]).lower()


def _character(entity: re.Match[str]) -> str:
    text = html.unescape(entity[0])
    return entity[0] if UNSTORABLE.search(text) else text


def _without_comments(source: str) -> str:
    kept, position = [], 0
    while (start := source.find("<!--", position)) >= 0 and (end := source.find("-->", start)) >= 0:
        kept.append(source[position:start])
        position = end + 3
    return "".join((*kept, source[position:]))


def _without_tags(source: str, tags: list[re.Match[str]]) -> str:
    # A text that marks its paragraphs wraps its lines freely; one with a few stray tags means its line ends.
    writer = _Writer(wrapped=any(_name(tag) in ("p", "br") for tag in tags))
    position = 0
    for tag in tags:
        writer.text(source[position : tag.start()])
        writer.tag(tag)
        position = tag.end()
    writer.text(source[position:])
    writer.end_link()
    return "".join(writer.parts)


class _Writer:
    def __init__(self, *, wrapped: bool) -> None:
        self.parts: list[str] = []
        self._wrapped = wrapped
        self._silent = False
        self._pre = 0
        self._numbers: list[int | None] = []
        self._address = ""
        self._link_start = 0

    def text(self, text: str) -> None:
        if self._silent:
            return
        if self._wrapped and not self._pre:
            text = _unwrapped(text)
        if self._at_line_start() and not self._pre:
            text = text.lstrip(" \t")
        if text:
            self.parts.append(text)

    def tag(self, tag: re.Match[str]) -> None:
        name, closing = _name(tag), bool(tag["close"])
        if name in SILENT:
            self._silent = not closing
        elif name in BLOCKS:
            self._block(name, closing=closing)
        elif name in LINES:
            self._line(name, closing=closing)
        elif name == "a":
            self.end_link()
            self._address = "" if closing else _attributes(tag).get("href", "")
            self._link_start = len(self.parts)
        elif name == "img":
            attributes = _attributes(tag)
            words = (attributes.get("alt", ""), attributes.get("src", ""))
            self.parts.extend(f" ({word}) " for word in words if word)
        elif name in ("td", "th") and closing:
            self.parts.append(" ; ")

    def end_link(self) -> None:
        """Writes the address after the words of the link, unless they are the address."""
        if self._address and self._address not in "".join(self.parts[self._link_start :]):
            self.parts.append(f" ({self._address})")
        self._address = ""

    def _block(self, name: str, *, closing: bool) -> None:
        if name in ("ol", "ul") and not closing:
            self._numbers.append(0 if name == "ol" else None)
        elif name in ("ol", "ul") and self._numbers:
            self._numbers.pop()
        elif name == "pre":
            self._pre = max(0, self._pre + (-1 if closing else 1))
        self.parts.append("\n\n")

    def _line(self, name: str, *, closing: bool) -> None:
        if name == "li" and not closing:
            self.parts.append(("" if self._at_line_start() else "\n") + self._mark())
        elif name == "br" or (name == "tr" and closing):
            self.parts.append("\n")

    def _at_line_start(self) -> bool:
        return bool(self.parts) and self.parts[-1].endswith("\n")

    def _mark(self) -> str:
        number = self._numbers[-1] if self._numbers else None
        if number is None:
            return "- "
        self._numbers[-1] = number + 1
        return f"{number + 1}. "


def _unwrapped(text: str) -> str:
    first, *rest = text.split("\n")
    parts, blank = [first.rstrip(" \t") if rest else first], False
    for number, line in enumerate(rest, start=1):
        words = line.strip(" \t") if number < len(rest) else line.lstrip(" \t")
        if words or number == len(rest):
            parts.append(("\n\n" if blank else " ") + words)
        blank = not words
    return "".join(parts)


def _attributes(tag: re.Match[str]) -> dict[str, str]:
    found = ATTRIBUTE.findall(tag["attributes"] or "")
    return {name.lower(): html.unescape(double or single or bare) for name, double, single, bare in found}

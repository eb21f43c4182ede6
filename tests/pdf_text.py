"""What a PDF of ours says, read back from its pages: only as much of the format as our typesetter writes."""

import re
import zlib

_OBJECT = re.compile(rb"(?<=\n)(\d+) 0 obj\s")
_LENGTH = re.compile(rb"/Length (\d+)")
_FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
# In parentheses, of which pairs inside need no escape: two deep is more than chance brings.
_LITERAL = rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\))*\)"
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|" + _LITERAL + rb"|<([0-9A-Fa-f]+)>", re.DOTALL)
_SAID_APART = re.compile(rb"/\w+\s*<<(?:" + _LITERAL + rb"|[^()])*?>>\s*BDC", re.DOTALL)  # for screen readers
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """Every letter shown, page after page, without the spaces between words."""
    objects = _objects(pdf)
    pages = [body for body in objects.values() if re.search(rb"/Type\s*/Page\b(?!s)", body)]
    return "".join(_text_of_page(page, objects) for page in pages)


def _objects(pdf: bytes) -> dict[int, bytes]:
    return {int(match[1]): pdf[match.end() : _end(pdf, match.end())] for match in _OBJECT.finditer(pdf)}


def _end(pdf: bytes, start: int) -> int:
    """Of the object that begins there; what is compressed may say anything, so that it is stepped over."""
    end = pdf.index(b"endobj", start)
    head = pdf[start : max(pdf.find(b"stream", start, end), start)]
    length = _LENGTH.search(head)
    return pdf.index(b"endobj", start + len(head) + int(length[1])) if length else end


def _content(body: bytes) -> bytes:
    head, _, content = body.partition(b"stream")
    length = _LENGTH.search(head)
    assert length
    raw = content.lstrip(b"\r\n")[: int(length[1])]
    return zlib.decompress(raw) if b"/FlateDecode" in head else raw


def _text_of_page(page: bytes, objects: dict[int, bytes]) -> str:
    contents = re.search(rb"/Contents (\d+) 0 R", page)
    assert contents
    resources = re.search(rb"/Resources (\d+) 0 R", page)
    fonts = objects[int(resources[1])] if resources else page
    letters = {name: _letters(objects[int(number)], objects) for name, number in _FONT.findall(fonts)}
    said, font = [], b""
    for match in _SHOWN.finditer(_SAID_APART.sub(b"", _content(objects[int(contents[1])]))):
        if match[1]:
            font = match[1]
            continue
        codes = bytes.fromhex(match[2].decode()) if match[2] else _unescaped(match[0][1:-1])
        said += [letters[font].get(codes[i : i + 2], "\N{REPLACEMENT CHARACTER}") for i in range(0, len(codes), 2)]
    return "".join(said)


def _letters(font: bytes, objects: dict[int, bytes]) -> dict[bytes, str]:
    reference = re.search(rb"/ToUnicode (\d+) 0 R", font)
    assert reference
    said = _content(objects[int(reference[1])])
    pairs = [
        pair
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", said, re.DOTALL)
        for pair in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block)
    ]
    return {bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _unescaped(text: bytes) -> bytes:
    return _ESCAPE.sub(lambda m: bytes([int(m[1], 8)]) if m[1].isdigit() else _NAMED.get(m[1], m[1]), text)

"""How large words may be written in a rectangle of the plan, and how large the plan must be for them to be read.

All in the plan's own centimetres, from the rectangle's upper left corner; letters are taken as wide as a bold one.
"""

import re
import textwrap
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

_LETTER = 0.6  # of its height
_LEADING = 1.15
_LEAST_LETTERS = 5  # a line of a name that says something
_LARGEST, _NAME_LARGEST, _NAME_SMALLEST = 90.0, 48.0, 26.0
_MARGIN = 0.08  # of the shorter side
_EMS_PER_METRE, _EMS_AT_MOST, _CLOSEST = 2.5, 100.0, 6.0
_READABLE = 0.7  # em of the page


class Line(Struct, frozen=True):
    """``y`` is the middle of the line."""

    text: str
    size: float
    y: float


@lru_cache(4096)
def lettering(width: int, depth: int, number: str, name: str = "") -> tuple[Line, ...]:
    """The number as large as it fits; under it the name in as many lines as there are, cut with « … » at the last.

    A name for which there is no room at a size that can be read is left out.
    """
    margin = _MARGIN * min(width, depth)
    across, down = width - 2 * margin, depth - 2 * margin
    alone = min(down * 0.6, across / (_LETTER * max(len(number), 1)), _LARGEST)
    if name:
        head = min(alone, down * 0.34)
        lines = _wrapped(name, across, down - head * _LEADING)
        if lines:
            return (Line(number, round(head, 1), round(margin + head * 0.55, 1)), *_placed(lines, depth, margin))
    return (Line(number, round(alone, 1), depth / 2),)


def breadth(width: int, smallest_number: float) -> float:
    """Of a whole plan, in ems of the page, at which its smallest number is read; what is wider is scrolled."""
    legible = 100 * _READABLE / smallest_number if smallest_number > 0 else 0
    usual = min(_EMS_PER_METRE * width / 100, _EMS_AT_MOST)
    return round(max(usual, min(legible, _CLOSEST) * width / 100), 1)


def smallest(numbers: Iterable[tuple[int, int, str]]) -> float:
    """The size of the smallest number written alone, of (width, depth, number); 0 where there is none."""
    return min((lettering(width, depth, number)[0].size for width, depth, number in numbers), default=0.0)


def _wrapped(name: str, across: float, down: float) -> tuple[float, list[str]] | None:
    """The largest size at which all of it fits without a word cut, else the smallest with what fits."""
    longest = max(map(len, re.findall(r"[^\s-]+-?", name)), default=0)
    size = _NAME_LARGEST
    while size > _NAME_SMALLEST:
        letters = int(across / (_LETTER * size))
        if longest <= letters:
            lines = textwrap.wrap(name, letters)
            if len(lines) * size * _LEADING <= down:
                return size, lines
        size -= 4
    letters, rows = int(across / (_LETTER * _NAME_SMALLEST)), int(down / (_NAME_SMALLEST * _LEADING))
    if letters < _LEAST_LETTERS or rows < 1:
        return None
    return _NAME_SMALLEST, textwrap.wrap(name, letters, max_lines=rows, placeholder="…")


def _placed(wrapped: tuple[float, list[str]], depth: int, margin: float) -> Iterable[Line]:
    size, lines = wrapped
    first = depth - margin - (len(lines) - 0.5) * size * _LEADING
    return [Line(text, size, round(first + at * size * _LEADING, 1)) for at, text in enumerate(lines)]

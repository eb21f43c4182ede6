"""Numbers of booths, as people read them: « A1, A2… », row by row as one reads the plan."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, TypeVar

from digital_days.kernel.errors import Invalid
from digital_days.kernel.i18n import N_
from exhibitors.engine.neighbours import Rectangle

Order = Literal["rows", "columns"]
R = TypeVar("R", bound=Rectangle)
_PARTS = re.compile(r"(.*?)(\d+)")
_LONGEST = 12


class NumberTooLong(Invalid):
    message = N_("Un numéro a au plus %(most)s caractères : raccourcissez le début.")


def next_numbers(known: Iterable[str], count: int) -> list[str]:
    """After the highest of the letters that most booths have: « A7 » and « A8 » after « A1 » to « A6 »."""
    highest: dict[str, tuple[int, int]] = {}
    for number in known:
        if found := _PARTS.fullmatch(number):
            often, most = highest.get(found[1], (0, 0))
            highest[found[1]] = (often + 1, max(most, int(found[2])))
    prefix, (_often, last) = max(highest.items(), key=lambda each: (each[1], each[0]), default=("A", (0, 0)))
    return numbers_from(prefix, last + 1, count)


def numbers_from(prefix: str, start: int, count: int) -> list[str]:
    """« A1 », « A2 »… Raises ``NumberTooLong``."""
    numbers = [f"{prefix}{number}" for number in range(start, start + count)]
    if any(len(number) > _LONGEST for number in numbers):
        raise NumberTooLong(most=_LONGEST)
    return numbers


def in_reading_order(booths: Sequence[R], order: Order = "rows") -> list[R]:
    """Row by row from the top, each from the left; or column by column from the left, each from the top.

    A row takes all whose middles lie less than half the depth of its uppermost booth further down; O(n log n).
    """
    rows: list[list[R]] = []
    reach = 0.0
    for booth in sorted(booths, key=lambda each: _middle(each, order)):
        if not rows or _middle(booth, order) >= reach:
            rows.append([])
            reach = _middle(booth, order) + (booth.depth if order == "rows" else booth.width) / 2
        rows[-1].append(booth)
    return [booth for row in rows for booth in sorted(row, key=lambda each: each.x if order == "rows" else each.y)]


def _middle(booth: Rectangle, order: Order) -> float:
    return booth.y + booth.depth / 2 if order == "rows" else booth.x + booth.width / 2

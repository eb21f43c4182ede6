"""What is wrong with a plan: what overlaps or lies outside, what is too narrow, which booths nobody can reach."""

from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from msgspec import Struct

from exhibitors.engine.plan_shapes import Box, Hall
from exhibitors.engine.reach import reached

FindingKind = Literal[
    "outside", "overlap", "same_number", "no_entrance", "narrow_aisle", "unreachable", "narrow_way", "not_step_free"
]
NARROWEST = 60
"""Centimetres: through less, nobody goes."""
WHEELCHAIR = 92
"""Centimetres of clear width that a wheelchair needs (CSA/ASC B651, 4.3.1)."""
MOST_OVERLAPS = 200
_NEVER_UNDER_A_BOOTH = ("booth", "obstacle", "aisle", "entrance")


class Finding(Struct, frozen=True):
    """``keys`` are those of the boxes it is about; ``cm`` how wide what is too narrow is, else 0."""

    kind: FindingKind
    keys: tuple[str, ...] = ()
    cm: int = 0


def findings(hall: Hall, boxes: Sequence[Box]) -> list[Finding]:
    """All of them, the gravest first; at most ``MOST_OVERLAPS`` overlaps, and then nothing of ways.

    With n booths O(n log n) where they stand in rows, times the logarithm of the widest way that is too narrow.
    """
    booths = [box for box in boxes if box.kind == "booth"]
    aisles = [box for box in boxes if box.kind == "aisle" and min(box.width, box.depth) < hall.aisle]
    overlaps = _overlaps(boxes)
    return [
        *(Finding("outside", (box.key,)) for box in boxes if _is_outside(hall, box)),
        *overlaps,
        *_same_numbers(booths),
        *(Finding("narrow_aisle", (box.key,), min(box.width, box.depth)) for box in aisles),
        *(_ways(hall, boxes, booths) if booths and len(overlaps) < MOST_OVERLAPS else ()),
    ]


def _is_outside(hall: Hall, box: Box) -> bool:
    return box.x < 0 or box.y < 0 or box.x + box.width > hall.width or box.y + box.depth > hall.depth


def _overlaps(boxes: Iterable[Box]) -> list[Finding]:
    """Each pair of which one is a booth; edges may touch."""
    found: list[Finding] = []
    beside: list[Box] = []
    for box in sorted((box for box in boxes if box.kind in _NEVER_UNDER_A_BOOTH), key=lambda box: (box.x, box.key)):
        beside = [other for other in beside if other.x + other.width > box.x]
        for other in beside:
            if "booth" in (box.kind, other.kind) and other.y < box.y + box.depth and box.y < other.y + other.depth:
                # Booths first: they are what a sentence begins with.
                pair = sorted((other, box), key=lambda each: (each.kind != "booth", each.number, each.key))
                found.append(Finding("overlap", (pair[0].key, pair[1].key)))
                if len(found) == MOST_OVERLAPS:
                    return found
        beside.append(box)
    return found


def _same_numbers(booths: Iterable[Box]) -> list[Finding]:
    """However they are written."""
    of_number: dict[str, list[str]] = {}
    for booth in booths:
        of_number.setdefault(booth.number.casefold(), []).append(booth.key)
    return [Finding("same_number", tuple(keys)) for keys in of_number.values() if len(keys) > 1]


def _ways(hall: Hall, boxes: Sequence[Box], booths: Sequence[Box]) -> list[Finding]:
    if not any(box.kind == "entrance" for box in boxes):
        return [Finding("no_entrance")]
    rule = max(hall.aisle, NARROWEST)
    with_room = reached(hall, boxes, rule)
    without = [booth for booth in booths if booth.key not in with_room]
    if not without:
        return []
    on_foot = reached(hall, boxes, NARROWEST)
    never = tuple(booth.key for booth in without if booth.key not in on_foot)
    widest = _widest(hall, boxes, {booth.key for booth in without} & on_foot, NARROWEST, rule)
    of_width: dict[int, list[str]] = {}
    for booth in without:
        if booth.key in widest:
            of_width.setdefault(widest[booth.key], []).append(booth.key)
    promised = tuple(
        booth.key for booth in without if booth.step_free and widest.get(booth.key, WHEELCHAIR) < WHEELCHAIR
    )
    return [
        *([Finding("unreachable", never)] if never else []),
        *(Finding("narrow_way", tuple(keys), cm) for cm, keys in sorted(of_width.items())),
        *([Finding("not_step_free", promised, WHEELCHAIR)] if promised else []),
    ]


def _widest(hall: Hall, boxes: Sequence[Box], keys: Collection[str], wide: int, too_wide: int) -> dict[str, int]:
    """Of each, the widest way, for those that ``wide`` reaches and ``too_wide`` does not; halving for all at once."""
    if not keys:
        return {}
    if too_wide - wide <= 1:
        return dict.fromkeys(keys, wide)
    middle = (wide + too_wide) // 2
    there = reached(hall, boxes, middle) & set(keys)
    return {
        **_widest(hall, boxes, there, middle, too_wide),
        **_widest(hall, boxes, set(keys) - there, wide, middle),
    }

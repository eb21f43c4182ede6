"""Which booths can be reached from an entrance by ways of a given width."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from exhibitors.engine.free_space import Contact, parts_of
from exhibitors.engine.plan_shapes import Box, Hall

FRONT = 80
"""Centimetres of a booth's side, or of an entrance's, that a way must pass along; less where there are not as many."""
_IN = "*"  # the entrances together; no box has this key


def reached(hall: Hall, boxes: Sequence[Box], width: int) -> set[str]:
    """The keys of the booths that a square as wide as the way comes to, past booths and obstacles.

    Of a booth, one side is enough. Sweeping down sees what stands above and below a booth, sweeping across the rest.
    """
    turned = [replace(box, x=box.y, y=box.x, width=box.depth, depth=box.width) for box in boxes]
    return _reached(hall, boxes, width) | _reached(replace(hall, width=hall.depth, depth=hall.width), turned, width)


def _reached(hall: Hall, boxes: Sequence[Box], width: int) -> set[str]:
    booths = [box for box in boxes if box.kind == "booth"]
    solid = [box for box in boxes if box.kind in ("booth", "obstacle")]
    doors = [door for box in boxes if box.kind == "entrance" for door in _doorways(box, width)]
    fronts = [front for booth in booths for front in _fronts(booth, width)]
    parts = parts_of(hall, width, solid, [*doors, *fronts])
    inside = parts.get(_IN, set())
    return {booth.key for booth in booths if not inside.isdisjoint(parts[booth.key])}


def _fronts(booth: Box, width: int) -> Iterable[Contact]:
    """Above and below it."""
    across = _along(booth.x, booth.width, width)
    yield Contact(booth.key, across, (booth.y - width, booth.y - width))
    yield Contact(booth.key, across, (booth.y + booth.depth, booth.y + booth.depth))


def _doorways(entrance: Box, width: int) -> Iterable[Contact]:
    """On it or at its edge, along its longer side: nobody enters through the end of a strip along the wall."""
    across, down = (entrance.x, entrance.width), (entrance.y, entrance.depth)
    if entrance.width >= entrance.depth:
        yield Contact(_IN, _along(*across, width), _beside(*down, width))
    if entrance.depth >= entrance.width:
        yield Contact(_IN, _beside(*across, width), _along(*down, width))


def _beside(start: int, length: int, width: int) -> tuple[int, int]:
    return (start - width, start + length)


def _along(start: int, length: int, width: int) -> tuple[int, int]:
    """From where to where the square's edge may lie to touch enough of a side."""
    front = min(FRONT, width, length)
    return (start - width + front, start + length - front)

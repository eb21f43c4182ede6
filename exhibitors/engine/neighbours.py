"""Which booths are near another one. Lengths in centimetres, as on the floor plan."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Rectangle(Protocol):
    """From the hall's upper left corner."""

    @property
    def x(self) -> int:
        """Of the left side."""

    @property
    def y(self) -> int:
        """Of the upper side."""

    @property
    def width(self) -> int:
        """Across the hall."""

    @property
    def depth(self) -> int:
        """Down the hall."""


R = TypeVar("R", bound=Rectangle)


def nearest(to: Rectangle, among: Iterable[R], *, most: int) -> list[R]:
    """The ``most`` rectangles whose middles are nearest to that of ``to``, nearest first.

    Sorts: O(n log n). Of two as near, the one that comes first in ``among``.
    """
    return sorted(among, key=lambda each: _square(to, each))[:most]


def _square(one: Rectangle, other: Rectangle) -> int:
    """Of four times their distance: whole numbers, no rounding."""
    across = 2 * one.x + one.width - 2 * other.x - other.width
    down = 2 * one.y + one.depth - 2 * other.y - other.depth
    return across * across + down * down

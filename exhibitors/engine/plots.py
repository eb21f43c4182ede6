"""Where the lines of a plot run: numbers in, SVG coordinates out. Pure."""

from collections.abc import Sequence

from msgspec import Struct


class Axis(Struct, frozen=True, kw_only=True):
    """``ticks`` are values at round steps from 0; the last one is at or above the largest value."""

    ticks: tuple[int, ...]

    @property
    def top(self) -> int:
        """The value at the upper edge."""
        return self.ticks[-1]


def axis_to(largest: int, *, steps: int = 4) -> Axis:
    """From 0 to at least ``largest`` in at most about ``steps`` steps of 1, 2 or 5 times a power of ten."""
    wanted = max(1, -(-largest // steps))
    power = 10 ** (len(str(wanted)) - 1)
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= wanted)
    count = max(1, -(-largest // step))
    return Axis(ticks=tuple(step * number for number in range(count + 1)))


def step_line(points: Sequence[tuple[float, float]], *, width: float, height: float) -> str:
    """An SVG path in steps through (x, y), both from 0 to 1, y upwards; empty without points.

    What was true at one point stays so until the next one. O(n).
    """
    if not points:
        return ""
    scaled = [(round(x * width, 1), round((1 - y) * height, 1)) for x, y in points]
    (x, y), rest = scaled[0], scaled[1:]
    return f"M{x:g} {y:g}" + "".join(f"H{x:g}V{y:g}" for x, y in rest)

"""Curves over sizes, both axes logarithmic, as an SVG that a browser shows."""

from collections.abc import Sequence
from html import escape
from math import ceil, floor, log10

from msgspec import Struct

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 760, 440, 70, 50, 20, 210
COLOURS = ("#0d5b66", "#b4481e", "#3b6ea5", "#7a5c00", "#6b3fa0", "#2f7d32")


class Curve(Struct):
    """``points`` are (size, value), both above zero."""

    name: str
    points: list[tuple[float, float]]


def plot(curves: Sequence[Curve], *, across: str, up: str, goal: float) -> str:
    """The drawing, with a dashed line at the goal."""
    sizes = [size for curve in curves for size, _value in curve.points]
    values = [value for curve in curves for _size, value in curve.points] + [goal]
    left, right = floor(log10(min(sizes))), ceil(log10(max(sizes)))
    low, high = floor(log10(min(values))), ceil(log10(max(values)))

    def x(size: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (log10(size) - left) / (right - left)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (log10(value) - low) / (high - low)

    parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fffdf8"/>']
    for power in range(low, high + 1):
        at = y(10**power)
        parts.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="#ddd5c5"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{at + 5:.1f}" text-anchor="end">{10.0**power:g} {escape(up)}</text>')
    parts += [
        f'<text x="{x(10**power):.1f}" y="{HEIGHT - 18}" text-anchor="middle">'
        f"{10**power:,}{' ' + escape(across) if power == right else ''}</text>"
        for power in range(left, right + 1)
    ]
    parts.append(f'<path d="M{LEFT} {y(goal):.1f}H{WIDTH - RIGHT}" stroke="#8a1c1c" stroke-dasharray="6 4"/>')
    for number, curve in enumerate(curves):
        colour = COLOURS[number % len(COLOURS)]
        line = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in curve.points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{x(s):.1f}" cy="{y(v):.1f}" r="4" fill="{colour}"/>' for s, v in curve.points]
        at = TOP + 20 + 22 * number
        parts.append(f'<rect x="{WIDTH - RIGHT + 20}" y="{at - 10}" width="14" height="14" fill="{colour}"/>')
        parts.append(f'<text x="{WIDTH - RIGHT + 42}" y="{at + 2}">{escape(curve.name)}</text>')
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="13" fill="#1b2a2d">\n{body}\n</svg>\n'
    )

"""How many problems are solved when each may take so long: a curve per solver, as an SVG that a browser shows."""

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10

from benchmarks.plot import BOTTOM, COLOURS, HEIGHT, LEFT, RIGHT, TOP, WIDTH

FASTEST = 0.01


def cactus(curves: Mapping[str, Sequence[float]], problems: int) -> str:
    """``curves``: the seconds of each solved problem. Across: problems solved; up: seconds, logarithmic."""
    slowest = max((max(seconds) for seconds in curves.values() if seconds), default=1)
    low, high = floor(log10(FASTEST)), ceil(log10(slowest))

    def x(solved: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * solved / problems

    def y(seconds: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (log10(max(seconds, FASTEST)) - low) / (high - low)

    parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fffdf8"/>']
    for power in range(low, high + 1):
        parts.append(f'<path d="M{LEFT} {y(10**power):.1f}H{WIDTH - RIGHT}" stroke="#ddd5c5"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(10**power) + 5:.1f}" text-anchor="end">{10.0**power:g} s</text>')
    parts += [
        f'<text x="{x(solved):.1f}" y="{HEIGHT - 18}" text-anchor="middle">{solved}</text>'
        for solved in range(0, problems + 1, max(problems // 8, 1))
    ]
    for number, (name, seconds) in enumerate(curves.items()):
        colour, at = COLOURS[number % len(COLOURS)], TOP + 20 + 22 * number
        line = " ".join(f"{x(solved):.1f},{y(each):.1f}" for solved, each in enumerate(sorted(seconds), start=1))
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts.append(f'<rect x="{WIDTH - RIGHT + 20}" y="{at - 10}" width="14" height="14" fill="{colour}"/>')
        parts.append(f'<text x="{WIDTH - RIGHT + 42}" y="{at + 2}">{escape(name)} ({len(seconds)})</text>')
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="13" fill="#1b2a2d">\n{body}\n</svg>\n'
    )

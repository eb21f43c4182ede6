"""What is drawn of a booth: its rectangle, its number, who has it, and the sign of its state."""

from functools import lru_cache

from markupsafe import Markup, escape

from exhibitors.engine.lettering import lettering

_SIGN, _SIGN_LARGEST, _EDGE = 0.26, 70, 8  # of the shorter side; centimetres


@lru_cache(4096)
def drawing(x: int, y: int, width: int, depth: int, number: str, name: str, state: str) -> Markup:
    """SVG; written here because a template takes three times as long for a thousand of them."""
    middle = x + width / 2
    parts = [f'<rect x="{x}" y="{y}" width="{width}" height="{depth}" rx="8"/>']
    lines = lettering(width, depth, number, name)
    for at, line in enumerate(lines):
        told = ' class="floor-plan-name"' if at else ""
        # Read as one text, what is seen is what is heard: a space where the name has one.
        gap = " " if at and lines[at - 1].text + line.text not in name else ""
        parts.append(
            f'{gap}<text x="{middle:g}" y="{y + line.y:.1f}" font-size="{line.size:g}"{told} aria-hidden="true">'
            f"{escape(line.text)}</text>"
        )
    if state != "free":
        side = min(_SIGN * min(width, depth), _SIGN_LARGEST)
        parts.append(
            f'<use href="#plan-{escape(state)}" x="{x + width - side - _EDGE:.1f}" y="{y + _EDGE}"'
            f' width="{side:.1f}" height="{side:.1f}" aria-hidden="true"/>'
        )
    return Markup("".join(parts))  # noqa: S704 - numbers of ours, and words escaped above

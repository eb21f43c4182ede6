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
    for at, line in enumerate(lettering(width, depth, number, name)):
        told = ' class="floor-plan-name"' if at else ""
        parts.append(
            f'<text x="{middle:g}" y="{y + line.y:.1f}" font-size="{line.size:g}"{told} aria-hidden="true">'
            f"{escape(line.text)}</text>"
        )
    if state != "free":
        side = min(_SIGN * min(width, depth), _SIGN_LARGEST)
        parts.append(
            f'<use href="#plan-{escape(state)}" x="{x + width - side - _EDGE:.1f}" y="{y + _EDGE}"'
            f' width="{side:.1f}" height="{side:.1f}" aria-hidden="true"/>'
        )
    return Markup("".join(parts))  # noqa: S704 - numbers of ours, and words escaped above

"""A ticket's token as a picture: inline SVG for pages, PNG for mails."""

import io

import segno
from markupsafe import Markup
from PIL import Image

QUIET_ZONE = 4


# Weighing all eight masks takes four fifths of the time of drawing, and a reader takes any of them; on our
# tokens, blurred and noisy, this one was read at least as often as the weighed one.
MASK = 7


def svg(token: str, *, label: str) -> Markup:
    """Black on white whatever the page's theme, without a style attribute (the policy forbids them)."""
    symbol = _symbol(token)
    side, _ = symbol.symbol_size(scale=6, border=QUIET_ZONE)
    opening = Markup(
        '<svg role="img" aria-label="{label}" width="{side}" height="{side}" shape-rendering="crispEdges" '
    ).format(label=label, side=side)
    drawing = symbol.svg_inline(
        border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return opening + Markup(drawing.removeprefix("<svg "))  # noqa: S704 - segno's own: digits and colours


def drawing(token: str) -> str:
    """The symbol as an SVG document of its own, for a sheet of paper."""
    out = io.BytesIO()
    symbol = _symbol(token)
    symbol.save(out, kind="svg", border=QUIET_ZONE, dark="#000", xmldecl=False, nl=False, svgclass=None, lineclass=None)
    return out.getvalue().decode()


def png(token: str, *, scale: int = 8) -> bytes:
    """The same token gives the same bytes; `scale` is the side of a module in pixels."""
    modules = _symbol(token).matrix  # drawn by Pillow, in a third of the time that segno's own writer takes
    side = len(modules) + 2 * QUIET_ZONE
    image = Image.new("1", (side, side), color=1)
    shades = b"".join(bytes(0 if dark else 255 for dark in row) for row in modules)
    image.paste(Image.frombytes("L", (len(modules), len(modules)), shades), (QUIET_ZONE, QUIET_ZONE))
    out = io.BytesIO()
    image.resize((side * scale, side * scale), Image.Resampling.NEAREST).save(out, "PNG")
    return out.getvalue()


def _symbol(token: str) -> segno.QRCode:
    return segno.make_qr(token, error="m", mask=MASK)

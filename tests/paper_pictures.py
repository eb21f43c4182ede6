"""A sheet as a picture, as a phone's camera sees it."""

import io
from collections.abc import Mapping
from pathlib import Path

import msgspec
from PIL import Image

from digital_days.kernel import typesetting
from digital_days.kernel.typesetter import Order, compiled


def picture_of(*templates: Path, data: Mapping[str, object]) -> Image.Image:
    """Of a paper of one page."""
    said = {**data, "title": "Essai", "language": "fr", "foot": "", "page": ""}
    source = "".join(path.read_text(encoding="utf-8") for path in (typesetting.LAYOUT, *templates))
    picture = compiled(Order(source, msgspec.json.encode(said).decode()), form="png")
    assert isinstance(picture, bytes)
    return Image.open(io.BytesIO(picture)).convert("L")

"""A camera that sees a ticket: a film of one picture for the browser's own false camera."""

import io
from pathlib import Path

from PIL import Image

from tests.product import Letter

_FRAMES = 30


def film_of(letter: Letter, folder: Path) -> Path:
    """The QR code of the mail held before a camera, as Motion JPEG."""
    _type, png = letter.attachments["billet.png"]
    code = Image.open(io.BytesIO(png)).convert("L")
    code = code.resize((360, 360), Image.Resampling.NEAREST)
    frame = Image.new("L", (640, 480), 235)
    frame.paste(code, (140, 60))
    picture = io.BytesIO()
    frame.convert("RGB").save(picture, "JPEG", quality=92)
    path = folder / "ticket.mjpeg"
    path.write_bytes(picture.getvalue() * _FRAMES)
    return path

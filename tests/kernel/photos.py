"""Pictures for tests, as cameras and people make them."""

import io
from typing import Any

from PIL import Image, ImageCms

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 60), (30, 60, 200), (255, 255, 255)


def photo(width: int = 800, height: int = 600, colour: tuple[int, int, int] = RED) -> Image.Image:
    """One colour everywhere."""
    return Image.new("RGB", (width, height), colour)


def halves(width: int = 800, height: int = 600) -> Image.Image:
    """Red on the left, blue on the right."""
    image = photo(width, height)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def with_everything() -> bytes:
    """A telephone's photo: where and when it was taken, by what, its colours, a text, a second text."""
    image = halves()
    exif = image.getexif()
    exif[0x010F] = "SecretMaker"
    exif[0x010E] = "SecretDescription"
    exif.get_ifd(0x8825).update({1: "N", 2: (45.0, 39.0, 22.0), 3: "W", 4: (74.0, 20.0, 1.0), 29: "2027:10:21"})
    return saved(
        image,
        exif=exif,
        xmp=b"<x:xmpmeta>SecretPlace</x:xmpmeta>",
        comment=b"SecretComment",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )


def turned(kind: str) -> bytes:
    """A camera held on its side: stored lying, to be turned by a quarter (orientation 6: clockwise)."""
    image = halves()
    exif = image.getexif()
    exif[0x0112] = 6
    return saved(image, kind, exif=exif)

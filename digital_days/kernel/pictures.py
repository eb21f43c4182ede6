"""Pictures that people send: only what is seen in them is kept, drawn anew, small.

A picture is what its bytes say, whatever its name or its announced type. Nothing of the file itself survives: no place,
no camera, no colour profile, no text, nothing appended.
"""

import asyncio
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from digital_days.kernel.errors import Invalid
from digital_days.kernel.i18n import N_

MOST_BYTES = 8_000_000
MOST_PIXELS = 50_000_000
LEAST_SIDE = 120
LEAST_OF_LOGO = 40
MEDIA_TYPE = "image/webp"

_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 84
_WHITE = (255, 255, 255, 255)
_PAGE = re.compile(rb"<(?:!doctype\s|html[\s>]|script[\s>]|\?php\s)", re.IGNORECASE)
_one_at_a_time = asyncio.Lock()  # 50 megapixels take 200 MB while they are drawn


class NotAPicture(Invalid):
    message = N_("Ce fichier n’est pas une photo que nous pouvons lire. Choisissez une image JPEG, PNG ou WebP.")


class NotOnlyAPicture(Invalid):
    message = N_("Ce fichier contient autre chose qu’une image. Enregistrez l’image de nouveau, puis recommencez.")


class TooHeavy(Invalid):
    message = N_("Cette image est trop lourde : %(most)s Mo au plus. Choisissez-en une plus petite.")


class TooLarge(Invalid):
    message = N_("Cette image est trop grande : %(most)s millions de pixels au plus. Choisissez-en une plus petite.")


class TooSmall(Invalid):
    message = N_("Cette image est trop petite : il faut au moins %(least)s pixels de côté.")


class Animated(Invalid):
    message = N_("Cette image bouge. Choisissez une image fixe.")


class Damaged(Invalid):
    message = N_(
        "Cette image est abîmée ou incomplète. Essayez de l’enregistrer de nouveau, ou choisissez-en une autre."
    )


async def squared(data: bytes, *, side: int) -> bytes:
    """``square`` beside the event loop, one picture at a time."""
    async with _one_at_a_time:
        return await asyncio.to_thread(square, data, side=side)


async def scaled(data: bytes, *, side: int) -> tuple[bytes, int, int]:
    """``scale`` beside the event loop, one picture at a time."""
    async with _one_at_a_time:
        return await asyncio.to_thread(scale, data, side=side)


def scale(data: bytes, *, side: int) -> tuple[bytes, int, int]:
    """All of the picture, upright, no side longer than this, with its width and height; refuses like ``square``."""
    if len(data) > MOST_BYTES:
        raise TooHeavy(most=MOST_BYTES // 1_000_000)
    with _refusals():
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
        _check(image, data)
        image.draft("RGB", (2 * side, 2 * side))
        image.load()
        small = _plain(image)
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        seen = _in_srgb(ImageOps.exif_transpose(small), image.info.get("icc_profile"))
        return _drawn(seen), seen.width, seen.height


def square(data: bytes, *, side: int) -> bytes:
    """The middle of the picture, upright, in sRGB, as WebP without metadata; refuses what is no still picture."""
    if len(data) > MOST_BYTES:
        raise TooHeavy(most=MOST_BYTES // 1_000_000)
    with _refusals():
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
        _check(image, data)
        image.draft("RGB", (2 * side, 2 * side))  # a JPEG is decoded no larger than it takes
        image.load()
        small = ImageOps.fit(_plain(image), (side, side), Image.Resampling.LANCZOS)
        upright = ImageOps.exif_transpose(small)  # a square turns into itself, and turning a small one is cheap
        return _drawn(_in_srgb(upright, image.info.get("icc_profile")))


async def whole(data: bytes, *, size: tuple[int, int]) -> bytes:
    """``fitted`` beside the event loop, one picture at a time."""
    async with _one_at_a_time:
        return await asyncio.to_thread(fitted, data, size=size)


def fitted(data: bytes, *, size: tuple[int, int]) -> bytes:
    """All of the picture, upright, as large as fits into this size, on white; refuses like ``square``."""
    if len(data) > MOST_BYTES:
        raise TooHeavy(most=MOST_BYTES // 1_000_000)
    with _refusals():
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
        _check(image, data, least=LEAST_OF_LOGO)
        image.draft("RGB", (2 * max(size), 2 * max(size)))
        image.load()
        turned = ImageOps.exif_transpose(_plain(image))
        small = ImageOps.contain(turned, size, Image.Resampling.LANCZOS)
        ground = Image.new("RGB", size, _WHITE[:3])
        seen = _in_srgb(small, image.info.get("icc_profile"))
        ground.paste(seen, ((size[0] - seen.width) // 2, (size[1] - seen.height) // 2))
        return _drawn(ground)


def _check(image: Image.Image, data: bytes, *, least: int = LEAST_SIDE) -> None:
    """From the header alone: nothing is decoded yet."""
    if image.width * image.height > MOST_PIXELS:
        raise TooLarge(most=MOST_PIXELS // 1_000_000)
    if min(image.size) < least:
        raise TooSmall(least=least)
    # Telephones put several pictures into one JPEG ("MPO"): the first is the photo.
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise Animated
    if zipfile.is_zipfile(io.BytesIO(data)) or b"%PDF-" in data[:1024] or _PAGE.search(data):
        raise NotOnlyAPicture


def _plain(image: Image.Image) -> Image.Image:
    """In colours that can be scaled."""
    if image.mode.startswith("I;16"):  # sixteen bits of grey, which Pillow would cut off rather than divide
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in ("RGB", "L", "CMYK"):
        return image if "transparency" not in image.info else image.convert("RGBA")
    return image.convert("RGBA")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as they were meant; a profile that nobody can read is as good as none."""
    if image.mode == "RGBA":
        ground = Image.new("RGBA", image.size, _WHITE)
        image = Image.alpha_composite(ground, image).convert("RGB")
    if profile:
        try:
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, meant, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            return image.convert("RGB")
        return converted or image
    return image.convert("RGB")


def _drawn(image: Image.Image) -> bytes:
    """Only the pixels go into the file: ``info`` would take a profile along."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    written = io.BytesIO()
    bare.save(written, "WEBP", quality=_QUALITY, method=6)
    return written.getvalue()


@contextmanager
def _refusals() -> Iterator[None]:
    """What the decoder cannot do, as a sentence for whoever sent the picture."""
    try:
        yield
    except Invalid:
        raise
    except UnidentifiedImageError:
        raise NotAPicture from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooLarge(most=MOST_PIXELS // 1_000_000) from None
    except Exception:  # noqa: BLE001 - decoders fail in many ways, and the file is to blame for all of them
        raise Damaged from None

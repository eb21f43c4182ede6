"""A picture that somebody sends: what is kept of it, and what is refused in which words."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms

from digital_days.kernel import pictures
from digital_days.kernel.errors import Invalid
from digital_days.kernel.pictures import (
    Animated,
    Damaged,
    NotAPicture,
    NotOnlyAPicture,
    TooHeavy,
    TooLarge,
    TooSmall,
    fitted,
    square,
    squared,
    whole,
)
from tests.kernel.photos import BLUE, GREEN, RED, WHITE, halves, opened, photo, saved, turned, with_everything

SIDE = 480
LEFT, RIGHT, TOP, BOTTOM = (40, 240), (440, 240), (240, 40), (240, 440)


def near(colour: tuple[int, ...]) -> Callable[[tuple[int, ...]], bool]:
    return lambda found: all(abs(one - other) < 16 for one, other in zip(found, colour, strict=True))


def colour_at(data: bytes, place: tuple[int, int]) -> tuple[int, ...]:
    found = opened(data).convert("RGB").getpixel(place)
    assert isinstance(found, tuple)
    return tuple(int(part) for part in found)


def chunks(webp: bytes) -> list[bytes]:
    """The names of the parts of a WebP file (RFC 9649, section 2.3)."""
    names, place = [], 12
    while place < len(webp):
        (size,) = struct.unpack_from("<I", webp, place + 4)
        names.append(webp[place : place + 4])
        place += 8 + size + size % 2
    return names


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_becomes_a_small_square_webp(kind: str):
    drawn = square(saved(photo(), kind), side=SIDE)

    assert (opened(drawn).format, opened(drawn).size) == ("WEBP", (SIDE, SIDE))
    assert near(RED)(colour_at(drawn, LEFT))


def test_middle_is_kept_when_the_picture_is_wide():
    image = photo(1000, 400, GREEN)
    image.paste(BLUE, (0, 0, 250, 400))
    image.paste(RED, (750, 0, 1000, 400))

    drawn = square(saved(image, "PNG"), side=SIDE)

    assert [near(GREEN)(colour_at(drawn, place)) for place in (LEFT, RIGHT, TOP, BOTTOM)] == [True] * 4


def test_same_picture_gives_the_same_bytes():
    assert square(with_everything(), side=SIDE) == square(with_everything(), side=SIDE)


def test_nothing_but_pixels_is_left_of_a_telephones_photo():
    sent = with_everything()
    assert [
        word for word in (b"Exif", b"SecretMaker", b"SecretPlace", b"SecretComment", b"ICC_PROFILE") if word in sent
    ]

    drawn = square(sent, side=SIDE)

    assert chunks(drawn) == [b"VP8 "]
    assert (dict(opened(drawn).getexif()), b"Secret" in drawn, b"Exif" in drawn) == ({}, False, False)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_taken_sideways_stands_upright(kind: str):
    drawn = square(turned(kind), side=SIDE)

    assert near(RED)(colour_at(drawn, TOP))
    assert near(BLUE)(colour_at(drawn, BOTTOM))


def test_colours_of_another_profile_are_those_that_were_meant():
    """In this profile red and green have changed places."""
    swapped = square(saved(photo(colour=RED), "PNG", icc_profile=_swapping_profile()), side=SIDE)

    red, green, _blue = colour_at(swapped, LEFT)
    assert green > red


def test_profile_that_nobody_can_read_is_left_aside():
    drawn = square(saved(photo(), "PNG", icc_profile=b"no profile at all"), side=SIDE)

    assert near(RED)(colour_at(drawn, LEFT))


def test_transparent_ground_becomes_white():
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    image.paste((*RED, 255), (0, 0, 200, 400))

    drawn = square(saved(image, "PNG"), side=SIDE)

    assert near(RED)(colour_at(drawn, LEFT))
    assert near(WHITE)(colour_at(drawn, RIGHT))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK"])
def test_picture_of_any_colours_is_drawn(mode: str):
    kind = "JPEG" if mode == "CMYK" else "PNG"

    drawn = square(saved(photo(colour=WHITE).convert(mode), kind), side=SIDE)

    assert near(WHITE)(colour_at(drawn, LEFT))


def test_grey_of_sixteen_bits_stays_grey():
    drawn = square(saved(Image.new("I;16", (300, 300), 128 * 256), "PNG"), side=SIDE)

    assert near((128, 128, 128))(colour_at(drawn, LEFT))


def test_first_of_a_telephones_two_pictures_is_taken():
    sent = saved(photo(), "MPO", save_all=True, append_images=[photo(200, 200, BLUE)])
    assert opened(sent).format == "MPO"

    assert near(RED)(colour_at(square(sent, side=SIDE), LEFT))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_picture_is_refused(kind: str):
    with pytest.raises(Animated, match="image fixe"):
        square(saved(photo(), kind, save_all=True, append_images=[photo(colour=BLUE)], duration=50), side=SIDE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_of_a_picture_is_refused(kind: str):
    sent = saved(Image.effect_noise((600, 600), 80).convert("RGB"), kind)

    with pytest.raises(Damaged, match="incomplète"):
        square(sent[: len(sent) // 2], side=SIDE)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\xff\xd8\xff",
        b"<!doctype html><script>alert(1)</script>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"%PDF-1.7\n",
        saved(photo(), "GIF"),
        saved(photo(), "TIFF"),
        saved(photo(), "BMP"),
    ],
    ids=["empty", "three bytes", "page", "svg", "pdf", "gif", "tiff", "bmp"],
)
def test_what_is_no_photo_is_refused(sent: bytes):
    with pytest.raises(NotAPicture, match="JPEG, PNG ou WebP"):
        square(sent, side=SIDE)


def _with_archive() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as inside:
        inside.writestr("run.class", b"cafebabe")
    return saved(photo()) + archive.getvalue()


@pytest.mark.parametrize(
    "sent",
    [
        _with_archive(),
        saved(photo(), comment=b"<script>alert(document.domain)</script>"),
        saved(photo()) + b"<HTML><body>",
        saved(photo()) + b"<?php system($_GET['c']); ?>",
        saved(photo(), comment=b"%PDF-1.4 1 0 obj"),
    ],
    ids=["archive", "script", "page", "program", "document"],
)
def test_picture_that_is_something_else_as_well_is_refused(sent: bytes):
    with pytest.raises(NotOnlyAPicture, match="autre chose qu’une image"):
        square(sent, side=SIDE)


def _bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says how large it is, and no more."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


@pytest.mark.parametrize("size", [(7072, 7072), (10_000, 10_000), (60_000, 60_000)])
def test_enormous_picture_is_refused_before_it_is_decoded(size: tuple[int, int]):
    with pytest.raises(TooLarge, match="50 millions"):
        square(_bomb(*size), side=SIDE)


def test_heavy_file_is_refused_unread():
    with pytest.raises(TooHeavy, match="8\N{NO-BREAK SPACE}Mo au plus"):
        square(b"\x00" * (pictures.MOST_BYTES + 1), side=SIDE)


def test_tiny_picture_is_refused():
    with pytest.raises(TooSmall, match="120 pixels"):
        square(saved(photo(119, 600)), side=SIDE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_spoilt_picture_is_drawn_or_refused(kind: str):
    """Whatever byte is wrong, the sender is told so, and nothing breaks."""
    sent = turned(kind) if kind != "JPEG" else with_everything()

    for place in range(0, len(sent), max(1, len(sent) // 150)):
        try:
            square(sent[:place] + bytes([sent[place] ^ 0xFF]) + sent[place + 1 :], side=160)
        except Invalid:
            continue


async def test_drawing_stands_beside_the_event_loop():
    assert await squared(saved(halves()), side=SIDE) == square(saved(halves()), side=SIDE)


def _swapping_profile() -> bytes:
    """sRGB with the red and the green primary exchanged (ICC.1:2010, section 7.3: a table of tags)."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    (number,) = struct.unpack_from(">I", profile, 128)
    places = {bytes(profile[132 + 12 * n : 136 + 12 * n]): 132 + 12 * n for n in range(number)}
    red, green = places[b"rXYZ"], places[b"gXYZ"]
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


def test_whole_picture_stands_in_the_middle_on_white():
    drawn = fitted(saved(halves(800, 200)), size=(480, 320))

    assert (opened(drawn).format, opened(drawn).size) == ("WEBP", (480, 320))
    found = [colour_at(drawn, place) for place in ((120, 160), (360, 160), (240, 60), (240, 260))]
    assert [near(seen)(is_there) for seen, is_there in zip((RED, BLUE, WHITE, WHITE), found, strict=True)] == [True] * 4


def test_whole_picture_shows_what_is_transparent_as_white():
    image = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    image.paste((*GREEN, 255), (100, 50, 200, 150))

    drawn = fitted(saved(image, "PNG"), size=(480, 320))

    assert near(WHITE)(colour_at(drawn, (20, 20)))
    assert near(GREEN)(colour_at(drawn, (240, 160)))


def test_whole_picture_stands_upright_and_keeps_nothing_of_the_file():
    drawn = fitted(turned("JPEG"), size=(480, 320))

    assert near(RED)(colour_at(drawn, (240, 40)))
    assert near(BLUE)(colour_at(drawn, (240, 280)))
    assert set(chunks(drawn)) == {b"VP8 "}


@pytest.mark.parametrize(
    ("data", "refusal"),
    [(b"GIF89a", NotAPicture), (saved(photo(600, 39)), TooSmall), (b"x" * 8_000_001, TooHeavy)],
)
def test_whole_picture_is_refused_like_a_square_one(data: bytes, refusal: type[Invalid]):
    with pytest.raises(refusal):
        fitted(data, size=(480, 320))


async def test_wide_logo_is_small_enough_to_be_refused_as_a_portrait_only():
    logo = saved(photo(600, 60))

    assert opened(await whole(logo, size=(480, 320))).size == (480, 320)
    with pytest.raises(TooSmall):
        await squared(logo, side=SIDE)

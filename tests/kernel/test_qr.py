import io
import re

import pytest
import zxingcpp
from lxml import etree
from PIL import Image, ImageDraw, ImageFilter

from digital_days.kernel.qr import png, svg
from digital_days.kernel.signing import ticket_token

CODES = [f"{number * 7_919_993 % 10**10:010}" for number in range(1, 21)]
TOKENS = [ticket_token(code, key="a key of these tests") for code in CODES]
TOKEN = ticket_token("7K3M9QXABC", key="a key of these tests")
SIDE = 25 + 2 * 4


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("L")


def decoded(image: Image.Image) -> str | None:
    barcode = zxingcpp.read_barcode(image)
    return barcode.text if barcode else None


def rasterized(drawing: str, scale: int) -> Image.Image:
    """Draws the two paths as a browser would: the filled background, then lines one module high."""
    background, modules = etree.fromstring(drawing).findall("path")
    image = Image.new("L", (SIDE * scale, SIDE * scale), 0)
    draw = ImageDraw.Draw(image)
    assert background.items() == [("fill", "#fff"), ("d", f"M0 0h{SIDE}v{SIDE}h-{SIDE}z")]
    assert modules.get("stroke") == "#000"
    draw.rectangle((0, 0, SIDE * scale, SIDE * scale), fill=255)
    x = y = 0.0
    for command, right, down, length in re.findall(r"([Mm])(-?\d+) ([\d.]+)h(\d+)", modules.get("d", "")):
        x, y = (float(right), float(down)) if command == "M" else (x + int(right), y + float(down))
        box = (x, y - 0.5, x + int(length), y + 0.5)
        draw.rectangle([edge * scale - past for edge, past in zip(box, (0, 0, 1, 1), strict=True)], fill=0)
        x += int(length)
    return image


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("scale", [2, 3, 8])
def test_png_reads_as_the_token_at_every_size(token: str, scale: int) -> None:
    assert decoded(opened(png(token, scale=scale))) == token


@pytest.mark.parametrize("degrees", [17, 45, 90, 133, 180, 270])
def test_png_reads_as_the_token_when_the_phone_is_turned(degrees: int) -> None:
    image = opened(png(TOKEN, scale=4))

    turned = image.rotate(degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)

    assert decoded(turned) == TOKEN


def test_png_reads_as_the_token_when_blurred_and_turned() -> None:
    image = opened(png(TOKEN, scale=4)).rotate(11, expand=True, fillcolor=255)

    assert decoded(image.filter(ImageFilter.GaussianBlur(1.4))) == TOKEN


def test_png_reads_as_the_token_when_a_thumb_or_a_stain_hides_a_part() -> None:
    image = opened(png(TOKEN, scale=4))
    ImageDraw.Draw(image).rectangle((60, 60, 75, 75), fill=0)

    assert decoded(image) == TOKEN


def test_png_is_a_small_symbol_with_a_quiet_zone() -> None:
    image = opened(png(TOKEN, scale=1))
    barcode = zxingcpp.read_barcode(image.resize((SIDE * 4, SIDE * 4), Image.Resampling.NEAREST))

    assert image.size == (SIDE, SIDE)
    assert image.point(lambda shade: 255 - shade).getbbox() == (4, 4, SIDE - 4, SIDE - 4)
    assert barcode is not None
    assert barcode.extra == {"Version": "2", "ECLevel": "Q", "DataMask": 7, "UEC": 1.0}


def test_png_is_the_same_bytes_for_the_same_token() -> None:
    assert png(TOKEN) == png(TOKEN)


@pytest.mark.parametrize("token", TOKENS)
def test_svg_reads_as_the_token(token: str) -> None:
    assert decoded(rasterized(svg(token, label="Billet"), scale=4)) == token


def test_svg_is_an_image_with_a_name_and_no_style() -> None:
    root = etree.fromstring(svg(TOKEN, label='Votre billet « à présenter » <b>&"'))

    assert dict(root.items()) == {
        "role": "img",
        "aria-label": 'Votre billet « à présenter » <b>&"',
        "width": "198",
        "height": "198",
        "shape-rendering": "crispEdges",
        "viewBox": f"0 0 {SIDE} {SIDE}",
        "class": "qr",
    }
    assert [element.tag for element in root.iter() if "style" in element.attrib or element.tag == "style"] == []

"""The colours that tell kinds of activities apart, as WCAG 2.2 (1.4.11) counts them."""

import re

import pytest

from digital_days.assets import STATIC

CSS = STATIC / "css"
LEAST = 3


def tokens(*sheets: str) -> dict[str, str]:
    return {
        name: value
        for sheet in sheets
        for name, value in re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", (CSS / sheet).read_text())
    }


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("sheets", [("tokens.css",), ("tokens.css", "dark.css")])
def test_colours_of_kinds_stand_out_and_differ_by_day_and_by_night(sheets: tuple[str, ...]) -> None:
    colours = tokens(*sheets)
    kinds = re.findall(r"^\.slot--kind-\d { --kind: var\(--([a-z]+)\); }", (CSS / "programme.css").read_text(), re.M)

    faint = {
        (kind, ground): contrast(colours[kind], colours[ground])
        for kind in kinds
        for ground in ("surface", "paper", "sunken")
        if contrast(colours[kind], colours[ground]) < LEAST
    }

    assert faint == {}
    assert len({colours[kind] for kind in kinds}) == len(kinds) == 8

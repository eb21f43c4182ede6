"""Documents say what they are given, letter for letter, and machines can read them aloud."""

import re
from pathlib import Path

import pytest

from digital_days.kernel import i18n
from digital_days.kernel.typesetting import NotTypeset, typeset
from tests.pdf_text import text_of

HOSTILE = [
    "#let x = 1 #panic()",
    "*bold* _x_ $y$ `z` @ref <label>",
    '"); #read("/etc/passwd") //',
    "</script><b>&amp;",
    "\\u{41} ~ -- ... /* a */",
    "Zoé O’Connor-Nuñez",
]
LINES = "#for line in data.lines [#text(hyphenate: false, line) \\\n]"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "lines.typ"
    path.write_text(f"= #data.title\n{LINES}", encoding="utf-8")
    return path


async def test_whatever_a_name_looks_like_it_is_text(template: Path):
    pdf = await typeset(template, data={"lines": [*HOSTILE, "ליאור"]}, title="Feuille « A »")

    said = text_of(pdf)
    assert [name for name in HOSTILE if name not in said] == []
    assert "ליאור"[::-1] in said  # from right to left, so its last letter is drawn first
    assert said.startswith("Feuille « A »")


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_document_is_tagged_titled_and_in_its_language(template: Path, language: i18n.Locale):
    with i18n.use(language):
        pdf = await typeset(template, data={"lines": ["Bob"]}, title="Titre")

    assert re.search(rb"/Marked true", pdf)
    assert re.search(rb"/Lang\s*\(" + language.encode(), pdf)
    assert (b"<pdfuaid:part>1</pdfuaid:part>" in pdf, b"DisplayDocTitle true" in pdf) == (True, True)


async def test_letter_that_no_font_has_stops_nobody_from_printing(template: Path):
    pdf = await typeset(template, data={"lines": ["Zoé \U0010fffd Roy"]}, title="Titre")

    assert ("Zoé" in text_of(pdf), b"pdfuaid" in pdf, b"/Marked true" in pdf) == (True, False, True)


@pytest.mark.parametrize("source", ['#read("/etc/hostname")', '#read("../../etc/hostname")', "#nothing-of-that-name"])
async def test_template_reads_no_file_and_its_mistakes_are_ours(template: Path, tmp_path: Path, source: str):
    wrong = tmp_path / "wrong.typ"
    wrong.write_text(source, encoding="utf-8")

    with pytest.raises(NotTypeset, match=r"project root|not found|unknown variable"):
        await typeset(template, wrong, data={"lines": []}, title="Titre")

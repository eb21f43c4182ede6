"""A spreadsheet of people is read whole, or every wrong line is told with its number."""

import io
import subprocess
import sys

import pytest
from openpyxl import Workbook, load_workbook

from digital_days.kernel import i18n
from scheduling.imports.group_rows import ROWS
from scheduling.imports.group_sheet import read_group_sheet
from scheduling.imports.group_template import csv_text, xlsx


def plain(sentences: list[str]) -> list[str]:
    return [sentence.replace("\N{NO-BREAK SPACE}", " ") for sentence in sentences]


def workbook(*rows: tuple[str | int | None, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        workbook(("Nom", "Courriel", "Note"), ("Léa Roy", "lea@example.ca", 12), (None,), ("Noé", None, None)),
        "nom;courriel;note\nLéa Roy;lea@example.ca;12\n\nNoé;;\n".encode("windows-1252"),
        "name,email,note\nLéa Roy,lea@example.ca,12\n\nNoé,,\n".encode("utf-8-sig"),
    ],
    ids=["excel", "old csv", "english csv"],
)
def test_people_are_read_with_the_numbers_of_their_lines(data: bytes):
    sheet = read_group_sheet(data)

    assert sheet.errors == []
    assert [(line.number, line.name, line.email, line.note) for line in sheet.lines] == [
        (2, "Léa Roy", "lea@example.ca", "12"),
        (4, "Noé", "", ""),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Le fichier est vide"),
        (b"nom;courriel\n", "Personne dans ce fichier"),
        (b"prix;quantite\n1;2\n", "il manque la colonne « name »"),
        (workbook(("nom",), ("=1+1",)), "Ligne 2, colonne nom : La formule n’a pas de résultat"),
        (workbook(("nom",), ("x" * 300,)), "Ligne 2, colonne nom :"),
        (b"nom\n" + b"A\n" * (ROWS + 1), "Au plus 200 lignes"),
        (b"PK\x03\x04 broken", "endommagé"),
        (b"\xd0\xcf\x11\xe0" + bytes(range(128, 256)), "encodage"),
    ],
)
def test_file_that_will_not_do_says_what_to_do_and_gives_nothing(data: bytes, said: str):
    sheet = read_group_sheet(data)

    assert sheet.lines == []
    assert said.casefold() in " ".join(plain(sheet.errors)).casefold()


def test_what_looks_like_a_formula_in_a_text_stays_text():
    assert [line.name for line in read_group_sheet(b"nom;note\n=HYPERLINK(1);x\n").lines] == ["=HYPERLINK(1)"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_template_is_read_back_once_filled_in(language: i18n.Locale):
    with i18n.use(language):
        book = load_workbook(io.BytesIO(xlsx()))
        book.worksheets[0].append(("Léa", "", ""))
        file = io.BytesIO()
        book.save(file)
        text = csv_text() + b"Noe;;\r\n"

    assert [line.name for line in read_group_sheet(file.getvalue()).lines] == ["Léa"]
    assert [line.name for line in read_group_sheet(text).lines] == ["Noe"]


def test_reader_is_a_program_that_answers_in_json():
    command = [sys.executable, "-m", "scheduling.imports.group_reader", "fr"]

    done = subprocess.run(command, input=b"nom\nNoe\n", capture_output=True, check=True)

    assert done.stdout == b'{"lines":[{"number":2,"name":"Noe","email":"","note":""}],"errors":[]}'

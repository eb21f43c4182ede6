import os
import time

import pytest

from scheduling.imports.model import Reading
from scheduling.imports.reader import read
from tests.scheduling.imports.builders import as_csv, as_json, event, row, said, schedule


@pytest.mark.parametrize(
    ("data", "filename", "message"),
    [
        (b"", "a.json", "Le fichier est vide : choisissez le fichier du programme."),
        (b" \n ", "a.csv", "Le fichier est vide : choisissez le fichier du programme."),
        (b"x" * 20_000_001, "a.xml", "Le fichier dépasse 20 Mo : aucun programme n’est si grand."),
        (
            b"Bonjour !",
            "lettre.doc",
            "Ce n’est pas un programme connu : il faut un c3voc .json ou .xml, un tableur .xlsx ou un fichier .csv.",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            "a.xls",
            "C’est un ancien classeur .xls ou un classeur protégé : enregistrez-le en .xlsx sans mot de passe.",
        ),
    ],
)
def test_file_is_refused_when_it_is_no_programme(data: bytes, filename: str, message: str) -> None:
    assert read(data, filename=filename) == Reading(None, read(data, filename=filename).errors)
    assert said(read(data, filename=filename).errors) == [("", message)]


@pytest.mark.parametrize("filename", ["a.json", "a.txt", "a", "a.csv"])
def test_format_is_seen_in_the_content_when_the_name_says_otherwise(filename: str) -> None:
    reading = read(as_json(schedule(event())), filename=filename)

    assert reading.errors == ()


def test_csv_is_seen_in_the_content_when_the_name_says_nothing() -> None:
    assert read(as_csv(row()), filename="programme").errors == ()


def test_title_and_slug_are_the_callers_when_given() -> None:
    readings = [
        read(as_json(schedule(event())), filename="a.json", title="Titre", slug="sigle"),
        read(as_csv(row()), filename="a.csv", title="Titre", slug="sigle"),
    ]

    programmes = [reading.programme for reading in readings if reading.programme]
    assert [(programme.title, programme.slug) for programme in programmes] == [("Titre", "sigle")] * 2


@pytest.mark.parametrize("filename", ["a.json", "a.xml", "a.csv", "a.xlsx", "a"])
@pytest.mark.parametrize("start", [b"", b"PK\x03\x04", b"{", b"<schedule>", b"id,title_fr\n", b"\xff\xfe"])
def test_nonsense_is_refused_in_a_moment(filename: str, start: bytes) -> None:
    begin = time.monotonic()

    reading = read(start + os.urandom(1_000_000), filename=filename)

    assert reading.programme is None
    assert reading.errors != ()
    assert time.monotonic() - begin < 3

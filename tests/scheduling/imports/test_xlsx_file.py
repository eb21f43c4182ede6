import io
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from scheduling.imports import limits
from scheduling.imports.reader import read
from tests.scheduling.imports.builders import said, workbook

HEAD = ["id", "date", "start", "end", "duration", "title_fr", "seats"]


DECLARED = b"<!DOCTYPE worksheet [<!ENTITY a 'Deux'>]>"


def rezipped(data: bytes, changed: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
    return file.getvalue()


def one_cell(column: bytes, row: bytes) -> bytes:
    return (
        b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData><row r='%s'>"
        b"<c r='%s%s' t='inlineStr'><is><t>x</t></is></c></row></sheetData></worksheet>" % (row, column, row)
    )


@pytest.mark.parametrize(
    "cells",
    [
        [1, date(2027, 10, 22), time(13, 30), time(15), None, "Un", 12.0],
        ["1", datetime.fromisoformat("2027-10-22"), "13 h 30", None, timedelta(minutes=90), "Un", "12"],
        ["1", "2027-10-22", "13:30", datetime.fromisoformat("2027-10-22T15:00"), None, "Un", 12],
    ],
)
def test_cells_are_read_whatever_their_type(cells: list[Any]) -> None:
    reading = read(workbook(activities=[HEAD, [], cells]), filename="a.xlsx")

    assert reading.errors == ()
    assert reading.programme is not None
    slot = reading.programme.activities[0].slots[0]
    assert (slot.key, slot.starts_at, slot.ends_at, slot.seats) == (
        "1",
        datetime(2027, 10, 22, 17, 30, tzinfo=UTC),
        datetime(2027, 10, 22, 19, tzinfo=UTC),
        12,
    )


def test_error_names_sheet_row_and_column_as_the_spreadsheet_shows_them() -> None:
    cells = ["1", "2027-10-22", "?", None, "90", "Un", None]

    reading = read(workbook(Activités=[[], HEAD, [], cells], Notes=[["libre"]]), filename="a.xlsx")

    assert [place for place, _message in said(reading.errors)] == ["feuille Activités, ligne 4, colonne start"]


def test_formula_is_refused_when_it_has_no_result() -> None:
    cells = ["1", "2027-10-22", "09:00", "10:00", None, "=A1", None]

    assert said(read(workbook(activities=[HEAD, cells]), filename="a.xlsx").errors) == [
        (
            "feuille activities, ligne 2, colonne title_fr",
            "La formule n’a pas de résultat : ouvrez le classeur dans un tableur et enregistrez-le.",
        ),
    ]


UNANSWERED = "La formule n’a pas de résultat : ouvrez le classeur dans un tableur et enregistrez-le."


def test_formulas_without_results_are_refused_once_each_beside_the_other_errors() -> None:
    rows = [
        ["=A1", "2027-10-22", "09:00", "10:00", None, "Un", "x"],
        ["=A1", "=B1", "=C1", "=D1", None, "Deux", "=G1"],
        ["c", "2027-10-22", "?", None, "=E1", "Trois", None],
        ["=A1", "=B1", "=C1", None, "=E1", "=F1", "=G1"],
    ]

    errors = said(read(workbook(activities=[HEAD, *rows]), filename="a.xlsx").errors)

    unanswered = {2: ["id"], 3: ["id", "date", "start", "end", "seats"], 4: ["duration"]}
    unanswered[5] = ["id", "date", "start", "duration", "title_fr", "seats"]
    assert errors == [
        *(
            (f"feuille activities, ligne {row}, colonne {column}", UNANSWERED)
            for row, columns in unanswered.items()
            for column in columns
        ),
        (
            "feuille activities, ligne 2, colonne seats",
            "« x » : il faut un nombre entier entre 1 et 100000, ou rien.",
        ),
        (
            "feuille activities, ligne 4, colonne start",
            "« ? » n’est pas une heure : écrivez-la comme 13:30 ou 13 h 30.",
        ),
    ]


def test_formula_without_result_contradicts_no_other_row_of_its_activity() -> None:
    head = ["id", "activity", "date", "start", "end", "title_fr", "speakers"]
    rows = [
        ["a", "x", "2027-10-22", "09:00", "10:00", "=A1", "=A1"],
        ["b", "x", "2027-10-22", "10:00", "11:00", "Un", "Camille"],
        ["c", "x", "2027-10-22", "11:00", "12:00", "Deux", "Camille"],
    ]

    assert said(read(workbook(activities=[head, *rows]), filename="a.xlsx").errors) == [
        ("feuille activities, ligne 2, colonne title_fr", UNANSWERED),
        ("feuille activities, ligne 2, colonne speakers", UNANSWERED),
        (
            "feuille activities, ligne 4, colonne title_fr",
            "Diffère de la ligne 2, qui est de la même activité : alignez-les ou videz cette cellule.",
        ),
    ]


def test_heading_without_result_is_not_missed_as_a_column() -> None:
    rooms = [["room", "capacity"], ["A", "x"]]

    reading = read(workbook(activities=[["=A1", *HEAD[1:]], ["a"]], rooms=rooms), filename="a.xlsx")

    assert said(reading.errors) == [
        ("feuille activities, ligne 1, colonne A", UNANSWERED),
        (
            "feuille rooms, ligne 2, colonne capacity",
            "« x » : il faut un nombre entier entre 1 et 100000, ou rien.",
        ),
    ]


def test_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = rezipped(workbook(activities=[HEAD]), {"xl/worksheets/sheet1.xml": b" " * (limits.UNPACKED_BYTES + 1)})

    assert len(bomb) < limits.BYTES
    assert said(read(bomb, filename="a.xlsx").errors) == [
        ("", "Le classeur est trop grand pour un programme, une fois décompressé : gardez les seules feuilles utiles.")
    ]


def test_bomb_is_refused_when_it_lies_about_its_size() -> None:
    bomb = rezipped(workbook(activities=[HEAD]), {"xl/worksheets/sheet1.xml": b" " * 30_000_000})
    lie = bomb.replace((30_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert lie != bomb
    assert read(lie, filename="a.xlsx").programme is None


@pytest.mark.parametrize(
    "sheet",
    [
        b"<!DOCTYPE x [<!ENTITY a 'ha'>]><worksheet/>",
        b"<worksheet",
        b"<worksheet><sheetData><row r='x'/></sheetData></worksheet>",
        one_cell(b"A", b"999999999999"),
        one_cell(b"XFD", b"1"),
    ],
)
def test_workbook_is_refused_when_a_part_of_it_is_hostile(sheet: bytes) -> None:
    data = rezipped(workbook(activities=[HEAD]), {"xl/worksheets/sheet1.xml": sheet})

    reading = read(data, filename="a.xlsx")

    assert (reading.programme, len(reading.errors)) == (None, 1)


@pytest.mark.parametrize("part", ["sheet1.xml", "sheet1.dat"])
def test_entity_in_a_cell_is_refused_when_the_workbook_is_sound_otherwise(part: str) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    sound = workbook(activities=[HEAD, ["1", "2027-10-22", "09:00", "10:00", None, "Un"]])
    with zipfile.ZipFile(io.BytesIO(sound)) as archive:
        parts = {name: archive.read(name).replace(b"sheet1.xml", part.encode()) for name in archive.namelist()}
    cells = parts.pop(sheet).replace(b"<t>Un</t>", b"<t>&a;</t>")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in {**parts, f"xl/worksheets/{part}": DECLARED + cells}.items():
            archive.writestr(name, content)

    assert said(read(sound, filename="a.xlsx").errors) == []
    assert said(read(file.getvalue(), filename="a.xlsx").errors) == [
        (
            "",
            "Le classeur contient un XML mal formé, un DOCTYPE ou des entités : enregistrez-le de nouveau en .xlsx.",
        )
    ]


def test_archive_is_refused_when_it_is_no_workbook() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", "<x/>")

    assert said(read(file.getvalue(), filename="a.xlsx").errors) == [
        ("", "Cette archive n’est pas un classeur .xlsx : enregistrez le programme en .xlsx ou en CSV.")
    ]


def merged(ref: str, date: str = "2027-10-22") -> bytes:
    book = load_workbook(io.BytesIO(workbook(activities=[HEAD, ["a", date, "9:00", "10:00", None, "Un"]])))
    sheet = book["activities"]
    sheet.append(["b", None, "10:00", "11:00", None, "Deux"])
    sheet.merge_cells(ref)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_date_merged_over_two_rows_counts_for_both():
    reading = read(merged("B2:B3"), filename="programme.xlsx")

    assert reading.programme is not None
    assert [activity.slots[0].starts_at.day for activity in reading.programme.activities] == [22, 22]
    assert said(reading.repairs)[0] == (
        "feuille activities, ligne 3, colonne B",
        "Cellule fusionnée avec celle du dessus : sa valeur est reprise.",
    )


def test_formula_without_result_is_refused_once_when_it_is_merged_over_two_rows():
    reading = read(merged("B2:B3", date="=A1"), filename="programme.xlsx")

    assert said(reading.errors) == [("feuille activities, ligne 2, colonne date", UNANSWERED)]


def test_merge_beyond_the_rows_adds_none():
    reading = read(merged("B2:B500"), filename="programme.xlsx")

    assert reading.programme is not None
    assert len(reading.programme.activities) == 2

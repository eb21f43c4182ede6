from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scheduling.imports import columns
from scheduling.imports.model import ImportedActivity, ImportedSlot
from scheduling.imports.reader import read
from scheduling.imports.template import csv_template, xlsx_template
from tests.scheduling.imports.builders import said

EXAMPLE = ImportedActivity(
    description_fr="",
    description_en="",
    key="A-001",
    title_fr="Reconnaître un courriel frauduleux",
    title_en="Spotting a fraudulent e-mail",
    summary_fr="Un atelier pour apprendre à reconnaître les pièges, exemples à l’appui.",
    summary_en="A workshop on recognising the traps, with examples.",
    kind="Atelier",
    theme="Cybersécurité",
    audience="Grand public",
    speakers=("Camille Exemple", "Dominique Exemple"),
    slots=(
        ImportedSlot(
            key="A-001",
            starts_at=datetime(2027, 10, 22, 17, 30, tzinfo=UTC),
            ends_at=datetime(2027, 10, 22, 19, tzinfo=UTC),
            room="Grande salle",
            seats=20,
        ),
    ),
)


@pytest.mark.parametrize(
    ("data", "filename", "seen"),
    [
        (xlsx_template(), "modele.xlsx", []),
        (csv_template(), "modele.csv", [("", "Lu comme UTF-8, séparateur : point-virgule.")]),
    ],
)
def test_template_gives_its_example_when_it_is_read_back(
    data: bytes, filename: str, seen: list[tuple[str, str]]
) -> None:
    reading = read(data, filename=filename)

    assert (reading.errors, said(reading.repairs)) == ((), seen)
    assert reading.programme is not None
    assert reading.programme.activities == (EXAMPLE,)
    assert (reading.programme.starts_on, reading.programme.ends_on) == (date(2027, 10, 22), date(2027, 10, 22))


def test_every_column_is_explained_in_the_template_and_in_the_documentation() -> None:
    documentation = (Path(__file__).parents[3] / "docs" / "programme-spreadsheet.md").read_text()

    assert list(columns.EXPLANATIONS) == list(columns.ACTIVITIES)
    names = [name for kind, sheet in columns.COLUMNS.items() if kind != "group" for name in sheet]
    assert [name for name in names if f"| `{name}` |" not in documentation] == []


@pytest.mark.parametrize("names", [columns.SHEETS, *columns.COLUMNS.values(), columns.FACETS, columns.LANGUAGES])
def test_no_name_means_two_things(names: columns.Names) -> None:
    spellings = [spelling for name, aliases in names.items() for spelling in {columns.normal(name), *aliases}]

    assert len(spellings) == len(set(spellings))

"""The programme in the template's columns."""

import io
from datetime import UTC, date, datetime, time

from msgspec.structs import replace
from openpyxl import load_workbook

from scheduling.domain.told_programme import told
from scheduling.exports.sheets import line, sheets_of
from scheduling.imports import columns
from scheduling.imports.model import ImportedProgramme
from scheduling.imports.template import workbook_of
from tests.scheduling.exports.made_programmes import stored_of
from tests.scheduling.exports.test_c3voc import ACTIVITY, PROGRAMME, SLOT


def rows(programme: ImportedProgramme, sheet: str) -> list[dict[str, object]]:
    """Cells that say something."""
    return [
        {name: cell for name, cell in row.items() if cell not in ("", None)}
        for row in sheets_of(told(stored_of(programme)))[sheet]
    ]


def test_each_slot_has_its_row_with_all_that_is_said_of_its_activity() -> None:
    assert rows(PROGRAMME, "activities") == [
        {
            "activity": "ABC123",
            "title_fr": "Mots de passe",
            "title_en": "Passwords",
            "summary_fr": "Un &lt;b&gt;vrai&lt;/b&gt; atelier",
            "kind": "Atelier",
            "theme": "Sécurité",
            "audience": "Tous",
            "language": "bi",
            "speakers": "Denise Lavallée-Côté",
            "date": date(2027, 10, 21),
            "start": time(13, 30),
            "end": time(15),
            "room": "Coin numérique",
            "seats": 12,
            "id": SLOT.key,
        }
    ]
    assert rows(PROGRAMME, "rooms") == [{"room": "Coin numérique", "venue": "Bibliothèque", "capacity": 20}]
    assert rows(PROGRAMME, "speakers") == [
        {"name": "Denise Lavallée-Côté", "ambassador": "non", "biography_fr": "Bonjour"}
    ]
    assert rows(PROGRAMME, "labels") == [
        {"facet": "theme", "name_fr": "Sécurité", "name_en": "Security", "colour": "#1e3a5f"},
        {"facet": "kind", "name_fr": "Atelier", "name_en": "Workshop"},
        {"facet": "audience", "name_fr": "Tous"},
    ]


def test_two_people_of_one_name_stay_two() -> None:
    twins = tuple(replace(PROGRAMME.speakers[0], key=key, name="Jo; Roy") for key in ("a", "b"))
    programme = replace(PROGRAMME, speakers=twins, activities=(replace(ACTIVITY, speakers=("b", "a")),))

    assert [row["name"] for row in rows(programme, "speakers")] == ["Jo, Roy", "Jo, Roy (2)"]
    assert rows(programme, "activities")[0]["speakers"] == "Jo, Roy (2); Jo, Roy"


def test_what_a_spreadsheet_would_take_for_a_formula_is_neutralised() -> None:
    assert [line(text) for text in ("=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "# note", "'=1", "a=1")] == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@a",
        "'=1",
        "'=1",
        "'# note",
        "''=1",
        "a=1",
    ]


def test_workbook_holds_no_formula() -> None:
    formula = replace(PROGRAMME, activities=(replace(ACTIVITY, title_fr="=HYPERLINK(1)"),))
    book = load_workbook(io.BytesIO(workbook_of(sheets_of(told(stored_of(formula))))))

    assert "f" not in {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}


def test_end_is_told_by_its_date_after_midnight_and_as_a_duration_where_the_clock_goes_back() -> None:
    late = replace(SLOT, ends_at=datetime(2027, 10, 22, 5, 30, tzinfo=UTC))
    twice = replace(
        SLOT,
        key="B",
        starts_at=datetime(2027, 11, 7, 5, 30, tzinfo=UTC),
        ends_at=datetime(2027, 11, 7, 6, 15, tzinfo=UTC),
    )
    ends = rows(replace(PROGRAMME, activities=(replace(ACTIVITY, slots=(late, twice)),)), "activities")

    assert [(row.get("end"), row.get("duration")) for row in ends] == [
        ("2027-10-22 01:30:00", None),
        (None, "0:45:00"),
    ]


def test_every_column_of_the_template_is_said() -> None:
    sheets = sheets_of(told(stored_of(PROGRAMME)))

    assert {kind: set(names) - set(sheets[kind][0]) for kind, names in columns.COLUMNS.items() if kind in sheets} == {
        "activities": {"duration"},  # instead of the end, where the clock goes back
        "rooms": set(),
        "speakers": set(),
        "labels": set(),
    }

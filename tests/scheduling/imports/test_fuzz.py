"""Whatever the bytes are: a programme or errors, never an exception, and never something a database refuses."""

import copy
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduling.imports.model import ImportedProgramme, Reading
from scheduling.imports.reader import read
from scheduling.imports.sheets import read_sheets
from tests.scheduling.imports.builders import as_csv, as_json, event, row, schedule
from tests.scheduling.imports.test_c3voc_xml import xml

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None)
SCHEDULE = schedule(
    event(1, persons=[{"guid": "p", "name": "Camille", "id": 3}], links=[{"url": "https://example.org/"}]),
    event(2, date="2027-10-22T11:00:00-04:00", start="11:00", end="2027-10-22T12:00:00-04:00"),
    rooms=[{"name": "Salle A", "guid": "r", "capacity": 3}],
    tracks=[{"name": "Thème", "color": "#abcdef"}],
)
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        ["\x00", "\ud800", "2027-13-45", "9999-12-31T23:59:59+00:00", "1:00", "<p>x", "[", "America", "", "-1"]
    ),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


def holds(reading: Reading) -> None:
    assert (reading.programme is None) == bool(reading.errors)
    if reading.programme is None:
        return
    stored = msgspec.json.encode(reading.programme)
    assert b"\\u0000" not in stored
    rooms = {room.name for room in reading.programme.rooms}
    speakers = {speaker.key for speaker in reading.programme.speakers}
    labels = {(label.facet, label.name_fr) for label in reading.programme.labels}
    slots = [slot for activity in reading.programme.activities for slot in activity.slots]
    assert len({slot.key for slot in slots}) == len(slots)
    assert all(slot.starts_at < slot.ends_at and slot.starts_at.tzinfo is UTC for slot in slots)
    assert {slot.room for slot in slots} - {None} <= rooms
    for activity in reading.programme.activities:
        assert activity.title_fr
        assert set(activity.speakers) <= speakers
        named = {("kind", activity.kind), ("theme", activity.theme), ("audience", activity.audience)}
        assert {(facet, name) for facet, name in named if name} <= labels


def spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(spot for key, child in children for spot in spots(child, (*path, key)))]


SPOTS = spots(SCHEDULE)[1:]


def mutated(changes: list[tuple[tuple[Any, ...], Any, bool]]) -> Any:
    document = copy.deepcopy(SCHEDULE)
    for path, value, remove in changes:
        owner: Any = document
        try:
            for step in path[:-1]:
                owner = owner[step]
            if remove:
                del owner[path[-1]]
            else:
                owner[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the ground away
    return document


@FEW
@given(st.binary(max_size=300), st.sampled_from(["a.json", "a.xml", "a.csv", "a.xlsx", "a"]))
def test_random_bytes_give_a_programme_or_errors(data: bytes, filename: str) -> None:
    holds(read(data, filename=filename))


@FEW
@given(st.lists(st.tuples(st.sampled_from(SPOTS), ODD, st.booleans()), min_size=1, max_size=4))
def test_mutated_json_gives_a_programme_or_errors(changes: list[tuple[tuple[Any, ...], Any, bool]]) -> None:
    holds(read(json.dumps(mutated(changes)).encode(), filename="a.json"))


SOURCES = [as_json(SCHEDULE), xml(), as_csv(row(1), row(2, start="11:00", end="12:00"), separator=";")]


@FEW
@given(
    st.sampled_from(SOURCES),
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 30), st.binary(max_size=4)), min_size=1, max_size=4),
)
def test_damaged_bytes_give_a_programme_or_errors(data: bytes, damages: list[tuple[int, int, bytes]]) -> None:
    for position, length, new in damages:
        position %= len(data) or 1
        data = data[:position] + new + data[position + length :]

    holds(read(data, filename="a.txt"))


@FEW
@given(st.lists(st.dictionaries(st.sampled_from(list(row())), st.text(max_size=12), max_size=6), max_size=4))
def test_odd_cells_give_a_programme_or_errors(changes: list[dict[str, str]]) -> None:
    rows = [row(number, **change) for number, change in enumerate(changes)]
    cells = [list(row()), *(list(each.values()) for each in rows)]

    holds(read_sheets({"activities": cells}, title="T"))


PLAIN = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=12)


@st.composite
def sheet_rows(draw: st.DrawFn) -> list[dict[str, str]]:
    rows = []
    for number in range(draw(st.integers(1, 6))):
        start = datetime(2027, 10, 22, 8, tzinfo=UTC) + timedelta(hours=number * 2)
        minutes = draw(st.integers(1, 119))
        language = draw(st.sampled_from(["fr", "en", "bi"]))
        rows.append(
            {
                "id": f"S{number}",
                "date": f"{start:%Y-%m-%d}",
                "start": f"{start:%H:%M}",
                "duration": str(minutes),
                "title_fr": draw(PLAIN),
                "title_en": draw(st.one_of(st.just(""), PLAIN)),
                "description_fr": "\n\n".join(draw(st.lists(PLAIN, max_size=3))),
                "language": language,
                "room": draw(st.sampled_from(["", "Salle A", "Salle B"])),
                "seats": draw(st.sampled_from(["", "1", "250"])),
                "speakers": "; ".join(draw(st.sets(st.sampled_from(["Ana", "Bo", "Cy"])))),
                "kind": draw(st.sampled_from(["", "Atelier", "Conférence"])),
            }
        )
    return rows


def told(programme: ImportedProgramme) -> list[dict[str, str]]:
    rows = []
    for activity in programme.activities:
        slot = activity.slots[0]
        local = slot.starts_at - timedelta(hours=4)
        rows.append(
            {
                "id": slot.key,
                "date": f"{local:%Y-%m-%d}",
                "start": f"{local:%H:%M}",
                "duration": str((slot.ends_at - slot.starts_at) // timedelta(minutes=1)),
                "title_fr": activity.title_fr,
                "title_en": activity.title_en or "",
                "description_fr": activity.description_fr or "",
                "language": activity.language,
                "room": slot.room or "",
                "seats": str(slot.seats or ""),
                "speakers": "; ".join(activity.speakers),
                "kind": activity.kind,
            }
        )
    return rows


@FEW
@given(sheet_rows(), st.sampled_from([(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16")]))
def test_programme_survives_the_way_through_a_sheet(rows: list[dict[str, str]], form: tuple[str, str]) -> None:
    separator, encoding = form

    reading = read(as_csv(*rows, separator=separator, encoding=encoding), filename="a.csv")

    assert reading.errors == ()
    assert reading.programme is not None
    assert told(reading.programme) == rows
    assert reading.programme.starts_on == date(2027, 10, 22)

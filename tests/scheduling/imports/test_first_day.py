"""A programme on other days: hours stay what clocks showed, wherever the file comes from."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.imports.first_day import on_first_day
from scheduling.imports.model import ImportedActivity, ImportedProgramme, ImportedSlot, Reading
from scheduling.imports.reader import read
from tests.scheduling.imports.builders import said


def reading(starts_at: datetime, ends_at: datetime, **more: Any) -> Reading:
    slot = ImportedSlot(key="s", starts_at=starts_at, ends_at=ends_at, room=None)
    activity = ImportedActivity(key="a", title_fr="Atelier", slots=(slot,))
    facts = {"starts_on": date(2024, 10, 31), "ends_on": date(2024, 11, 3), "time_zone": "Europe/Paris", **more}
    return Reading(ImportedProgramme(title="PyCon", slug="pycon", activities=(activity,), **facts))


PARIS = reading(datetime(2024, 11, 2, 8, 30, tzinfo=UTC), datetime(2024, 11, 2, 16, 0, tzinfo=UTC))  # 9:30 to 17:00


def times_of(found: Reading) -> list[tuple[datetime, datetime]]:
    assert found.programme is not None
    return [(slot.starts_at, slot.ends_at) for activity in found.programme.activities for slot in activity.slots]


def test_programme_keeps_its_hours_and_length_when_moved_to_other_days():
    found = on_first_day(PARIS, date(2027, 11, 5))

    assert found.programme is not None
    assert (found.programme.starts_on, found.programme.ends_on) == (date(2027, 11, 5), date(2027, 11, 8))
    assert found.programme.time_zone == "America/Toronto"
    # 7 November 2027 is the day on which Toronto's summer time ends: 9:30 is 14:30 UTC.
    assert times_of(found) == [(datetime(2027, 11, 7, 14, 30, tzinfo=UTC), datetime(2027, 11, 7, 22, 0, tzinfo=UTC))]
    assert (found.errors, found.repairs) == ((), ())


def test_hour_that_the_clock_skips_is_refused_when_moved_there():
    night = reading(
        datetime(2024, 10, 31, 1, 30, tzinfo=UTC),
        datetime(2024, 10, 31, 3, 0, tzinfo=UTC),  # 2:30 to 4:00
    )

    found = on_first_day(night, date(2027, 3, 14))

    assert found.programme is None
    assert said(found.errors) == [
        ("Atelier", "Cette heure n’existe pas : l’horloge la saute en passant à l’heure d’été.")
    ]


def test_hour_that_the_clock_shows_twice_is_the_first_when_moved_there():
    night = reading(datetime(2024, 10, 31, 0, 30, tzinfo=UTC), datetime(2024, 10, 31, 2, 0, tzinfo=UTC))  # 1:30 to 3:00

    found = on_first_day(night, date(2027, 11, 7))

    assert times_of(found) == [(datetime(2027, 11, 7, 5, 30, tzinfo=UTC), datetime(2027, 11, 7, 8, 0, tzinfo=UTC))]
    assert said(found.repairs) == [("Atelier", "L’horloge montre deux fois cette heure : la première est retenue.")]


def test_refused_file_stays_refused():
    refused = read(b"", filename="programme.csv")

    assert on_first_day(refused, date(2027, 11, 5)) == refused


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_moving_again_to_the_same_day_changes_nothing(day: date):
    once = on_first_day(PARIS, day)

    assert on_first_day(once, day) == once


@pytest.mark.parametrize("zone", ["Europe/Paris", "Asia/Tokyo", "America/Toronto"])
def test_wall_clock_is_the_same_in_every_zone(zone: str):
    from_zone = reading(*_nine_to_five(zone), time_zone=zone)

    found = on_first_day(from_zone, date(2027, 10, 22))

    assert times_of(found) == [(datetime(2027, 10, 22, 13, tzinfo=UTC), datetime(2027, 10, 22, 21, tzinfo=UTC))]


def _nine_to_five(zone: str) -> tuple[datetime, datetime]:
    day = datetime(2024, 10, 31, tzinfo=ZoneInfo(zone))
    return day.replace(hour=9).astimezone(UTC), day.replace(hour=17).astimezone(UTC)

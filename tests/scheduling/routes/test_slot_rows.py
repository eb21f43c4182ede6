"""Rows of the table of slots: what a wall clock shows, there and back."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.domain.planned_activities import WantedSlot
from scheduling.domain.planned_activity import PlannedSlot
from scheduling.routes.slot_rows import SlotRow, read_row, row_of

MINUTES = st.datetimes(datetime.fromisoformat("2027-01-01"), datetime.fromisoformat("2028-12-31")).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC)
)


def stored(starts_at: datetime, ends_at: datetime) -> PlannedSlot:
    return PlannedSlot(code="A", version="1", starts_at=starts_at, ends_at=ends_at, room="Labo", seats=12, held=0)


@given(MINUTES, st.integers(1, 10 * 60))
def test_stored_slot_is_read_back_as_it_was_also_when_the_clock_changes(starts_at: datetime, minutes: int):
    ends_at = starts_at + timedelta(minutes=minutes)
    row = row_of(stored(starts_at, ends_at))

    wanted, errors = read_row(row, {"Labo"})

    over_midday_of_next_day = errors.keys() == {"end"}  # a form says small hours only: such a row stays untouched
    if not over_midday_of_next_day:
        assert (wanted, errors) == (
            WantedSlot(code="A", version="1", starts_at=starts_at, ends_at=ends_at, room="Labo", seats=12),
            {},
        )
    assert not row.is_touched


@pytest.mark.parametrize(
    ("start", "end", "lasts"),
    [
        ("19:00", "23:30", timedelta(hours=4, minutes=30)),
        ("22:00", "00:30", timedelta(hours=2, minutes=30)),
        ("9 h", "10 h 15", timedelta(hours=1, minutes=15)),
    ],
)
def test_evening_ends_after_midnight(start: str, end: str, lasts: timedelta):
    wanted, errors = read_row(SlotRow(day="2027-10-21", start=start, end=end), ())

    assert errors == {}
    assert wanted is not None
    assert wanted.ends_at - wanted.starts_at == lasts


@pytest.mark.parametrize(("start", "end"), [("14:00", "13:00"), ("14:00", "14:00"), ("05:00", "05:00")])
def test_slot_that_ends_before_it_starts_is_refused(start: str, end: str):
    _wanted, errors = read_row(SlotRow(day="2027-10-21", start=start, end=end), ())

    assert errors == {"end": "La fin doit être après le début."}


@pytest.mark.parametrize("seats", ["0", "-1", "1.5", "douze", "٣", "9" * 30])
def test_seats_are_a_number_or_nothing(seats: str):
    row = SlotRow(day="2027-10-21", start="09:00", end="10:00", seats=seats)

    assert list(read_row(row, ())[1]) == ["seats"]


def test_row_without_anything_says_nothing():
    assert (SlotRow().says, SlotRow().is_touched) == ("", False)

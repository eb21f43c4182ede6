from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from digital_days.kernel import written_times as times

TORONTO = ZoneInfo("America/Toronto")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13:30", time(13, 30)),
        ("13 h 30", time(13, 30)),
        ("13\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30", time(13, 30)),
        ("9h", time(9)),
        ("09:00:30", time(9, 0, 30)),
        ("24:00", None),
        ("9", None),
        ("٩:00", None),
        ("midi", None),
    ],
)
def test_clock_reads_what_people_write(text: str, expected: time | None) -> None:
    assert times.clock(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90", timedelta(minutes=90)),
        ("90 min", timedelta(minutes=90)),
        ("1:30", timedelta(minutes=90)),
        ("1 h 30", timedelta(minutes=90)),
        ("2h", timedelta(hours=2)),
        ("01:30:00", timedelta(minutes=90)),
        ("1:75", None),
        ("99999", None),
    ],
)
def test_duration_reads_what_people_write(text: str, expected: timedelta | None) -> None:
    assert times.duration(text, bare_minutes=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-10-22", date(2027, 10, 22)),
        ("2027-10-22 00:00:00", date(2027, 10, 22)),
        ("2027-02-30", None),
        ("0001-01-01", None),
    ],
)
def test_day_reads_iso_dates_of_our_time(text: str, expected: date | None) -> None:
    assert times.day(text) == expected


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        (datetime.fromisoformat("2027-10-22T09:00"), (datetime(2027, 10, 22, 13, tzinfo=UTC), "once")),
        (datetime.fromisoformat("2027-03-14T02:30"), (datetime(2027, 3, 14, 7, 30, tzinfo=UTC), "skipped")),
        (datetime.fromisoformat("2027-11-07T01:30"), (datetime(2027, 11, 7, 5, 30, tzinfo=UTC), "doubled")),
    ],
)
def test_wall_clock_becomes_an_instant_even_where_the_clock_jumps(
    local: datetime, expected: tuple[datetime, times.Passage]
) -> None:
    assert times.to_utc(local, TORONTO) == expected

"""Boxes and spans of time say the same, on every day of the year."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from digital_days.kernel.i18n import TORONTO
from scheduling.domain.availability_grid import STEP, Day, Hours, Span, chosen, covered, grid_of, merged

SPRING, AUTUMN, USUAL = date(2027, 3, 14), date(2027, 11, 7), date(2027, 10, 21)
ALL_DAY = (time(0), time(23, 59))

days = st.sampled_from([SPRING, AUTUMN, USUAL, USUAL + timedelta(days=1)])
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 10, 15, 30, 45]))
hours = st.tuples(times, times).filter(lambda both: both[0] < both[1])
grids = st.dictionaries(days, hours, min_size=1).map(grid_of)


def cells(day: date, hours: Hours = ALL_DAY) -> list[str]:
    """The clock on the wall at the beginning of each box."""
    [only] = grid_of({day: hours})
    return [f"{cell.starts_at.astimezone(TORONTO):%H:%M}" for cell in only.cells]


def keys_of(grid: list[Day]) -> list[str]:
    return [cell.key for day in grid for cell in day.cells]


@given(st.data())
def test_boxes_survive_becoming_spans(data: st.DataObject):
    grid = data.draw(grids)
    ticked = data.draw(st.sets(st.sampled_from(keys_of(grid)) if keys_of(grid) else st.nothing()))

    assert covered(grid, chosen(grid, ticked)) == ticked


@given(st.data())
def test_spans_are_in_order_and_never_touch(data: st.DataObject):
    grid = data.draw(grids)
    ticked = data.draw(st.sets(st.sampled_from(keys_of(grid)) if keys_of(grid) else st.nothing()))

    spans = chosen(grid, ticked)

    assert all(start < end for start, end in spans)
    assert all(end < start for (_, end), (start, _) in pairwise(spans))


moments = st.integers(0, 40).map(lambda n: datetime(2027, 10, 21, tzinfo=UTC) + n * STEP)


@given(st.lists(st.tuples(moments, moments).filter(lambda both: both[0] < both[1])), moments)
def test_merging_keeps_every_moment_and_adds_none(spans: list[Span], moment: datetime):
    def inside(several: list[Span]) -> bool:
        return any(start <= moment < end for start, end in several)

    assert inside(merged(spans)) == inside(spans)


@given(grids)
def test_whole_days_are_every_box(grid: list[Day]):
    spans = chosen(grid, set(), {day.date.isoformat() for day in grid})

    assert covered(grid, spans) == set(keys_of(grid))


def test_day_has_a_box_every_half_hour_while_the_doors_are_open():
    assert cells(USUAL, (time(8), time(10, 15))) == ["08:00", "08:30", "09:00", "09:30", "10:00"]


def test_last_box_ends_when_the_doors_close():
    [day] = grid_of({USUAL: (time(8), time(8, 45))})

    assert [cell.ends_at - cell.starts_at for cell in day.cells] == [STEP, timedelta(minutes=15)]


def test_hour_that_spring_skips_has_no_box():
    assert cells(SPRING)[:6] == ["00:00", "00:30", "01:00", "01:30", "03:00", "03:30"]


def test_hour_that_comes_twice_in_autumn_has_two_boxes_told_apart():
    [day] = grid_of({AUTUMN: (time(0, 30), time(3))})

    assert [(cell.minute, cell.comes_again) for cell in day.cells] == [
        (30, False),
        (60, False),
        (90, False),
        (60, True),
        (90, True),
        (120, False),
        (150, False),
    ]


def test_span_that_fills_a_box_only_in_part_ticks_nothing():
    grid = grid_of({USUAL: (time(8), time(9))})
    start = grid[0].cells[0].starts_at

    assert covered(grid, [(start, start + timedelta(minutes=20))]) == frozenset()
    assert covered(grid, [(start, start + timedelta(minutes=20)), (start + timedelta(minutes=20), start + STEP)]) == {
        grid[0].cells[0].key
    }


def test_box_that_is_not_there_means_nothing():
    grid = grid_of({USUAL: (time(8), time(9))})

    assert chosen(grid, {"19990101T0000Z", "x", ""}, {"1999-01-01"}) == []

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from digital_days.kernel.i18n import TORONTO
from scheduling.domain.event_days import Span, days_of


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 10, day, hour, minute, tzinfo=TORONTO).astimezone(UTC)


def test_days_of_gives_the_local_date_when_nothing_crosses_midnight() -> None:
    morning, evening = (local(21, 9), local(21, 10)), (local(21, 20), local(21, 23))

    assert days_of([morning, evening]) == {morning: date(2027, 10, 21), evening: date(2027, 10, 21)}


def test_days_of_keeps_an_evening_together_when_it_runs_past_midnight() -> None:
    late = (local(21, 22), local(22, 0, 30))
    later = (local(22, 0, 45), local(22, 2))
    breakfast = (local(22, 8), local(22, 9))

    assert days_of([breakfast, later, late]) == {
        late: date(2027, 10, 21),
        later: date(2027, 10, 21),
        breakfast: date(2027, 10, 22),
    }


def test_days_of_starts_a_new_day_when_there_was_a_long_pause() -> None:
    evening, before_dawn = (local(21, 20), local(21, 22)), (local(22, 4), local(22, 5))

    assert days_of([evening, before_dawn])[before_dawn] == date(2027, 10, 22)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = local(20, 0) + timedelta(minutes=15 * draw(st.integers(0, 400)))
    return start, start + timedelta(minutes=15 * draw(st.integers(1, 40)))


@given(st.lists(spans(), max_size=30))
def test_days_of_never_moves_anything_by_more_than_the_day_before(several: list[Span]) -> None:
    days = days_of(several)

    assert set(days) == set(several)
    for start, _end in several:
        day = start.astimezone(TORONTO).date()
        assert days[start, _end] in (day, day - timedelta(days=1))

"""On other days every slot keeps its hour, and what daylight saving makes of it is told."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from digital_days.kernel.i18n import TORONTO
from digital_days.kernel.written_times import to_utc
from scheduling.domain.programme_facts import Facts, SlotFacts
from scheduling.domain.shifted_programme import on_other_days
from scheduling.imports.model import ImportedActivity

ACTIVITY = ImportedActivity(key="a", title_fr="Photos")


def local(day: date, hour: int, minute: int = 0, *, fold: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, fold=fold), TORONTO).astimezone(UTC)


def one_slot(starts_at: datetime, ends_at: datetime) -> Facts:
    slot = SlotFacts(starts_at=starts_at, ends_at=ends_at, room=None, seats=None)
    return Facts(activities={"a": ACTIVITY}, slots={("a", "1"): slot})


def moved(starts_at: datetime, ends_at: datetime, to: date) -> tuple[datetime, datetime, list[str]]:
    days = to - starts_at.astimezone(TORONTO).date()
    facts, settled = on_other_days(one_slot(starts_at, ends_at), days)
    slot = facts.slots["a", "1"]
    return slot.starts_at, slot.ends_at, [each.sentence.replace("\N{NO-BREAK SPACE}", " ") for each in settled]


OCTOBER = date(2027, 10, 21)
FORWARD, BACK = date(2028, 3, 12), date(2028, 11, 5)


def test_ten_o_clock_stays_ten_o_clock_in_winter():
    assert moved(local(OCTOBER, 10), local(OCTOBER, 11, 30), date(2028, 1, 20)) == (
        local(date(2028, 1, 20), 10),
        local(date(2028, 1, 20), 11, 30),
        [],
    )


def test_hour_that_the_clock_skips_becomes_the_one_that_it_shows():
    assert moved(local(OCTOBER, 2, 30), local(OCTOBER, 4), FORWARD) == (
        local(FORWARD, 3, 30),
        local(FORWARD, 4),
        ["« Photos », 12 mars 2028 : 2 h 30 n’existe pas ce jour-là, l’horloge avance. Ce sera 3 h 30."],
    )


def test_of_an_hour_that_comes_twice_the_first_is_taken():
    assert moved(local(OCTOBER, 1, 30), local(OCTOBER, 3), BACK) == (
        local(BACK, 1, 30, fold=0),
        local(BACK, 3),
        ["« Photos », 5 novembre 2028 : l’horloge montre deux fois 1 h 30. Ce sera la première fois."],
    )


def test_slot_that_would_end_before_it_begins_keeps_its_length():
    start, end, told = moved(local(OCTOBER, 2, 30), local(OCTOBER, 3), FORWARD)

    assert (start, end) == (local(FORWARD, 3, 30), local(FORWARD, 4))
    assert told[1:] == [
        "« Photos », 12 mars 2028 : la fin tomberait avant le début. La durée est gardée, la fin sera à 4 h."
    ]


moments = st.datetimes(
    datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2035-01-01"), timezones=st.just(UTC)
)


@given(moments, st.timedeltas(timedelta(minutes=5), timedelta(hours=20)), st.integers(-2000, 2000))
def test_slots_last_and_keep_their_hours_except_those_that_are_told(start: datetime, lasts: timedelta, days: int):
    start = start.replace(second=0, microsecond=0)
    facts, settled = on_other_days(one_slot(start, start + lasts), timedelta(days=days))
    slot = facts.slots["a", "1"]

    assert slot.starts_at < slot.ends_at
    for before, after in ((start, slot.starts_at), (start + lasts, slot.ends_at)):
        wanted = before.astimezone(TORONTO).replace(tzinfo=None) + timedelta(days=days)
        told = [each for each in settled if each.wanted == wanted]
        assert bool(told) == (after.astimezone(TORONTO).replace(tzinfo=None) != wanted) or (
            to_utc(wanted, TORONTO)[1] == "doubled"
        )

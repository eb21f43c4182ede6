"""Hours typed in Toronto time, through the two nights on which the clocks change."""

from datetime import UTC, date, datetime, time

import pytest

from digital_days.kernel.local_times import DoubledTime, Passage, SkippedTime, instant

FORWARD, BACK = date(2027, 3, 14), date(2027, 11, 7)


def test_instant_is_the_moment_in_utc():
    assert instant(date(2027, 10, 21), time(9, 5)) == datetime(2027, 10, 21, 13, 5, tzinfo=UTC)
    assert instant(date(2027, 12, 1), time(9, 5)) == datetime(2027, 12, 1, 14, 5, tzinfo=UTC)


def test_instant_is_refused_when_the_clocks_skip_it():
    with pytest.raises(SkippedTime) as refused:
        instant(FORWARD, time(2, 30))

    assert str(refused.value).replace("\N{NO-BREAK SPACE}", " ") == (
        "Cette heure n’existe pas le dimanche 14 mars 2027 : les horloges avancent d’une heure cette nuit-là."
    )


def test_instant_asks_which_when_the_clocks_show_it_twice():
    with pytest.raises(DoubledTime) as refused:
        instant(BACK, time(1, 30))

    assert str(refused.value).replace("\N{NO-BREAK SPACE}", " ") == (
        "Il est deux fois 1 h 30 le dimanche 7 novembre 2027 : les horloges reculent d’une heure. "
        "Dites laquelle des deux."
    )


@pytest.mark.parametrize(("passage", "hour"), [("first", 5), ("second", 6)])
def test_instant_is_the_one_that_was_chosen(passage: Passage, hour: int):
    assert instant(BACK, time(1, 30), passage) == datetime(2027, 11, 7, hour, 30, tzinfo=UTC)


def test_choice_between_two_means_nothing_when_there_is_one():
    assert instant(date(2027, 10, 21), time(9), "second") == datetime(2027, 10, 21, 13, tzinfo=UTC)

"""How long is left, in words that stand beside the exact time."""

from datetime import timedelta

import pytest

from digital_days.kernel.i18n import format_time_left, use


@pytest.mark.parametrize(
    ("left", "french", "english"),
    [
        (timedelta(seconds=5), "1 minute", "1 minute"),
        (timedelta(minutes=15), "15 minutes", "15 minutes"),
        (timedelta(minutes=59, seconds=30), "1 heure", "1 hour"),
        (timedelta(hours=1, minutes=29), "1 heure 25 minutes", "1 hour 25 minutes"),
        (timedelta(hours=3) - timedelta(seconds=40), "3 heures", "3 hours"),
        (timedelta(hours=11, minutes=50), "11 heures", "11 hours"),
        (timedelta(hours=72), "72 heures", "72 hours"),
    ],
)
def test_time_left_is_said_in_words(left: timedelta, french: str, english: str) -> None:
    said = {}
    for locale in ("fr", "en"):
        with use(locale):
            said[locale] = format_time_left(left).replace("\N{NO-BREAK SPACE}", " ")

    assert said == {"fr": french, "en": english}

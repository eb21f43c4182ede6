"""When an edition takes place, in words."""

from datetime import date

import pytest

from digital_days.kernel import i18n
from digital_days.kernel.i18n import Locale
from digital_days.site.edition_dates import dates


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "locale", "words"),
    [
        (date(2028, 3, 18), date(2028, 3, 18), "fr", "samedi 18 mars 2028"),
        (date(2027, 10, 21), date(2027, 10, 22), "fr", "21 et 22 octobre 2027"),
        (date(2027, 10, 1), date(2027, 10, 4), "fr", "du 1er au 4 octobre 2027"),
        (date(2027, 9, 30), date(2027, 10, 1), "fr", "30 septembre et 1er octobre 2027"),
        (date(2027, 12, 31), date(2028, 1, 2), "fr", "du 31 décembre 2027 au 2 janvier 2028"),
        (date(2027, 10, 21), date(2027, 10, 22), "en", "October 21 and 22, 2027"),
        (date(2027, 10, 21), date(2027, 10, 24), "en", "October 21 to 24, 2027"),
        (date(2027, 9, 30), date(2027, 10, 1), "en", "September 30, 2027 to October 1, 2027"),
    ],
)
def test_dates_are_short_in_both_languages(starts_on: date, ends_on: date, locale: Locale, words: str) -> None:
    with i18n.use(locale):
        assert dates(starts_on, ends_on).replace("\N{NO-BREAK SPACE}", " ") == words

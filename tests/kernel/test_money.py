"""Amounts as people read them."""

import pytest

from digital_days.kernel import i18n
from digital_days.kernel.i18n import Locale
from digital_days.kernel.money import format_money


@pytest.mark.parametrize(
    ("cents", "locale", "words"),
    [
        (0, "fr", "0,00 $"),
        (5, "fr", "0,05 $"),
        (123_450, "fr", "1 234,50 $"),
        (-28_744, "fr", "−287,44 $"),
        (123_450, "en", "$1,234.50"),
        (-100, "en", "−$1.00"),
    ],
)
def test_amount_reads_as_in_the_language_of_its_reader(cents: int, locale: Locale, words: str):
    with i18n.use(locale):
        assert format_money(cents).replace("\N{NO-BREAK SPACE}", " ") == words

"""Amounts as people read and type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digital_days.kernel import i18n
from digital_days.kernel.i18n import Locale
from digital_days.kernel.money import MOST_CENTS, format_money, read_money


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


@given(cents=st.integers(0, MOST_CENTS), locale=st.sampled_from(["fr", "en"]))
def test_what_is_shown_is_read_back(cents: int, locale: Locale):
    with i18n.use(locale):
        assert read_money(format_money(cents)) == cents


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("250", 25_000),
        ("287,44", 28_744),
        ("287.44 $", 28_744),
        ("$5", 500),
        ("12,5", 1_250),
        ("1\N{NO-BREAK SPACE}250", 125_000),
        ("1\N{NARROW NO-BREAK SPACE}250,5", 125_050),
        ("1,234.50", 123_450),
        ("0", 0),
        ("1 000 000,00 $", 100_000_000),
        ("1 000 000,01 $", None),
        ("-5", None),
        ("\N{MINUS SIGN}5", None),
        ("12,345", None),
        ("1.234,50", None),
        ("1,23,456.00", None),
        ("5e3", None),
        ("5.", None),
        ("٣", None),
        ("$", None),
        ("", None),
    ],
)
def test_amount_is_read_to_the_cent_or_not_at_all(text: str, cents: int | None):
    assert read_money(text) == cents

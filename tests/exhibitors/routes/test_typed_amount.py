"""An amount as people type it, and only that."""

import pytest

from digital_days.kernel import i18n
from exhibitors.routes.typed_amount import cents_of, typed_cents


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("287,44", 28_744),
        ("287.44 $", 28_744),
        ("$5", 500),
        ("1\N{NO-BREAK SPACE}250", 125_000),
        ("1\N{NARROW NO-BREAK SPACE}250,5", 125_050),
        ("0", 0),
        ("999999,99", 99_999_999),
        ("1000000", None),
        ("-5", None),
        ("1,234.50", None),
        ("12,345", None),
        ("5e3", None),
        ("٣", None),
        ("", None),
    ],
)
def test_amount_is_read_to_the_cent_or_not_at_all(text: str, cents: int | None):
    assert cents_of(text) == cents


@pytest.mark.parametrize(("locale", "shown"), [("fr", "1250,05"), ("en", "1250.05")])
def test_form_shows_what_it_reads(locale: i18n.Locale, shown: str):
    with i18n.use(locale):
        assert (typed_cents(125_005), cents_of(typed_cents(125_005))) == (shown, 125_005)

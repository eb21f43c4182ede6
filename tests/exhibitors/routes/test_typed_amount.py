"""An amount as a form shows it is an amount that can be sent back."""

import pytest

from digital_days.kernel import i18n
from digital_days.kernel.money import read_money
from exhibitors.routes.typed_amount import typed_cents


@pytest.mark.parametrize(("locale", "shown"), [("fr", "1250,05"), ("en", "1250.05")])
def test_form_shows_what_it_reads(locale: i18n.Locale, shown: str):
    with i18n.use(locale):
        assert (typed_cents(125_005), read_money(typed_cents(125_005))) == (shown, 125_005)

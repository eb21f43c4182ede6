"""What is left to pay, and what that makes of an invoice."""

from datetime import date, timedelta

import pytest

from exhibitors.engine.settlement import Settlement

DUE = date(2027, 9, 2)


@pytest.mark.parametrize(
    ("credited", "paid", "days_after", "balance", "state"),
    [
        (0, 0, 0, 1000, "open"),
        (0, 0, 1, 1000, "late"),
        (0, 400, 0, 600, "partly"),
        (0, 400, 1, 600, "late"),
        (0, 1000, 1, 0, "paid"),
        (0, 1200, 0, -200, "refund"),
        (1000, 0, 1, 0, "credited"),
        (400, 600, 1, 0, "paid"),
        (400, 0, 0, 600, "open"),
        (1000, 300, 0, -300, "refund"),
    ],
)
def test_invoice_is_what_its_balance_and_day_make_of_it(
    credited: int, paid: int, days_after: int, balance: int, state: str
):
    settlement = Settlement(total_cents=1000, credited_cents=credited, paid_cents=paid, due_on=DUE)

    assert (settlement.balance_cents, settlement.state(DUE + timedelta(days=days_after))) == (balance, state)

"""The two taxes as Revenu Québec asks for them: on the whole, apart from each other, half a cent up, never off."""

from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibitors.engine.taxes import Taxed, credit, taxed

CENTS = st.integers(min_value=0, max_value=100_000_000)


def in_decimals(cents: int, rate: str) -> int:
    """The same by the decimal arithmetic of a calculator."""
    return int((Decimal(cents) * Decimal(rate)).quantize(Decimal(1), ROUND_HALF_UP))


@pytest.mark.parametrize(
    ("subtotal", "gst", "qst"),
    [
        (0, 0, 0),
        (10_000, 500, 998),  # 9.975 $ of TVQ: half a cent is a cent
        (25_000, 1250, 2494),  # 24.9375 $
        (50_000, 2500, 4988),  # 49.875 $
        (9, 0, 1),  # 0.45 of a cent is dropped, 0.89775 is a cent
        (10, 1, 1),  # half a cent of TPS is a cent
        (5, 0, 0),
        (6, 0, 1),  # 0.5985
    ],
)
def test_taxes_are_those_of_revenu_quebec(subtotal: int, gst: int, qst: int):
    assert taxed(subtotal) == Taxed(subtotal, gst, qst)


@given(CENTS)
def test_each_tax_is_exact_and_on_the_price_alone(subtotal: int):
    assert taxed(subtotal) == Taxed(subtotal, in_decimals(subtotal, "0.05"), in_decimals(subtotal, "0.09975"))


@given(CENTS)
def test_credit_of_the_whole_is_the_exact_opposite(subtotal: int):
    invoice, note = taxed(subtotal), credit(0, subtotal)

    assert note == Taxed(-invoice.subtotal_cents, -invoice.gst_cents, -invoice.qst_cents) == taxed(-subtotal)
    assert note.total_cents == -invoice.total_cents


@given(CENTS, st.lists(CENTS, max_size=6))
def test_credits_in_parts_take_back_exactly_what_was_asked_for(subtotal: int, cuts: list[int]):
    marks = sorted({0, subtotal, *(cut for cut in cuts if cut < subtotal)})

    notes = [credit(before, after - before) for before, after in pairwise(marks)]

    invoice = taxed(subtotal)
    assert sum(note.subtotal_cents for note in notes) == -invoice.subtotal_cents
    assert sum(note.gst_cents for note in notes) == -invoice.gst_cents
    assert sum(note.qst_cents for note in notes) == -invoice.qst_cents
    assert all(note.gst_cents <= 0 and note.qst_cents <= 0 for note in notes)


@given(st.lists(CENTS, min_size=2, max_size=8))
def test_taxes_of_the_whole_are_not_those_of_its_lines_added_up(lines: list[int]):
    """Rounding once instead of line by line is never more than half a cent a line and tax away."""
    apart = sum(taxed(line).total_cents for line in lines)

    assert abs(taxed(sum(lines)).total_cents - apart) <= len(lines) + 1

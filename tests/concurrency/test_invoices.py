"""Invoices at one moment: numbers without hole or double, one invoice a booking, never more credited than billed."""

import asyncio

import pytest

from digital_days.kernel import database
from digital_days.kernel.codes import new_code
from exhibitors.domain.billing import bill, bill_waiting
from exhibitors.domain.credit_notes import Credited, credit_invoice
from exhibitors.domain.invoices import invoices_of
from exhibitors.domain.payments import Received, payments_of, record_payment
from tests.exhibitors.billed import another_exhibitor, billed, make_fair

pytestmark = pytest.mark.usefixtures("committed")

MANY, ROLLED_BACK = 50, 17


class TakenBackError(Exception):
    """The booking could not be confirmed after all."""


async def _bill(booking: int, *, fails: bool) -> str | None:
    async with database.transaction():
        code = await bill(booking)
        await asyncio.sleep(0)
        if fails:
            raise TakenBackError
        return code


async def test_numbers_have_no_hole_and_no_double_though_some_are_taken_back():
    fair = await make_fair()
    bookings = [fair.booking]
    bookings += [(await another_exhibitor(fair, f"Atelier {each}", f"B{each}"))[1] for each in range(1, MANY)]
    fails = {booking.id for place, booking in enumerate(bookings) if place % 3 == 1}

    outcomes = await asyncio.gather(
        *(_bill(booking.id, fails=booking.id in fails) for booking in bookings), return_exceptions=True
    )

    assert len(fails) == ROLLED_BACK
    assert sum(isinstance(outcome, TakenBackError) for outcome in outcomes) == ROLLED_BACK
    written = await invoices_of(fair.edition.id)
    assert [invoice.number for invoice in reversed(written)] == list(range(1, MANY - ROLLED_BACK + 1))
    assert {invoice.code for invoice in written} == {outcome for outcome in outcomes if isinstance(outcome, str)}

    await bill_waiting(fair.edition.id)

    assert [invoice.number for invoice in reversed(await invoices_of(fair.edition.id))] == list(range(1, MANY + 1))


async def test_booking_billed_by_many_at_once_has_one_invoice():
    fair = await make_fair()

    outcomes = await asyncio.gather(*(bill(fair.booking.id) for _each in range(20)))

    assert sum(outcome is not None for outcome in outcomes) == 1
    assert [invoice.number for invoice in await invoices_of(fair.edition.id)] == [1]


async def test_whole_credit_asked_for_by_many_at_once_is_written_once():
    fair = await make_fair()
    invoice, whole = await billed(fair), Credited(subtotal_cents=None, reason="Erreur")

    outcomes = await asyncio.gather(
        *(credit_invoice(fair.edition.id, invoice.code, whole, key=new_code()) for _each in range(20)),
        return_exceptions=True,
    )

    assert sorted(map(repr, outcomes)).count("NothingToCredit()") == 19
    assert [each.total_cents for each in await invoices_of(fair.edition.id)] == [-28_744, 28_744]


async def test_parts_credited_by_many_at_once_are_never_more_than_was_billed():
    fair = await make_fair()
    invoice, part = await billed(fair), Credited(subtotal_cents=6000, reason="Geste")

    await asyncio.gather(
        *(credit_invoice(fair.edition.id, invoice.code, part, key=new_code()) for _each in range(20)),
        return_exceptions=True,
    )

    written = await invoices_of(fair.edition.id)
    assert [each.number for each in written] == [5, 4, 3, 2, 1]
    assert sum(each.subtotal_cents for each in written) == 1000


async def test_payment_that_a_provider_tells_many_times_at_once_counts_once():
    fair = await make_fair()
    invoice = await billed(fair)
    told = Received(
        amount_cents=28_744, method="card", received_on=invoice.issued_on, reference="pi_1", provider="terminal"
    )

    codes = await asyncio.gather(*(record_payment(fair.edition.id, invoice.code, told) for _each in range(20)))

    assert (len(set(codes)), len(await payments_of(invoice))) == (1, 1)

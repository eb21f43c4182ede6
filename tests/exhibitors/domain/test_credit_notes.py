"""A credit note takes back what an invoice asked for, in whole or in part, and never more."""

import asyncpg
import pytest

from digital_days.kernel import database
from digital_days.kernel.codes import new_code
from exhibitors.domain.billing import bill
from exhibitors.domain.credit_notes import (
    Credited,
    MoreThanBilled,
    NoAmount,
    NotAnInvoice,
    NothingToCredit,
    credit_invoice,
)
from exhibitors.domain.invoices import Invoice, Line, NoSuchInvoice, invoice_called, invoices_of
from exhibitors.domain.unbilled import unbilled
from tests.exhibitors.billed import Fair, billed, make_fair, move
from tests.letters_read import promised

pytestmark = pytest.mark.usefixtures("db")


async def credited(fair: Fair, invoice: Invoice, cents: int | None = None, *, again: bool = False) -> Invoice:
    said = Credited(subtotal_cents=cents, reason="Erreur de prix.", again=again)
    return await invoice_called(
        fair.edition.id, await credit_invoice(fair.edition.id, invoice.code, said, key=new_code())
    )


async def test_whole_credit_is_the_exact_opposite_and_says_of_what_and_why():
    fair = await make_fair()
    invoice = await billed(fair)

    note = await credited(fair, invoice)

    assert note.lines == [Line("Kiosque A1 (Fournisseurs) (crédit)", 1, -25_000, -25_000)]
    amounts = (note.subtotal_cents, note.gst_cents, note.qst_cents, note.total_cents)
    assert amounts == (-25_000, -1250, -2494, -28_744)
    assert (note.kind, note.reference, note.credits_reference, note.reason) == (
        "credit",
        "JN2027-0002",
        "JN2027-0001",
        "Erreur de prix.",
    )
    assert (note.seller, note.buyer) == (invoice.seller, invoice.buyer)
    now = await invoice_called(fair.edition.id, invoice.code)
    assert (now.state_in_words, now.balance_cents, now.creditable_cents) == ("Créditée", 0, 0)
    assert [each.payload["invoice"] for each in await promised("exhibitors.invoice")] == [invoice.code, note.code]


async def test_credits_in_parts_take_back_the_whole_to_the_cent():
    fair = await make_fair()
    invoice = await billed(fair)

    notes = [await credited(fair, invoice, cents) for cents in (3333, 3333, None)]

    assert [note.subtotal_cents for note in notes] == [-3333, -3333, -18_334]
    assert sum(note.total_cents for note in notes) == -invoice.total_cents
    assert (await invoice_called(fair.edition.id, invoice.code)).balance_cents == 0


async def test_never_more_is_credited_than_was_billed():
    fair = await make_fair()
    invoice = await billed(fair)
    first = await credited(fair, invoice, 20_000)

    with pytest.raises(MoreThanBilled) as refusal:
        await credited(fair, invoice, 5001)
    with pytest.raises(NoAmount):
        await credited(fair, invoice, 0)
    with pytest.raises(NotAnInvoice):
        await credited(fair, first)
    await credited(fair, invoice, 5000)
    with pytest.raises(NothingToCredit):
        await credited(fair, invoice)

    assert refusal.value.params == {"amount": "50,00\N{NO-BREAK SPACE}$"}
    assert [each.number for each in await invoices_of(fair.edition.id)] == [3, 2, 1]


async def test_database_itself_refuses_more_than_was_billed():
    fair = await make_fair()
    invoice = await billed(fair)
    await credited(fair, invoice, 20_000)

    with pytest.raises(asyncpg.CheckViolationError, match="never more is credited"):
        await database.fetch(
            """
            INSERT INTO invoice (code, edition, number, kind, exhibitor, credits, subtotal_cents, gst_cents, qst_cents,
                total_cents)
            SELECT 'X', edition, 9, 'credit', exhibitor, id, -5001, 0, 0, -5001 FROM invoice WHERE code = $1
            """,
            invoice.code,
        )


async def test_credit_sent_twice_is_written_once():
    fair = await make_fair()
    invoice, key = await billed(fair), new_code()

    said = Credited(subtotal_cents=1000, reason="Geste")
    codes = [await credit_invoice(fair.edition.id, invoice.code, said, key=key) for _twice in (1, 2)]

    assert (codes, len(await invoices_of(fair.edition.id))) == ([key, key], 2)


async def test_invoice_of_another_edition_is_not_credited():
    fair, other = await make_fair(), await make_fair(slug="jn2028")
    invoice = await billed(other)

    with pytest.raises(NoSuchInvoice):
        await credited(fair, invoice)


async def test_what_was_given_up_is_not_billed_again():
    fair = await make_fair()
    await credited(fair, await billed(fair), 5000)

    moved = await move(fair, fair.booking, "B1", price_cents=25_000)

    assert (await bill(moved.id), await unbilled(fair.edition.id)) == (None, [])


async def test_booking_cancelled_after_something_was_given_up_leaves_the_rest_to_credit():
    fair = await make_fair()
    invoice = await billed(fair)
    await credited(fair, invoice, 5000)
    await database.fetch("UPDATE booking SET state = 'cancelled', ended_at = now() WHERE id = $1", fair.booking.id)

    [waiting] = await unbilled(fair.edition.id)
    await credited(fair, invoice)

    assert (waiting.to_credit_cents, await unbilled(fair.edition.id)) == (20_000, [])


async def test_dearer_booth_after_something_was_given_up_bills_the_difference_of_prices():
    fair = await make_fair()
    await credited(fair, await billed(fair), 5000)

    dearer = await move(fair, fair.booking, "B1", price_cents=45_000)
    await bill(dearer.id)

    [last, *_before] = await invoices_of(fair.edition.id)
    assert [line.amount_cents for line in last.lines] == [45_000, -25_000]
    assert (last.subtotal_cents, await unbilled(fair.edition.id)) == (20_000, [])


async def test_what_was_credited_after_a_mistake_is_billed_again():
    fair = await make_fair()
    await credited(fair, await billed(fair), again=True)

    [waiting] = await unbilled(fair.edition.id)
    await bill(fair.booking.id)

    assert waiting.to_bill_cents == 25_000
    [last, *_before] = await invoices_of(fair.edition.id)
    assert (last.reference, last.subtotal_cents, len(last.lines)) == ("JN2027-0003", 25_000, 1)


async def test_dearer_booth_after_a_credited_cheaper_one_bills_all_of_its_price():
    fair = await make_fair()
    invoice = await billed(fair)
    cheaper = await move(fair, fair.booking, "B1", price_cents=10_000)
    await credited(fair, invoice, 15_000)
    settled = await unbilled(fair.edition.id)

    dearer = await move(fair, cheaper, "B2", price_cents=25_000)
    await bill(dearer.id)

    [last, *_before] = await invoices_of(fair.edition.id)
    assert (settled, last.subtotal_cents) == ([], 15_000)
    assert sum(each.subtotal_cents for each in await invoices_of(fair.edition.id)) == 25_000

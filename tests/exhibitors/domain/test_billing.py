"""A booking is billed once, for what it costs and is not billed yet, and only by a seller who may charge taxes."""

from datetime import date

import asyncpg
import pytest

from digital_days.kernel import clock, database
from exhibitors.domain.billing import bill, bill_waiting
from exhibitors.domain.invoices import Line, invoices_of
from exhibitors.domain.unbilled import unbilled
from tests.exhibitors.billed import GST, QST, another_exhibitor, billed, make_fair, make_seller, move, rent
from tests.factories import IN_A_YEAR, make_person
from tests.letters_read import promised

pytestmark = pytest.mark.usefixtures("db")


async def test_booking_is_billed_with_its_extras_and_both_taxes():
    fair = await make_fair()
    await rent(fair, fair.booking, "Table", 2, 1500)
    await database.fetch("UPDATE exhibitor SET legal_name = 'Atelier inc.', billing_address = '1, rue Grace'")

    with clock.stopped_at(IN_A_YEAR):
        invoice = await billed(fair)

    assert invoice.lines == [Line("Kiosque A1 (Fournisseurs)", 1, 25_000, 25_000), Line("Table", 2, 1500, 3000)]
    amounts = (invoice.subtotal_cents, invoice.gst_cents, invoice.qst_cents, invoice.total_cents)
    assert amounts == (28_000, 1400, 2793, 32_193)
    assert (invoice.reference, invoice.kind, invoice.state_in_words) == ("JN2027-0001", "invoice", "À payer")
    assert (invoice.issued_on, invoice.due_on) == (date(2027, 10, 21), date(2027, 11, 20))
    assert (invoice.seller.gst_number, invoice.seller.qst_number) == (GST, QST)
    assert (invoice.buyer.name, invoice.buyer.address) == ("Atelier inc.", "1, rue Grace")


async def test_invoice_is_promised_to_each_contact_once():
    fair = await make_fair()
    eve = await make_person("Ève Roy", "eve@example.ca")
    await database.fetch(
        "INSERT INTO exhibitor_member (exhibitor, person, is_contact, created_at) VALUES ($1, $2, false, now())",
        fair.exhibitor.id,
        eve,
    )

    invoice = await billed(fair)
    await bill(fair.booking.id)

    assert [(each.person_id, each.dedup_key) for each in await promised("exhibitors.invoice")] == [
        (fair.bob, f"invoice:{invoice.code}:{fair.bob}")
    ]


async def test_billed_twice_a_booking_has_one_invoice():
    fair = await make_fair()

    first, second = await bill(fair.booking.id), await bill(fair.booking.id)

    assert (first is None, second) == (False, None)
    assert len(await invoices_of(fair.edition.id)) == 1


async def test_free_booking_has_no_invoice_and_waits_for_none():
    fair = await make_fair(price_cents=0)

    assert (await bill(fair.booking.id), await unbilled(fair.edition.id)) == (None, [])


async def test_hold_is_not_billed():
    fair = await make_fair()
    await database.fetch("UPDATE booking SET state = 'held', held_until = now() WHERE id = $1", fair.booking.id)

    assert await bill(fair.booking.id) is None


async def test_move_to_a_booth_of_the_same_price_bills_nothing():
    fair = await make_fair()
    await billed(fair)

    moved = await move(fair, fair.booking, "B1", price_cents=25_000)

    assert (await bill(moved.id), await unbilled(fair.edition.id)) == (None, [])


async def test_move_to_a_dearer_booth_bills_the_difference():
    fair = await make_fair()
    await billed(fair)
    moved = await move(fair, fair.booking, "B1", price_cents=45_000)

    await bill(moved.id)

    second, _first = await invoices_of(fair.edition.id)
    assert second.lines == [
        Line("Kiosque B1 (Fournisseurs)", 1, 45_000, 45_000),
        Line("Déjà facturé : JN2027-0001".replace(" :", "\N{NO-BREAK SPACE}:"), 1, -25_000, -25_000),
    ]
    assert (second.number, second.subtotal_cents, second.gst_cents, second.qst_cents) == (2, 20_000, 1000, 1995)


async def test_move_to_a_cheaper_booth_bills_nothing_and_tells_organisers_the_difference():
    fair = await make_fair()
    invoice = await billed(fair)

    moved = await move(fair, fair.booking, "B1", price_cents=10_000)

    assert await bill(moved.id) is None
    [waiting] = await unbilled(fair.edition.id)
    assert (waiting.to_bill_cents, waiting.to_credit_cents, waiting.invoice) == (0, 15_000, invoice.code)
    assert len(await invoices_of(fair.edition.id)) == 1


async def test_cancelled_booking_leaves_all_of_it_to_credit():
    fair = await make_fair()
    await billed(fair)

    await database.fetch("UPDATE booking SET state = 'cancelled', ended_at = now() WHERE id = $1", fair.booking.id)

    [waiting] = await unbilled(fair.edition.id)
    assert (waiting.booth, waiting.to_bill_cents, waiting.to_credit_cents) == ("", 0, 25_000)


async def test_nothing_is_billed_without_tax_numbers_and_all_that_waits_is_billed_later():
    fair = await make_fair(seller=False)
    _other, second = await another_exhibitor(fair, "Zoé", "B1", price_cents=10_000)
    await make_seller(fair.edition, qst_number="")

    before = [await bill(booking.id) for booking in (fair.booking, second)]
    waiting = [(each.exhibitor, each.booth, each.to_bill_cents) for each in await unbilled(fair.edition.id)]
    counters = await database.fetch("SELECT FROM invoice_counter")
    await database.fetch("UPDATE fair_billing SET qst_number = $1", QST)
    written = await bill_waiting(fair.edition.id)

    assert (before, counters) == ([None, None], [])
    assert waiting == [("Atelier du Nord", "A1", 25_000), ("Zoé", "B1", 10_000)]
    assert [invoice.code for invoice in reversed(await invoices_of(fair.edition.id))] == written
    assert await bill_waiting(fair.edition.id) == []


async def test_each_edition_numbers_for_itself():
    first, second = await make_fair(), await make_fair(slug="jn2028")

    assert [(await billed(fair)).reference for fair in (first, second)] == ["JN2027-0001", "JN2028-0001"]


@pytest.mark.parametrize("statement", ["UPDATE invoice SET reason = 'x'", "DELETE FROM invoice"])
async def test_invoice_is_never_changed_nor_deleted(statement: str):
    await billed(await make_fair())

    with pytest.raises(asyncpg.RestrictViolationError, match="never changed"):
        await database.fetch(statement)

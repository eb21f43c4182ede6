"""Payments are written down once, in part or beyond, and stay on record when they are cancelled."""

from datetime import date, timedelta

import asyncpg
import pytest

from digital_days.kernel import clock, database
from exhibitors.domain.credit_notes import Credited, NoAmount, NotAnInvoice, credit_invoice
from exhibitors.domain.invoices import Invoice, NoSuchInvoice, invoice_called
from exhibitors.domain.payments import (
    MoreThanOwed,
    MoreThanReceived,
    NoSuchPayment,
    NotYetReceived,
    Received,
    cancel_payment,
    payments_of,
    record_payment,
)
from tests.exhibitors.billed import Fair, billed, make_fair
from tests.factories import IN_A_YEAR, make_person

DAY = date(2027, 10, 20)
TOTAL = 28_744


@pytest.fixture
async def fair(db: None) -> Fair:
    return await make_fair()


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.stopped_at(IN_A_YEAR):
        yield


def cheque(cents: int, received_on: date = DAY) -> Received:
    return Received(amount_cents=cents, method="cheque", received_on=received_on, reference="No 123")


async def now(fair: Fair, invoice: Invoice) -> tuple[str, int]:
    found = await invoice_called(fair.edition.id, invoice.code)
    return found.state_in_words, found.balance_cents


async def test_payment_in_part_then_of_the_rest_is_told(fair: Fair):
    invoice = await billed(fair)

    await record_payment(fair.edition.id, invoice.code, cheque(10_000))
    partly = await now(fair, invoice)
    await record_payment(fair.edition.id, invoice.code, cheque(TOTAL - 10_000))

    assert (partly, await now(fair, invoice)) == (("Payée en partie", TOTAL - 10_000), ("Payée", 0))


async def test_invoice_is_late_from_the_day_after_the_last_one(fair: Fair):
    invoice = await billed(fair)

    with clock.stopped_at(IN_A_YEAR + timedelta(days=30)):
        on_the_last_day = await now(fair, invoice)
    with clock.stopped_at(IN_A_YEAR + timedelta(days=31)):
        after = await now(fair, invoice)

    assert (on_the_last_day, after) == (("À payer", TOTAL), ("En retard", TOTAL))


async def test_more_than_is_owed_is_confirmed_first_and_then_told(fair: Fair):
    invoice = await billed(fair)

    with pytest.raises(MoreThanOwed) as refusal:
        await record_payment(fair.edition.id, invoice.code, cheque(TOTAL + 1000), more=False)
    await record_payment(fair.edition.id, invoice.code, cheque(TOTAL + 1000), more=True)

    assert refusal.value.params == {"amount": "10,00\N{NO-BREAK SPACE}$"}
    assert await now(fair, invoice) == ("À rembourser", -1000)


async def test_no_more_goes_back_than_came_in(fair: Fair):
    invoice = await billed(fair)
    await record_payment(fair.edition.id, invoice.code, cheque(TOTAL))
    credited = Credited(subtotal_cents=None, reason="Salon annulé")
    await credit_invoice(fair.edition.id, invoice.code, credited, key="KKKKKKKKKK")
    owed_back = await now(fair, invoice)

    with pytest.raises(MoreThanReceived):
        await record_payment(fair.edition.id, invoice.code, cheque(-TOTAL - 1))
    await record_payment(fair.edition.id, invoice.code, cheque(-TOTAL))

    assert (owed_back, await now(fair, invoice)) == (("À rembourser", -TOTAL), ("Créditée", 0))


async def test_nothing_and_what_is_to_come_is_no_payment(fair: Fair):
    invoice = await billed(fair)
    note = await credit_invoice(
        fair.edition.id, invoice.code, Credited(subtotal_cents=100, reason="Geste"), key="KKKKKKKKKK"
    )

    with pytest.raises(NoAmount):
        await record_payment(fair.edition.id, invoice.code, cheque(0))
    with pytest.raises(NotYetReceived):
        await record_payment(fair.edition.id, invoice.code, cheque(100, date(2027, 10, 22)))
    with pytest.raises(NotAnInvoice):
        await record_payment(fair.edition.id, note, cheque(100))

    assert await payments_of(invoice) == []


async def test_payment_sent_twice_is_written_once(fair: Fair):
    invoice = await billed(fair)

    codes = [await record_payment(fair.edition.id, invoice.code, cheque(1000), key="PPPPPPPPPP") for _twice in (1, 2)]

    assert (codes, len(await payments_of(invoice))) == (["PPPPPPPPPP"] * 2, 1)


async def test_provider_that_tells_a_payment_twice_is_believed_once(fair: Fair):
    invoice = await billed(fair)
    told = Received(amount_cents=TOTAL, method="card", received_on=DAY, reference="pi_1", provider="terminal")

    codes = [await record_payment(fair.edition.id, invoice.code, told) for _twice in (1, 2)]

    assert (len(set(codes)), await now(fair, invoice)) == (1, ("Payée", 0))
    with pytest.raises(asyncpg.UniqueViolationError):
        await database.fetch(
            """
            INSERT INTO payment (code, invoice, amount_cents, method, provider, reference, received_on, recorded_at)
            SELECT 'X', invoice, 1, 'card', 'terminal', 'pi_1', received_on, now() FROM payment
            """
        )


async def test_cancelled_payment_counts_no_longer_and_stays_with_who_cancelled_it(fair: Fair):
    invoice, alice = await billed(fair), await make_person("Alice Gagnon", "alice@example.ca")
    code = await record_payment(fair.edition.id, invoice.code, cheque(TOTAL), by=alice)

    for _twice in (1, 2):
        await cancel_payment(fair.edition.id, invoice.code, code, by=alice)

    [payment] = await payments_of(invoice)
    assert await now(fair, invoice) == ("À payer", TOTAL)
    assert (payment.by, payment.cancelled_by, payment.cancelled_at) == ("Alice Gagnon", "Alice Gagnon", IN_A_YEAR)
    with pytest.raises(NoSuchPayment):
        await cancel_payment(fair.edition.id, invoice.code, "XXXXXXXXXX", by=alice)


async def test_invoice_of_another_edition_takes_no_payment(fair: Fair):
    invoice = await billed(await make_fair(slug="jn2028"))

    with pytest.raises(NoSuchInvoice):
        await record_payment(fair.edition.id, invoice.code, cheque(100))

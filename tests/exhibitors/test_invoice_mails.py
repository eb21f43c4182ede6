"""The mails of an invoice: itself with its PDF, a reminder before the last day and one after it, each once."""

from datetime import UTC, datetime, timedelta

import pytest

from digital_days.kernel import clock, database
from exhibitors.domain.credit_notes import Credited, credit_invoice
from exhibitors.domain.invoice_reminders import REMINDER, remind
from exhibitors.domain.invoice_writing import INVOICE
from exhibitors.domain.invoices import Invoice
from exhibitors.domain.payments import Received, record_payment
from tests.exhibitors.billed import Fair, billed, make_fair
from tests.letters_read import attached, composed, letter, promised
from tests.pdf_text import text_of

ISSUED = datetime(2027, 8, 3, 14, tzinfo=UTC)  # due on September 2
MORNING = timedelta(days=23)


@pytest.fixture
async def fair(db: None, app: object) -> Fair:
    return await make_fair()


@pytest.fixture
async def invoice(fair: Fair) -> Invoice:
    with clock.stopped_at(ISSUED):
        return await billed(fair)


async def keys_after(*moments: datetime) -> list[str]:
    for moment in moments:
        with clock.stopped_at(moment):
            await remind(moment)
    return [message.dedup_key for message in await promised(REMINDER)]


def paid(cents: int) -> Received:
    return Received(amount_cents=cents, method="transfer", received_on=ISSUED.date())


async def test_invoice_comes_with_its_pdf_and_how_to_pay(fair: Fair, invoice: Invoice):
    with clock.stopped_at(ISSUED):
        written = await letter(INVOICE)

    said = " ".join(written.text.replace("\N{NO-BREAK SPACE}", " ").split())
    assert written.subject.replace("\N{NO-BREAK SPACE}", " ") == "Facture JN2027-0001 : 287,44 $ à payer"
    assert "À payer au plus tard le 2 septembre 2027." in said
    assert "Par chèque, à l’ordre de la MRC d’Argenteuil." in said
    assert f"http://test.example/jn2027/mon-kiosque/{fair.exhibitor.code}/factures" in written.text
    [file] = written.attachments
    assert (file.filename, file.media_type) == ("facture-JN2027-0001.pdf", "application/pdf")
    assert "JN2027-0001" in text_of(attached(written, ".pdf"))


async def test_credit_note_comes_with_its_reason(fair: Fair, invoice: Invoice):
    with clock.stopped_at(ISSUED):
        said = Credited(subtotal_cents=None, reason="Kiosque inondé.")
        await credit_invoice(fair.edition.id, invoice.code, said, key="KKKKKKKKKK")
        _first, written = await composed(INVOICE)

    assert written
    assert written.subject == "Note de crédit JN2027-0002"
    assert "Kiosque inondé." in written.text
    assert "JN2027-0001" in written.text


@pytest.mark.parametrize(("in_quebec", "language"), [(True, "fr"), (False, "en")])
async def test_business_in_quebec_is_written_to_in_french_whatever_its_contact_reads(
    fair: Fair, invoice: Invoice, in_quebec: bool, language: str
):
    await database.fetch("UPDATE person SET locale = 'en'")
    await database.fetch("UPDATE exhibitor SET in_quebec = $1", in_quebec)

    written = await letter(INVOICE)

    assert written.locale == language
    assert "Facture" in text_of(attached(written, ".pdf"))


async def test_nobody_who_is_no_contact_any_more_gets_it(fair: Fair, invoice: Invoice):
    await database.fetch("UPDATE exhibitor_member SET is_contact = false")

    assert await composed(INVOICE) == [None]


async def test_unpaid_invoice_is_reminded_of_a_week_before_and_once_after_its_last_day(fair: Fair, invoice: Invoice):
    early = await keys_after(ISSUED + timedelta(days=22))
    before = await keys_after(ISSUED + MORNING, ISSUED + MORNING, ISSUED + timedelta(days=30))
    with clock.stopped_at(ISSUED + MORNING):
        first = await letter(REMINDER)
    after = await keys_after(ISSUED + timedelta(days=31), ISSUED + timedelta(days=32))
    with clock.stopped_at(ISSUED + timedelta(days=31)):
        second = await letter(REMINDER)

    due, late = (f"invoice-{when}:{invoice.code}:{fair.bob}" for when in ("due", "late"))
    assert (early, before, after) == ([], [due], [due, late])
    said = [mail.subject.replace("\N{NO-BREAK SPACE}", " ") for mail in (first, second)]
    assert said == [
        "Rappel : 287,44 $ à payer pour la facture JN2027-0001",
        "En retard : 287,44 $ à payer pour la facture JN2027-0001",
    ]


async def test_reminder_leaves_in_office_hours_only(fair: Fair, invoice: Invoice):
    night = datetime(2027, 8, 27, 3, tzinfo=UTC)

    assert await keys_after(night) == []
    assert len(await keys_after(night + timedelta(hours=9))) == 1


async def test_paid_invoice_is_not_reminded_of(fair: Fair, invoice: Invoice):
    with clock.stopped_at(ISSUED):
        await record_payment(fair.edition.id, invoice.code, paid(invoice.total_cents))

    assert await keys_after(ISSUED + MORNING, ISSUED + timedelta(days=31)) == []


async def test_reminder_says_what_is_left_and_stays_unsent_once_nothing_is(fair: Fair, invoice: Invoice):
    await keys_after(ISSUED + MORNING)
    with clock.stopped_at(ISSUED + MORNING):
        await record_payment(fair.edition.id, invoice.code, paid(20_000))
        partly = await letter(REMINDER)
        await record_payment(fair.edition.id, invoice.code, paid(8744))
        whole = await composed(REMINDER)

    assert "Il reste à payer : 87,44 $" in partly.text.replace("\N{NO-BREAK SPACE}", " ")
    assert whole == [None]


async def test_who_has_just_got_the_invoice_is_not_reminded_of_it_at_once(fair: Fair):
    await database.fetch("UPDATE fair_billing SET days_to_pay = 5")
    with clock.stopped_at(ISSUED):
        await billed(fair)

    assert await keys_after(ISSUED + timedelta(days=1)) == []
    assert len(await keys_after(ISSUED + timedelta(days=7))) == 1

"""The PDF of an invoice, read back: all that the two governments ask for, in French, tagged."""

from datetime import timedelta

import pytest

from digital_days.kernel import clock, database, i18n
from exhibitors.domain.credit_notes import Credited, credit_invoice
from exhibitors.domain.invoice_sheet import invoice_pdf
from exhibitors.domain.invoices import invoice_called
from exhibitors.domain.payments import Received, record_payment
from tests.exhibitors.billed import billed, make_fair, rent
from tests.factories import IN_A_YEAR
from tests.pdf_text import text_of

pytestmark = pytest.mark.usefixtures("db", "app")


def said(pdf: bytes) -> str:
    return text_of(pdf).replace("\N{NO-BREAK SPACE}", " ")


async def test_invoice_says_all_that_is_asked_of_one():
    fair = await make_fair(price_cents=60_000)
    await rent(fair, fair.booking, "#set *Table*", 2, 1500)
    await database.fetch(
        "UPDATE exhibitor SET legal_name = '9123 Québec inc.', billing_address = E'1, rue A\\nLachute'"
    )
    with clock.stopped_at(IN_A_YEAR):
        invoice = await billed(fair)
        received = Received(amount_cents=20_000, method="cheque", received_on=IN_A_YEAR.date())
        await record_payment(fair.edition.id, invoice.code, received)
    with clock.stopped_at(IN_A_YEAR + timedelta(days=1)), i18n.use("en"):
        pdf = await invoice_pdf(await invoice_called(fair.edition.id, invoice.code))

    expected = (
        "FactureJN2027-0001",
        "MRC d’Argenteuil",
        "430, rue Grace",
        "Numéro de TPS : 123456789 RT0001",
        "Numéro de TVQ : 1234567890 TQ0001",
        "Facturé à",
        "9123 Québec inc.",
        "1, rue A",
        "21 octobre 2027",
        "20 novembre 2027",
        "Kiosque A1 (Fournisseurs)",
        "#set *Table*215,00 $30,00 $",
        "Total avant les taxes630,00 $",
        "TPS (5 %)31,50 $",
        "TVQ (9,975 %)62,84 $",
        "Total724,34 $",
        "Payé au 22 octobre 2027",
        "200,00 $",
        "Solde à payer524,34 $",
        "Payable dans les 30 jours.",
        "Par chèque, à l’ordre de la MRC d’Argenteuil.",
    )
    assert [words for words in expected if words not in said(pdf)] == []
    assert b"pdfuaid" in pdf


async def test_credit_note_names_its_invoice_and_why():
    fair = await make_fair()
    with clock.stopped_at(IN_A_YEAR):
        invoice = await billed(fair)
        credited = Credited(subtotal_cents=10_000, reason="Panne de courant.")
        note = await credit_invoice(fair.edition.id, invoice.code, credited, key="KKKKKKKKKK")
        pdf = await invoice_pdf(await invoice_called(fair.edition.id, note))
        credited_invoice = await invoice_pdf(await invoice_called(fair.edition.id, invoice.code))

    minus = "\N{MINUS SIGN}"
    expected = (
        "Note de créditJN2027-0002",
        "sur la facture JN2027-0001",
        "Crédit sur la facture JN2027-0001",
        f"TPS (5 %){minus}5,00 $",
        f"TVQ (9,975 %){minus}9,98 $",
        f"Total{minus}114,98 $",
        "Motif du crédit",
        "Panne de courant.",
    )
    assert [words for words in expected if words not in said(pdf)] == []
    assert ("Solde" in said(pdf), "À payer" in said(pdf)) == (False, False)
    assert f"Crédité{minus}114,98 $" in said(credited_invoice)
    assert "Solde à payer172,46 $" in said(credited_invoice)

"""An invoice on paper, with all that Canada and Québec ask of one of 500 $ and more.

French, whoever reads it: a county writes to businesses in French only (Charter of the French language, s. 16), and a
document that may serve for taxes is kept in one wording. Who sells and who buys are as on the day of issue; what is
paid and left, as on the day of printing.
"""

from pathlib import Path

from digital_days.kernel.i18n import _, format_date, use
from digital_days.kernel.money import format_money
from digital_days.kernel.typesetting import typeset
from exhibitors.domain.invoices import Invoice, today

TEMPLATE = Path(__file__).parents[1] / "paper" / "invoice.typ"


async def invoice_pdf(invoice: Invoice) -> bytes:
    """Tagged for screen readers."""
    with use("fr"):
        return await typeset(TEMPLATE, data=sheet_of(invoice), title=f"{_kind(invoice)} {invoice.reference}")


def file_name(invoice: Invoice) -> str:
    """Of the file, without its ending."""
    return f"{'note-de-credit' if invoice.is_credit else 'facture'}-{invoice.reference}"


def sheet_of(invoice: Invoice) -> dict[str, object]:
    """For ``exhibitors/paper/invoice.typ``, in the current language."""
    seller = invoice.seller
    about = _("sur la facture %(number)s", number=invoice.credits_reference) if invoice.is_credit else ""
    return {
        "kind": _kind(invoice),
        "number": invoice.reference,
        "credits": about,
        "seller": {
            "name": seller.name,
            "address": seller.address,
            "numbers": [
                _("Numéro de TPS : %(number)s", number=seller.gst_number),
                _("Numéro de TVQ : %(number)s", number=seller.qst_number),
            ],
        },
        "buyer": {"name": invoice.buyer.name, "address": invoice.buyer.address},
        "words": {"buyer": _("Crédité à") if invoice.is_credit else _("Facturé à")},
        "facts": _facts(invoice),
        "about": _("Salon des exposants, %(event)s", event=seller.event) if seller.event else "",
        "head": [_("Description"), _("Quantité"), _("Prix unitaire"), _("Montant")],
        "lines": [
            {
                "label": each.label,
                "quantity": str(each.quantity),
                "unit": format_money(each.unit_cents),
                "amount": format_money(each.amount_cents),
            }
            for each in invoice.lines
        ],
        "sums": [[words, format_money(cents)] for words, cents in invoice.sums],
        "total": [_("Total"), format_money(invoice.total_cents)],
        "settled": _settled(invoice),
        "balance": _balance(invoice),
        "notes": _notes(invoice),
    }


def _kind(invoice: Invoice) -> str:
    return _("Note de crédit") if invoice.is_credit else _("Facture")


def _facts(invoice: Invoice) -> list[list[str]]:
    issued = [_("Date"), format_date(invoice.issued_on)]
    if invoice.is_credit:
        return [issued, [_("Facture créditée"), invoice.credits_reference]]
    return [issued, [_("À payer au plus tard le"), format_date(invoice.due_on)]]


def _settled(invoice: Invoice) -> list[list[str]]:
    if invoice.is_credit:
        return []
    credited = [[_("Crédité"), format_money(-invoice.credited_cents)]] if invoice.credited_cents else []
    return [*credited, [_("Payé au %(day)s", day=format_date(today())), format_money(-invoice.paid_cents)]]


def _balance(invoice: Invoice) -> list[str]:
    left = invoice.balance_cents
    return [_("Solde à rembourser") if left < 0 else _("Solde à payer"), format_money(abs(left))]


def _notes(invoice: Invoice) -> list[list[str]]:
    if invoice.is_credit:
        return [[_("Motif du crédit"), invoice.reason]]
    days = (invoice.due_on - invoice.issued_on).days
    net = _("Payable dès réception.") if not days else _("Payable dans les %(days)s jours.", days=days)
    return [[_("Modalités de paiement"), "\n".join(filter(None, (net, invoice.seller.terms)))]]

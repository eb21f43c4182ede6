"""The two forms of an invoice's page: a payment that came in or went back, and a credit note."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from digital_days.kernel.codes import is_code, new_code
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.money import read_money
from digital_days.kernel.web.forms import REQUIRED, TOO_LONG, Form, OneLine, Paragraphs
from exhibitors.domain.credit_notes import Credited
from exhibitors.domain.invoices import Invoice, today
from exhibitors.domain.payments import Method, Received
from exhibitors.routes.typed_amount import NOT_AN_AMOUNT, typed_cents

PAYMENT_LABELS = {
    "way": N_("Sens"),
    "amount": N_("Montant"),
    "method": N_("Moyen de paiement"),
    "received_on": N_("Date"),
    "reference": N_("Référence"),
    "more": N_("Montant"),
}
CREDIT_LABELS = {"credit": N_("Que créditer?"), "credit_amount": N_("Montant avant les taxes"), "reason": N_("Motif")}
MOST_REASON = 500


class PaymentForm(Struct, frozen=True):
    """``key`` makes a form sent twice one payment; ``more`` confirms more than is owed."""

    received_on: date
    amount: str = ""
    way: Literal["in", "out"] = "in"
    method: Method = "cheque"
    reference: Annotated[OneLine, Meta(max_length=120)] = OneLine("")
    more: bool = False
    key: str = ""


class CreditForm(Struct, frozen=True):
    """``again``: what is credited is to be billed once more."""

    reason: Paragraphs
    credit: Literal["whole", "part"] = "whole"
    credit_amount: str = ""
    again: bool = False
    credit_key: str = ""


def new_payment(invoice: Invoice) -> dict[str, str]:
    """What the form proposes: that all that is left came in today, or goes back."""
    left = invoice.balance_cents
    return {
        "way": "out" if left < 0 else "in",
        "amount": typed_cents(abs(left)) if left else "",
        "method": "cheque",
        "received_on": today().isoformat(),
        "reference": "",
        "more": "",
        "key": new_code(),
    }


def new_credit(invoice: Invoice, excess_cents: int) -> dict[str, str]:
    """What the form proposes: what the booking no longer costs, where it does, or all that is left."""
    part = 0 < excess_cents < invoice.creditable_cents
    return {
        "credit": "part" if part else "whole",
        "credit_amount": typed_cents(excess_cents) if part else "",
        "reason": "",
        "again": "",
        "credit_key": new_code(),
    }


def read_payment(form: Form[PaymentForm]) -> tuple[Received, str] | None:
    """What came in, and the key; none where something is wrong, which the form then tells."""
    cents = read_money(str(form["amount"]))
    if not cents:
        form.refuse("amount", _(NOT_AN_AMOUNT if form["amount"] else REQUIRED))
    if form.value is None or not cents:
        return None
    said = form.value
    amount = -cents if said.way == "out" else cents
    received = Received(amount_cents=amount, method=said.method, received_on=said.received_on, reference=said.reference)
    return received, said.key if is_code(said.key) else new_code()


def read_credit(form: Form[CreditForm]) -> tuple[Credited, str] | None:
    """What is credited, and the key; none where something is wrong, which the form then tells."""
    part = form["credit"] == "part"
    cents = read_money(str(form["credit_amount"])) if part else None
    if part and not cents:
        form.refuse("credit_amount", _(NOT_AN_AMOUNT if form["credit_amount"] else REQUIRED))
    if len(str(form["reason"])) > MOST_REASON:
        form.refuse("reason", _(TOO_LONG, most=MOST_REASON))
    if form.value is None:
        return None
    said = form.value
    credited = Credited(subtotal_cents=cents, reason=said.reason, again=said.again)
    return credited, said.credit_key if is_code(said.credit_key) else new_code()


def typed_in(form: Form[PaymentForm] | Form[CreditForm]) -> dict[str, str]:
    """What was typed, for the page to show it again."""
    return {name: str(value) for name, value in form.typed.items()}

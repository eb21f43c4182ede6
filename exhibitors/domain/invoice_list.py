"""The invoices of an edition as a list: those wanted, found by words, with their totals."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from digital_days.kernel.i18n import N_
from digital_days.kernel.people import fold
from exhibitors.domain.invoices import Invoice
from exhibitors.engine.settlement import State

Part = Literal["", "a-payer", "en-retard", "payees", "a-rembourser", "credits"]

PARTS: dict[Part, str] = {
    "": N_("Toutes"),
    "a-payer": N_("À payer"),
    "en-retard": N_("En retard"),
    "payees": N_("Payées"),
    "a-rembourser": N_("À rembourser"),
    "credits": N_("Notes de crédit"),
}
"""As addresses name them, and in words."""
_STATES: dict[Part, list[State]] = {
    "a-payer": ["open", "partly", "late"],
    "en-retard": ["late"],
    "payees": ["paid", "credited"],
    "a-rembourser": ["refund"],
}


class Totals(Struct, frozen=True, kw_only=True):
    """In cents, taxes included; credits are taken off what is billed."""

    billed_cents: int
    paid_cents: int
    owed_cents: int
    late_cents: int


def wanted(invoices: Sequence[Invoice], part: Part, words: str) -> list[Invoice]:
    """Those of this part of which every word is in the number, the exhibitor's name or the buyer's."""
    return [each for each in invoices if _is_in(each, part) and _says(each, fold(words).split())]


def totals(invoices: Sequence[Invoice]) -> Totals:
    """Of all of them."""
    owed = [each for each in invoices if each.balance_cents > 0]
    return Totals(
        billed_cents=sum(each.total_cents for each in invoices),
        paid_cents=sum(each.paid_cents for each in invoices),
        owed_cents=sum(each.balance_cents for each in owed),
        late_cents=sum(each.balance_cents for each in owed if each.state == "late"),
    )


def _is_in(invoice: Invoice, part: Part) -> bool:
    if part == "credits":
        return invoice.is_credit
    return not part or invoice.state in _STATES[part]


def _says(invoice: Invoice, words: Sequence[str]) -> bool:
    said = f" {fold(invoice.reference, invoice.exhibitor, invoice.buyer.name)}"
    return all(f" {word}" in said for word in words)

"""Invoices and credit notes as pages, paper and mails need them: what they say, what is paid, what is left."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Literal

import msgspec
from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_, TORONTO, _
from exhibitors.engine.settlement import Settlement, State

Kind = Literal["invoice", "credit"]

STATES: dict[State, str] = {
    "open": N_("À payer"),
    "partly": N_("Payée en partie"),
    "late": N_("En retard"),
    "paid": N_("Payée"),
    "credited": N_("Créditée"),
    "refund": N_("À rembourser"),
}
CREDIT_NOTE = N_("Note de crédit")
GST, QST = N_("TPS (5 %)"), N_("TVQ (9,975 %)")


class NoSuchInvoice(NotFound):
    message = N_("Cette facture n’existe pas, ou n’est pas la vôtre.")


class Line(Struct, frozen=True):
    """What is billed; amounts in cents, before taxes."""

    label: str
    quantity: int
    unit_cents: int
    amount_cents: int


class Seller(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """As on that day; ``event`` is what the booth was for."""

    name: str = ""
    address: str = ""
    gst_number: str = ""
    qst_number: str = ""
    terms: str = ""
    event: str = ""


class Buyer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """As on that day; the address is empty where nobody has given one."""

    name: str = ""
    address: str = ""


class Invoice(Struct, frozen=True, kw_only=True, dict=True):
    """An invoice, or a credit note with negative amounts that names the invoice it ``credits``.

    ``credited_subtotal_cents`` is before taxes; what is credited and paid is of now, the rest of the day of issue.
    """

    id: int
    code: str
    number: int
    reference: str
    kind: Kind
    exhibitor_id: int
    exhibitor_code: str
    exhibitor: str
    subtotal_cents: int
    gst_cents: int
    qst_cents: int
    total_cents: int
    lines: Sequence[Line]
    seller: Seller
    buyer: Buyer
    reason: str
    issued_at: datetime
    due_on: date
    credits_code: str
    credits_reference: str
    credited_cents: int
    credited_subtotal_cents: int
    paid_cents: int

    @property
    def is_credit(self) -> bool:
        """A note that takes back what an invoice has asked for."""
        return self.kind == "credit"

    @property
    def issued_on(self) -> date:
        """The day, in Toronto."""
        return self.issued_at.astimezone(TORONTO).date()

    @property
    def sums(self) -> list[tuple[str, int]]:
        """What the total is made of: words and cents."""
        before = (_("Total avant les taxes"), self.subtotal_cents)
        return [before, (_(GST), self.gst_cents), (_(QST), self.qst_cents)]

    @cached_property
    def settlement(self) -> Settlement:
        """What is credited and paid."""
        return Settlement(
            total_cents=self.total_cents,
            credited_cents=self.credited_cents,
            paid_cents=self.paid_cents,
            due_on=self.due_on,
        )

    @property
    def balance_cents(self) -> int:
        """What is left to pay, nothing of a credit note; negative: to be given back."""
        return 0 if self.is_credit else self.settlement.balance_cents

    @property
    def creditable_cents(self) -> int:
        """What may still be credited, before taxes."""
        return 0 if self.is_credit else self.subtotal_cents - self.credited_subtotal_cents

    @property
    def state(self) -> State | None:
        """None of a credit note."""
        return None if self.is_credit else self.settlement.state(today())

    @property
    def state_in_words(self) -> str:
        """« Payée en partie »."""
        return _(STATES[self.state]) if self.state else _(CREDIT_NOTE)


def today() -> date:
    """In Toronto, where what is due is due."""
    return clock.now().astimezone(TORONTO).date()


_INVOICES = """
    SELECT i.id, i.code, i.number, i.reference, i.kind, x.id AS exhibitor_id, x.code AS exhibitor_code,
        x.name AS exhibitor, i.subtotal_cents, i.gst_cents, i.qst_cents, i.total_cents, i.lines, i.seller, i.buyer,
        i.reason, i.issued_at, i.due_on, coalesce(o.code, '') AS credits_code,
        coalesce(o.reference, '') AS credits_reference, coalesce(n.total, 0) AS credited_cents,
        coalesce(n.subtotal, 0) AS credited_subtotal_cents, coalesce(p.paid, 0) AS paid_cents
    FROM invoice i JOIN exhibitor x ON x.id = i.exhibitor LEFT JOIN invoice o ON o.id = i.credits
        LEFT JOIN LATERAL (
            SELECT -sum(total_cents) AS total, -sum(subtotal_cents) AS subtotal FROM invoice WHERE credits = i.id
        ) n ON true
        LEFT JOIN LATERAL (
            SELECT sum(amount_cents) AS paid FROM payment WHERE invoice = i.id AND cancelled_at IS NULL
        ) p ON true
"""


async def invoices_of(edition_id: int) -> list[Invoice]:
    """All of the edition, the last number first; one query."""
    return await _invoices("WHERE i.edition = $1 ORDER BY i.number DESC", edition_id)


async def invoices_of_exhibitor(exhibitor_id: int) -> list[Invoice]:
    """The last number first; one query."""
    return await _invoices("WHERE i.exhibitor = $1 ORDER BY i.number DESC", exhibitor_id)


async def invoice_called(edition_id: int, code: str) -> Invoice:
    """For organisers. Raises ``NoSuchInvoice``, also for one of another edition."""
    return _only(await _invoices("WHERE i.edition = $1 AND i.code = $2", edition_id, code))


async def invoice_of_exhibitor(exhibitor_id: int, code: str) -> Invoice:
    """Raises ``NoSuchInvoice``, also for one of another exhibitor."""
    return _only(await _invoices("WHERE i.exhibitor = $1 AND i.code = $2", exhibitor_id, code))


async def credits_of(invoice: Invoice) -> list[Invoice]:
    """The notes that credit it, the oldest first."""
    return await _invoices("WHERE i.credits = $1 ORDER BY i.number", invoice.id)


async def hold_invoice(edition_id: int, code: str) -> Invoice:
    """Until the transaction ends, nobody else credits it or writes down a payment. Raises ``NoSuchInvoice``."""
    await database.fetch("SELECT FROM invoice WHERE edition = $1 AND code = $2 FOR UPDATE", edition_id, code)
    return await invoice_called(edition_id, code)


async def _invoices(where: str, *asked: object) -> list[Invoice]:
    return [msgspec.convert(_decoded(row), Invoice) for row in await database.fetch(f"{_INVOICES} {where}", *asked)]


def _decoded(row: database.Row) -> dict[str, object]:
    return {**row, **{name: msgspec.json.decode(row[name]) for name in ("lines", "seller", "buyer")}}


def _only(found: list[Invoice]) -> Invoice:
    if not found:
        raise NoSuchInvoice
    return found[0]

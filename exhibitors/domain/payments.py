"""Money that came in for an invoice, or went back: written down by hand today, by a payment provider one day.

Whoever takes payments calls ``record_payment``; a provider under its own name, with its own reference, which counts
once however often it is told.
"""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from digital_days.kernel import clock, codes, database
from digital_days.kernel.errors import Conflict, Invalid, NotFound
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.money import format_money
from exhibitors.domain.credit_notes import NoAmount, NotAnInvoice
from exhibitors.domain.invoices import Invoice, hold_invoice, today

Method = Literal["cheque", "transfer", "cash", "card", "other"]

METHODS: dict[Method, str] = {
    "cheque": N_("Chèque"),
    "transfer": N_("Virement"),
    "cash": N_("Argent comptant"),
    "card": N_("Carte"),
    "other": N_("Autre"),
}
BY_HAND = "hand"


class NoSuchPayment(NotFound):
    message = N_("Ce paiement n’existe pas.")


class NotYetReceived(Invalid):
    message = N_("Cette date est dans l’avenir : écrivez le jour où l’argent est arrivé.")


class MoreThanOwed(Conflict):
    message = N_("C’est %(amount)s de plus que ce qui reste à payer. Vérifiez le montant, puis confirmez-le.")


class MoreThanReceived(Invalid):
    message = N_("C’est plus que ce qui a été reçu pour cette facture : %(amount)s.")


class Payment(Struct, frozen=True, kw_only=True):
    """``by`` and ``cancelled_by`` are names, empty where nobody by hand, or somebody who is gone, did it."""

    code: str
    amount_cents: int
    method: Method
    provider: str
    reference: str
    received_on: date
    recorded_at: datetime
    by: str
    cancelled_at: datetime | None
    cancelled_by: str

    @property
    def method_in_words(self) -> str:
        """« Chèque »."""
        return _(METHODS[self.method])

    @property
    def source(self) -> str:
        """Who wrote it down, or the provider that told it."""
        return self.by if self.provider == BY_HAND else self.provider


class Received(Struct, frozen=True, kw_only=True):
    """``amount_cents`` is negative for money that goes back. A provider's ``reference`` is its own of this payment."""

    amount_cents: int
    method: Method
    received_on: date
    reference: str = ""
    provider: str = BY_HAND


async def record_payment(
    edition_id: int, invoice: str, received: Received, *, by: int | None = None, key: str = "", more: bool = True
) -> str:
    """Writes it down for the invoice of this code; the payment's code.

    Once only: by hand under one ``key`` (which becomes its code), from a provider under one reference. More than is
    owed raises ``MoreThanOwed`` where ``more`` does not say that it is so. Raises ``NoAmount``, ``NotYetReceived``,
    ``MoreThanReceived`` (what goes back), ``NotAnInvoice``, ``NoSuchInvoice``, ``Conflict`` (another invoice's).
    """
    async with database.transaction():
        billed = await hold_invoice(edition_id, invoice)
        known = await _known(billed.id, received, key)
        if known:
            return known
        _check(billed, received, more=more)
        code = key or codes.new_code()
        await database.fetch(
            """
            INSERT INTO payment (code, invoice, amount_cents, method, provider, reference, received_on, recorded_by,
                recorded_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            code,
            billed.id,
            received.amount_cents,
            received.method,
            received.provider,
            received.reference,
            received.received_on,
            by,
            clock.now(),
        )
        return code


async def cancel_payment(edition_id: int, invoice: str, payment: str, *, by: int) -> None:
    """It counts no longer, and stays on record with who cancelled it. Again is harmless. Raises ``NoSuchPayment``."""
    async with database.transaction():
        billed = await hold_invoice(edition_id, invoice)
        found = await database.fetch(
            """
            UPDATE payment SET cancelled_at = coalesce(cancelled_at, $3), cancelled_by = coalesce(cancelled_by, $4)
            WHERE invoice = $1 AND code = $2 RETURNING id
            """,
            billed.id,
            payment,
            clock.now(),
            by,
        )
        if not found:
            raise NoSuchPayment


async def payments_of(invoice: Invoice) -> list[Payment]:
    """Those cancelled too, by the day; one query."""
    rows = await database.fetch(
        """
        SELECT p.code, p.amount_cents, p.method, p.provider, p.reference, p.received_on, p.recorded_at,
            coalesce(a.name, '') AS by, p.cancelled_at, coalesce(c.name, '') AS cancelled_by
        FROM payment p LEFT JOIN person a ON a.id = p.recorded_by LEFT JOIN person c ON c.id = p.cancelled_by
        WHERE p.invoice = $1 ORDER BY p.received_on, p.id
        """,
        invoice.id,
    )
    return [Payment(**row) for row in rows]


async def _known(invoice_id: int, received: Received, key: str) -> str | None:
    row = await database.fetch_one(
        """
        SELECT code, invoice FROM payment WHERE code = $1 OR (provider = $2 AND reference = $3 AND provider <> $4)
        """,
        key,
        received.provider,
        received.reference,
        BY_HAND,
    )
    if row and row["invoice"] != invoice_id:
        raise Conflict
    return row["code"] if row else None


def _check(invoice: Invoice, received: Received, *, more: bool) -> None:
    if invoice.is_credit:
        raise NotAnInvoice
    if not received.amount_cents:
        raise NoAmount
    if received.received_on > today():
        raise NotYetReceived
    if -received.amount_cents > invoice.paid_cents:
        raise MoreThanReceived(amount=format_money(invoice.paid_cents))
    over = received.amount_cents - max(0, invoice.balance_cents)
    if received.amount_cents > 0 and over > 0 and not more:
        raise MoreThanOwed(amount=format_money(over))

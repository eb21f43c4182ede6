"""An invoice or a credit note is written: its number, what it says on that day, the mail that brings it."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec
from msgspec import Struct

from digital_days.kernel import clock, codes, database
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.mail import queue_mail
from exhibitors.domain.exhibitors import contacts_of
from exhibitors.domain.invoices import Buyer, Invoice, Line, Seller, today
from exhibitors.engine.taxes import Taxed

INVOICE = "exhibitors.invoice"

# One row an edition, taken until the transaction ends: a rollback gives the number back, and nobody skips one.
_NEXT_NUMBER = """
    INSERT INTO invoice_counter AS c (edition, last) VALUES ($1, 1)
    ON CONFLICT (edition) DO UPDATE SET last = c.last + 1 RETURNING last
"""
_WRITE = """
    INSERT INTO invoice (code, edition, number, reference, kind, exhibitor, booking, credits, lines, subtotal_cents,
        gst_cents, qst_cents, total_cents, reopens_cents, seller, buyer, reason, issued_at, due_on)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
"""


class Written(Struct, frozen=True, kw_only=True):
    """What is to be said; ``credits`` makes it a credit note, its amounts negative."""

    edition_id: int
    exhibitor_id: int
    booking_id: int | None = None
    credits: Invoice | None = None
    lines: Sequence[Line]
    amounts: Taxed
    reopens_cents: int = 0
    seller: Seller
    buyer: Buyer
    reason: str = ""
    days_to_pay: int = 0


async def write_invoice(said: Written, *, code: str = "") -> str:
    """In the caller's transaction, which holds the edition's next number until it ends; the code.

    Promises the mail to whoever is written to about the exhibitor.
    """
    code = code or codes.new_code()
    number = await _next_number(said.edition_id)
    edition = await edition_numbered(said.edition_id)
    await database.fetch(
        _WRITE,
        code,
        said.edition_id,
        number,
        f"{edition.slug.upper()}-{number:04}",
        "credit" if said.credits else "invoice",
        said.exhibitor_id,
        said.booking_id,
        said.credits.id if said.credits else None,
        _json(said.lines),
        said.amounts.subtotal_cents,
        said.amounts.gst_cents,
        said.amounts.qst_cents,
        said.amounts.total_cents,
        said.reopens_cents,
        _json(said.seller),
        _json(said.buyer),
        said.reason,
        clock.now(),
        today() + timedelta(days=said.days_to_pay),
    )
    for person in await contacts_of(said.exhibitor_id):
        await queue_mail(
            INVOICE,
            dedup_key=f"invoice:{code}:{person}",
            payload={"invoice": code},
            person_id=person,
            edition_id=said.edition_id,
        )
    return code


async def _next_number(edition_id: int) -> int:
    [row] = await database.fetch(_NEXT_NUMBER, edition_id)
    return int(row["last"])


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()

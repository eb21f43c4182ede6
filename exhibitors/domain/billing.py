"""What a booking costs becomes an invoice, as far as it is not billed yet."""

from digital_days.kernel import database, i18n
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.i18n import N_, _
from exhibitors.domain.billing_settings import BillingSettings, billing_settings
from exhibitors.domain.invoice_writing import Written, write_invoice
from exhibitors.domain.invoices import Buyer, Line, Seller
from exhibitors.domain.unbilled import Unbilled, unbilled, unbilled_of
from exhibitors.engine.taxes import taxed

BOOTH = N_("Kiosque %(number)s (%(category)s)")
ALREADY = N_("Déjà facturé : %(numbers)s")

_LINES = """
    SELECT b.number, c.name_fr AS category, k.price_cents, x.name, x.legal_name, x.billing_address, ARRAY(
        SELECT (e.name_fr, o.quantity, o.price_cents)
        FROM booking_extra o JOIN booth_extra e ON e.id = o.extra WHERE o.booking = k.id ORDER BY e.position, e.id
    ) AS extras, ARRAY(
        SELECT i.reference FROM invoice i WHERE i.exhibitor = x.id ORDER BY i.number
    ) AS invoices
    FROM booking k JOIN booth b ON b.id = k.booth JOIN exhibitor x ON x.id = k.exhibitor
        JOIN fair_category c ON c.id = x.category
    WHERE k.id = $1
"""


async def bill(booking_id: int) -> str | None:
    """Writes the invoice for what this confirmed booking costs and is not billed yet; its code.

    None, and nothing written: where nothing is left to bill (also after a move to the same price or a cheaper one),
    and as long as something is missing of who sells: then it waits among the ``unbilled``. Again is harmless. Joins
    the caller's transaction, as its last step: it keeps the exhibitor and the edition's numbers until the end.
    """
    async with database.transaction():
        row = await database.fetch_one(
            """
            SELECT x.id, x.edition FROM booking k JOIN exhibitor x ON x.id = k.exhibitor
            WHERE k.id = $1 AND k.state = 'confirmed' FOR NO KEY UPDATE OF x
            """,
            booking_id,
        )
        if row is None:
            return None
        due, settings = await unbilled_of(row["id"]), await billing_settings(row["edition"])
        if not due.to_bill_cents or settings.missing:
            return None
        with i18n.use("fr"):
            return await write_invoice(await _said(row["edition"], booking_id, due, settings))


async def bill_waiting(edition_id: int) -> list[str]:
    """All that waits, each in a transaction of its own; the codes of the invoices."""
    written = [await bill(each.booking_id) for each in await unbilled(edition_id) if each.booking_id]
    return [code for code in written if code]


async def _said(edition_id: int, booking_id: int, due: Unbilled, settings: BillingSettings) -> Written:
    [row] = await database.fetch(_LINES, booking_id)
    booth = _(BOOTH, number=row["number"], category=row["category"])
    lines = [Line(booth, 1, row["price_cents"], row["price_cents"])]
    lines += [Line(name, quantity, price, quantity * price) for name, quantity, price in row["extras"]]
    if before := due.cost_cents - due.to_bill_cents:
        lines.append(Line(_(ALREADY, numbers=", ".join(row["invoices"])), 1, -before, -before))
    return Written(
        edition_id=edition_id,
        exhibitor_id=due.exhibitor_id,
        booking_id=booking_id,
        lines=lines,
        amounts=taxed(due.to_bill_cents),
        seller=await _seller(edition_id, settings),
        buyer=Buyer(name=row["legal_name"] or row["name"], address=row["billing_address"]),
        days_to_pay=settings.days_to_pay,
    )


async def _seller(edition_id: int, settings: BillingSettings) -> Seller:
    return Seller(
        name=settings.seller_name,
        address=settings.seller_address,
        gst_number=settings.gst_number,
        qst_number=settings.qst_number,
        terms=settings.terms_fr,
        event=(await edition_numbered(edition_id)).name_fr,
    )

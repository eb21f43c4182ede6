"""An invoice at the served fair, paid in part, with a credit note."""

import json

from digital_days.kernel import codes
from exhibitors.engine.taxes import credit, taxed
from tests.product import Product

_WRITE = """
    WITH number AS (
        INSERT INTO invoice_counter AS c (edition, last) SELECT edition, 1 FROM exhibitor WHERE code = $2
        ON CONFLICT (edition) DO UPDATE SET last = c.last + 1 RETURNING edition, last
    )
    INSERT INTO invoice (code, edition, number, reference, kind, exhibitor, credits, lines, subtotal_cents, gst_cents,
        qst_cents, total_cents, reopens_cents, seller, buyer, reason, issued_at, due_on)
    SELECT $1, x.edition, n.last, 'JN-' || lpad(n.last::text, 4, '0'), $3, x.id,
        (SELECT id FROM invoice WHERE code = $4), $5, $6, $7, $8, $9, greatest(0, -$6::int), $10,
        jsonb_build_object('name', x.name, 'address', '1, rue Principale'), $11, now(), current_date + 30
    FROM number n JOIN exhibitor x ON x.code = $2
"""
_SELLER = {
    "name": "MRC d’Argenteuil",
    "address": "430, rue Grace\nLachute",
    "gst_number": "123456789 RT0001",
    "qst_number": "1234567890 TQ0001",
    "terms": "Par chèque à l’ordre de la MRC d’Argenteuil.",
}


async def invoice_samples(product: Product, exhibitor: str) -> dict[str, str]:
    """Its invoice and the payment."""
    invoice, note, payment = (codes.new_code() for _each in range(3))
    for code, amounts, credited, reason in (
        (invoice, taxed(25_000), "", ""),
        (note, credit(0, 5000), invoice, "Prise de courant en panne."),
    ):
        cents = amounts.subtotal_cents
        line = {"label": "Kiosque A1 (Fournisseurs)", "quantity": 1, "unit_cents": cents, "amount_cents": cents}
        await product.database.execute(
            _WRITE,
            code,
            exhibitor,
            "credit" if credited else "invoice",
            credited,
            json.dumps([line]),
            cents,
            amounts.gst_cents,
            amounts.qst_cents,
            amounts.total_cents,
            json.dumps(_SELLER),
            reason,
        )
    await product.database.execute(
        """
        INSERT INTO payment (code, invoice, amount_cents, method, reference, received_on, recorded_at)
        SELECT $1, id, 10000, 'cheque', 'No 123', current_date, now() FROM invoice WHERE code = $2
        """,
        payment,
        invoice,
    )
    return {"invoice": invoice, "payment": payment}

"""Somebody's exhibitor at the served fair, for the parameters of addresses."""

from digital_days.kernel import codes
from digital_days.kernel.people import fold
from tests.exhibitors.live_invoices import invoice_samples
from tests.product import EDITION, Product


async def fair_samples(product: Product, name: str, email: str) -> dict[str, str]:
    """An accepted exhibitor that shows itself in the directory; this person acts for it."""
    code, title = codes.new_code(), f"{name} inc."
    await product.database.execute(
        """
        WITH made AS (
            INSERT INTO exhibitor (code, edition, category, name, state, listed, applied_at, updated_at, search_key)
            SELECT $1, e.id, c.id, $2, 'accepted', true, now(), now(), $3
            FROM edition e JOIN fair_category c ON c.edition = e.id
            WHERE e.slug = $4 AND c.price_cents > 0 ORDER BY c.position LIMIT 1 RETURNING id
        )
        INSERT INTO exhibitor_member (exhibitor, person, is_contact, created_at)
        SELECT made.id, p.id, true, now() FROM made, person p WHERE p.account_email = $5
        """,
        code,
        title,
        fold(title),
        EDITION,
        email,
    )
    return {"exhibitor": code, **await _on_offer(product), **await invoice_samples(product, code)}


async def _on_offer(product: Product) -> dict[str, str]:
    """A category and an extra of the sample."""
    row = await product.database.fetchrow(
        """
        SELECT c.code AS category, x.code AS extra FROM edition e
        JOIN fair_category c ON c.edition = e.id JOIN booth_extra x ON x.edition = e.id
        WHERE e.slug = $1 ORDER BY c.position, x.position, x.id LIMIT 1
        """,
        EDITION,
    )
    return dict(row)

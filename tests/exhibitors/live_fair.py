"""Somebody's exhibitor at the served fair, for the parameters of addresses."""

from digital_days.kernel import codes
from digital_days.kernel.people import fold
from tests.exhibitors.live_booths import booth_samples
from tests.exhibitors.live_invoices import invoice_samples
from tests.exhibitors.live_plan import plan_samples
from tests.exhibitors.live_samples import portal_samples
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
    category, extra = [
        await product.database.fetchval(
            f"SELECT t.code FROM {table} t JOIN edition e ON e.id = t.edition WHERE e.slug = $1 LIMIT 1", EDITION
        )
        for table in ("fair_category", "booth_extra")
    ]
    return {
        "exhibitor": code,
        "category": category,
        "extra": extra,
        **await document_samples(product, code, email),
        **await portal_samples(product, code, name, email),
        **await booth_samples(product, code),
        **await invoice_samples(product, code),
        **await plan_samples(product),
    }


async def document_samples(product: Product, exhibitor: str, email: str) -> dict[str, str]:
    """A proof of insurance that this person has sent."""
    async with product.browser() as browser:
        browser.cookies.set("session", await product.session(email))
        await browser.post(
            f"/{EDITION}/mon-kiosque/{exhibitor}/documents",
            data={"kind": "insurance", "valid_until": "2030-12-31"},
            files={"file": ("assurance.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")},
        )
    document = await product.database.fetchval(
        "SELECT d.code FROM exhibitor_document d JOIN exhibitor x ON x.id = d.exhibitor WHERE x.code = $1", exhibitor
    )
    return {"document": document}

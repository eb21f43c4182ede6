"""A booth of the sample's fair that somebody holds, in the running product."""

from digital_days.kernel import codes
from tests.product import Product


async def booth_samples(product: Product, exhibitor: str) -> dict[str, str]:
    """Another one, of the exhibitor's category: the option lasts longer than any test."""
    booth = codes.new_code()
    await product.database.execute(
        """
        WITH wanted AS (
            INSERT INTO booth (code, edition, number, x, y, width, depth, category)
            SELECT $1::text, edition, left($1::text, 4), 1900, 1050, 200, 150, category FROM exhibitor WHERE code = $2
            RETURNING id
        )
        INSERT INTO booking (code, booth, exhibitor, state, held_until, created_at, updated_at)
        SELECT $3, wanted.id, x.id, 'held', now() + interval '1 day', now(), now()
        FROM wanted, exhibitor x WHERE x.code = $2
        """,
        booth,
        exhibitor,
        codes.new_code(),
    )
    return {"booth": booth}

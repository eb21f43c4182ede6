"""Phones and leads at the served fair, for the parameters of addresses."""

from digital_days.kernel import codes, signing
from digital_days.kernel.web.sessions import hash_of
from tests.conftest import SECRET
from tests.product import Product


async def lead_samples(product: Product, exhibitor: str, registration: str) -> dict[str, str]:
    """The exhibitor has a phone, a code to pair another, and has met the visitor, who waits to be asked."""
    pairing, phone, lead = f"pairing-{exhibitor}", codes.new_code(), codes.new_code()
    await product.database.execute(
        """
        INSERT INTO scanner (code, exhibitor, name, pairing_hash, pairing_until, paired_at, seen_at, created_at)
        SELECT each.code, x.id, each.name, each.hash, now() + interval '1 day', each.at, each.at, now()
        FROM exhibitor x,
            (VALUES ($2, 'Téléphone de Marie', NULL, now()), ($3, '', $4, NULL)) AS each (code, name, hash, at)
        WHERE x.code = $1
        """,
        exhibitor,
        phone,
        codes.new_code(),
        hash_of(pairing),
    )
    await product.database.execute(
        """
        INSERT INTO lead (code, exhibitor, registration, note, scanned_at, last_read_at, updated_at)
        SELECT $3, x.id, r.id, 'A vu la démonstration.', now(), now(), now() FROM exhibitor x, registration r
        WHERE x.code = $1 AND r.code = $2
        """,
        exhibitor,
        registration,
        lead,
    )
    return {
        "scanner": phone,
        "lead": lead,
        "exhibitors:pairing:token": pairing,
        "exhibitors:pair:token": pairing,
        "exhibitors:contacts:token": signing.sign("contacts", registration, key=SECRET),
    }

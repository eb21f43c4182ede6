"""An exhibitor of the sample for whom somebody acts, with a badge, an hour of arrival and a logo."""

import hashlib

from digital_days.kernel.pictures import fitted
from tests.kernel.photos import photo, saved
from tests.product import EDITION, Product


async def portal_samples(product: Product, name: str, email: str) -> dict[str, str]:
    """Values for the parameters of the exhibitor's own pages."""
    exhibitor = await product.database.fetchval(
        """
        WITH own AS (
            SELECT x.id, x.code FROM exhibitor x JOIN edition e ON e.id = x.edition
            WHERE e.slug = $1 AND x.state = 'accepted'
                AND EXISTS (SELECT FROM exhibitor_member m WHERE m.exhibitor = x.id) ORDER BY x.id LIMIT 1
        ), member AS (
            INSERT INTO exhibitor_member (exhibitor, person, is_contact, created_at)
            SELECT own.id, p.id, true, now() FROM own, person p WHERE p.account_email = $2 ON CONFLICT DO NOTHING
        ) SELECT code FROM own
        """,
        EDITION,
        email,
    )
    await product.database.execute(
        """
        INSERT INTO arrival_slot (edition, starts_at, capacity, taken)
        SELECT e.id, e.starts_on + interval '11 hours' + n * interval '15 minutes', 9, 0
        FROM edition e, generate_series(0, 3) n WHERE e.slug = $1 ON CONFLICT DO NOTHING
        """,
        EDITION,
    )
    slot = await product.database.fetchval(
        "SELECT to_char(min(starts_at) AT TIME ZONE 'UTC', 'YYYYMMDD\"T\"HH24MI') FROM arrival_slot"
    )
    async with product.browser() as browser:
        browser.cookies.set("session", await product.session(email))
        own = f"/{EDITION}/mon-kiosque/{exhibitor}"
        await browser.post(f"{own}/arrivee", data={"slot": slot, "vehicle": "Fourgonnette blanche"})
        await browser.post(f"{own}/equipe/porte-noms", data={"badge_name": f"Kiosque de {name}"})
    badge = await product.database.fetchval("SELECT max(code) FROM staff_badge WHERE name = $1", f"Kiosque de {name}")
    return {"exhibitor": exhibitor, "badge": badge, "exhibitors:logo:picture": f"{await _logo(product)}.webp"}


async def _logo(product: Product) -> str:
    picture = fitted(saved(photo(600, 200)), size=(480, 320))
    digest = hashlib.sha256(picture).hexdigest()
    await product.database.execute(
        """
        INSERT INTO exhibitor_logo (digest, media_type, content, created_at) VALUES ($1, 'image/webp', $2, now())
        ON CONFLICT DO NOTHING
        """,
        digest,
        picture,
    )
    return digest

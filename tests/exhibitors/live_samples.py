"""A badge with a shift, an hour of arrival and a logo, for the parameters of an exhibitor's own pages."""

import hashlib

from digital_days.kernel.pictures import fitted
from tests.kernel.photos import photo, saved
from tests.product import EDITION, Product


async def portal_samples(product: Product, exhibitor: str, name: str, email: str) -> dict[str, str]:
    """By the one who acts for this exhibitor."""
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
        await browser.post(f"{own}/equipe/porte-noms", data={"badge_name": f"{name} Camille"})
        badge = await product.database.fetchval("SELECT max(code) FROM staff_badge WHERE name = $1", f"{name} Camille")
        day = await product.database.fetchval("SELECT starts_on::text FROM edition WHERE slug = $1", EDITION)
        times = {"shift_day": day, "shift_begin": "09:00", "shift_end": "12:00"}
        await browser.post(f"{own}/equipe/presences", data={"shift_person": f"b{badge}", **times})
    shift = await product.database.fetchval(
        "SELECT s.code FROM booth_shift s JOIN exhibitor x ON x.id = s.exhibitor WHERE x.code = $1", exhibitor
    )
    return {"badge": badge, "shift": shift, "exhibitors:logo:picture": f"{await _logo(product)}.webp"}


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

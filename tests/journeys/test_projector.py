"""The screen in the hall: it counts, rings, and goes on without a network."""

import re
from datetime import timedelta

from playwright.async_api import expect

from digital_days.kernel import clock, codes
from tests.journeys.browsing import Visitor
from tests.matchmaking.live_meeting import seat_of
from tests.product import FRENCH_ONLY, Product

MINUTE = timedelta(minutes=1)
COUNT_SOUNDS = """
    window.sounds = 0;
    const make = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function () { window.sounds += 1; return make.call(this); };
"""
STROKE = 4  # sounds at once


async def make_rounds(product: Product) -> None:
    """The first of two began five minutes ago and lasts ten more; the mill meets somebody in each."""
    mill, cle, cje = [
        await seat_of(product, await product.person(name, f"{name.lower()}@hall.example"), name, side, FRENCH_ONLY)
        for name, side in (("Moulin", "business"), ("CLE", "resource"), ("CJE", "resource"))
    ]
    begun = clock.now() - 5 * MINUTE
    for number, minutes, other in ((1, 0, cle), (2, 20, cje)):
        await product.database.execute(
            """
            INSERT INTO meeting_round (edition, number, starts_at, ends_at)
            SELECT id, $2, $3, $4 FROM edition WHERE slug = $1
            """,
            FRENCH_ONLY,
            number,
            begun + minutes * MINUTE,
            begun + (minutes + 15) * MINUTE,
        )
        await product.database.execute(
            """
            INSERT INTO meeting (code, edition, business, resource, round, table_number, starts_at, ends_at, created_at,
                updated_at)
            SELECT $1, edition, $2, $3, number, 4 + number, starts_at, ends_at, now(), now()
            FROM meeting_round JOIN edition e ON e.id = edition WHERE e.slug = $4 AND number = $5
            """,
            codes.new_code(),
            mill,
            other,
            FRENCH_ONLY,
            number,
        )


async def test_screen_counts_and_rings_without_a_network_and_catches_up(visitor: Visitor, product: Product):
    await make_rounds(product)
    page = await visitor.page()
    await page.add_init_script(COUNT_SOUNDS)
    await page.clock.install()
    await page.goto(f"/{FRENCH_ONLY}/rencontres-eclair/projecteur")
    phase, left, status, flash = (page.locator(f"[data-{name}]") for name in ("phase", "left", "status", "flash"))
    await expect(phase).to_have_text("Ronde 1 de 2")
    await expect(left).to_have_text(re.compile(r"^(9:5\d|10:00)$"))
    board = page.locator("[data-board]")
    await expect(board.get_by_role("heading")).to_have_text(re.compile("^Ensuite, ronde 2 à "))
    await expect(board.get_by_role("listitem")).to_have_text([re.compile(r"^Table\s*6\s*Moulin\s*CJE$")])
    await page.get_by_role("button", name="Activer le gong").click()
    await expect(page.get_by_role("button", name="Activer le gong")).to_be_hidden()
    assert await page.evaluate("sounds") == STROKE

    await page.context.set_offline(True)
    await page.clock.run_for(3_000)
    await expect(status).to_have_text(re.compile("^Hors ligne, horaire de "))
    await page.clock.run_for(570_000)
    await expect(phase).to_have_text("Dernière minute")
    await expect(flash).to_be_hidden()
    await page.clock.run_for(31_000)
    await expect(flash).to_have_text("C’est l’heure : changez de table")
    assert await page.evaluate("sounds") == 3 * STROKE
    await page.clock.run_for(10_000)
    await expect(flash).to_be_hidden()
    await page.clock.run_for(5 * 60_000)
    await expect(phase).to_have_text("Ronde 2 de 2")
    await expect(board.get_by_role("heading")).to_have_text(re.compile(r"^Ronde 2\s: à vos tables$"))
    assert await page.evaluate("sounds") == 4 * STROKE

    await product.database.execute(
        "UPDATE meeting_round r SET ended_at = r.ends_at + interval '40 minutes' FROM edition e "
        "WHERE e.id = r.edition AND e.slug = $1 AND r.number = 1",
        FRENCH_ONLY,
    )
    await page.context.set_offline(False)
    await page.clock.run_for(3_000)
    await expect(status).to_be_hidden()
    await expect(left).to_have_text(re.compile(r"^(49:[45]\d|50:00)$"))

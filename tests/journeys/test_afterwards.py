"""The evening after: from one's agenda, without scripts, to what one thought of it and to the proof of having come."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import expect

from tests.journeys.accessibility import findings, scrolls_sideways
from tests.journeys.browsing import PHONE, Visitor
from tests.pdf_text import text_of
from tests.product import OpenSlot, Product


@asynccontextmanager
async def over(product: Product, slot: OpenSlot, email: str) -> AsyncIterator[None]:
    """The activity was an hour ago and this person at its door; the slot goes back to its time for other tests."""
    set_times = "UPDATE slot SET starts_at = $2, ends_at = $3 WHERE code = $1"
    await product.database.execute(
        """
        WITH past AS (
            UPDATE slot SET starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour'
            WHERE code = $1 RETURNING id
        )
        INSERT INTO attendance (slot, registration, state, at)
        SELECT past.id, r.id, 'present', now() FROM past, registration r JOIN person p ON p.id = r.person
        WHERE p.email = $2
        """,
        slot.code,
        email,
    )
    try:
        yield
    finally:
        await product.database.execute(set_times, slot.code, slot.starts_at, slot.ends_at)


async def test_person_says_what_they_thought_and_gets_the_proof_of_having_come(visitor: Visitor, product: Product):
    slot, email = await product.open_slot(), "apres@example.ca"
    await product.register(slot.code, "Après Coup", email)
    agenda = (await product.letter(email)).link("agenda")
    page = await visitor.page(width=PHONE, scripts=False)

    async with over(product, slot, email):
        await page.goto(agenda)
        await page.get_by_role("link", name="Donner mon avis").click()
        await page.get_by_label("Ce qui vous a aidé").fill("Les exemples")
        await page.get_by_role("button", name="Envoyer mon avis").click()
        await expect(page.get_by_role("alert")).to_contain_text("Choisissez d’abord une réponse")
        await expect(page.get_by_label("Ce qui vous a aidé")).to_have_value("Les exemples")
        assert await scrolls_sideways(page) is False
        await page.get_by_label("Très bonne").check()
        await page.get_by_role("button", name="Envoyer mon avis").click()
        await expect(page.locator("#flashes")).to_have_text("Merci! Votre avis est compté.")

        await page.goto(agenda)
        await expect(page.get_by_role("link", name="Donner mon avis")).to_have_count(0)
        await page.get_by_role("link", name="Mon attestation de présence").click()
        await expect(page.locator("main li")).to_contain_text(slot.title_fr)
        async with product.browser() as browser:
            issued = await browser.post(page.url, follow_redirects=True)

    code = await product.database.fetchval("SELECT code FROM certificate ORDER BY id DESC LIMIT 1")
    assert (issued.headers["content-type"], "Après Coup" in text_of(issued.content)) == ("application/pdf", True)
    checking = await visitor.page(width=PHONE)
    await checking.goto("/attestations")
    await checking.get_by_label("Code de l’attestation").fill(f"{code[:4]}-{code[4:8]}-{code[8:]}".lower())
    await checking.get_by_role("button", name="Vérifier").click()
    await expect(checking.get_by_role("heading", level=1)).to_have_text("Cette attestation est authentique")
    assert await findings(checking) == []

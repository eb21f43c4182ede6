"""An organiser makes an activity from scratch, without leaving the browser, and translates it."""

from playwright.async_api import expect

from tests.journeys.browsing import Visitor
from tests.journeys.whole import expect_whole
from tests.product import EDITION, Product


async def test_activity_is_made_from_scratch_translated_and_found_in_the_list(visitor: Visitor, product: Product):
    page = await visitor.page(viewer="alice@example.ca")
    await page.goto(f"/{EDITION}/organisation/activites")
    await page.get_by_role("link", name="Ajouter une activité").click()

    await page.get_by_label("Titre", exact=True).fill("Réparer son téléphone")
    await page.get_by_label("Résumé (facultatif)", exact=True).fill("On ouvre, on nettoie, on referme.")
    await page.get_by_label("Genre (facultatif)").select_option("Atelier")
    await page.get_by_label("Ajouter une personne (facultatif)").fill("bensalem")
    await page.get_by_role("button", name="Ajouter à la liste").click()
    await expect(page.locator(".chosen")).to_contain_text("Nadia Bensalem-Tremblay")
    await page.get_by_role("button", name="Ajouter une plage").click()
    await page.get_by_label("Jour", exact=True).fill(f"{await _first_day(product)}")
    await page.get_by_label("Début", exact=True).fill("18:00")
    await page.get_by_label("Fin", exact=True).fill("17:00")
    await page.get_by_label("Salle", exact=True).select_option("Petite salle, Salle communautaire")
    await page.get_by_role("button", name="Enregistrer").first.click()
    await expect(page.locator("[data-error-summary]")).to_be_focused()
    await expect(page.get_by_role("link", name="Plage 1, fin : La fin doit être après le début.")).to_be_visible()
    await expect_whole(page, "activity-form-with-errors")
    await page.set_viewport_size({"width": 1280, "height": 900})
    await page.get_by_label("Fin", exact=True).fill("19:30")
    await page.get_by_role("button", name="Enregistrer").first.click()
    await expect(page.locator("#flashes")).to_contain_text("C’est enregistré.")

    await page.get_by_role("navigation", name="Programme", exact=True).get_by_role("link", name="Traductions").click()
    translation = page.get_by_role("article").filter(has_text="Réparer son téléphone")
    await translation.get_by_label("Titre en anglais").fill("Fix your phone")
    await translation.get_by_label("Résumé en anglais").fill("Open it, clean it, close it.")
    await expect_whole(page, "translations")
    await page.set_viewport_size({"width": 1280, "height": 900})
    await page.get_by_role("button", name="Enregistrer Réparer son téléphone").click()
    await expect(page.locator("#flashes")).to_contain_text("2 textes sont enregistrés.")

    await page.goto(f"/{EDITION}/organisation/activites?q=FIX+telephone")
    row = page.get_by_role("row", name="Réparer son téléphone")
    await expect(row).to_contain_text("Nadia Bensalem-Tremblay")
    await expect(row).to_contain_text("Jamais publiée")
    await expect(row).not_to_contain_text("À traduire")


async def _first_day(product: Product) -> str:
    day: str = await product.database.fetchval("SELECT starts_on::text FROM edition WHERE slug = $1", EDITION)
    return day

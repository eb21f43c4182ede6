"""An organiser makes the next edition out of this one, calls a room otherwise, and tells everybody."""

from playwright.async_api import expect

from tests.journeys.browsing import Visitor
from tests.journeys.whole import expect_whole
from tests.product import EDITION, Product

NAME = "Journées numériques d’Argenteuil 2028"
NEXT = "journees-numeriques-d-argenteuil-2028"


async def test_organiser_copies_an_edition_renames_a_room_and_announces(visitor: Visitor, product: Product):
    page = await visitor.page(viewer="alice@example.ca")
    stranger = await visitor.page()
    try:
        await page.goto(f"/{EDITION}/organisation")
        await (
            page.get_by_role("navigation", name="Organisation").get_by_role("link", name="Édition", exact=True).click()
        )
        await page.get_by_role("link", name="Créer une nouvelle édition").click()
        await page.get_by_label("Nom de l’édition").fill(NAME)
        await page.get_by_label("Premier jour").fill("2028-10-19")
        await page.get_by_role("button", name="Créer l’édition").click()
        await expect(page.locator("#flashes")).to_contain_text(f"« {NAME} » est créée.")
        await expect_whole(page, "edition-settings")
        hidden = await stranger.goto(f"/{NEXT}")
        assert hidden is not None
        assert hidden.status == 404

        await page.set_viewport_size({"width": 1280, "height": 900})
        await page.get_by_role("link", name="Salles", exact=True).click()
        await page.get_by_role("link", name="Grande salle", exact=True).click()
        await page.get_by_label("Nom de la salle").fill("Salle des fêtes")
        await page.get_by_role("button", name="Enregistrer").click()
        await expect(page.get_by_role("row", name="Salle des fêtes")).to_contain_text("16")

        await page.get_by_role("link", name="Édition", exact=True).click()
        await page.get_by_role("button", name="Annoncer l’édition").click()
        await expect(page.locator("#flashes")).to_contain_text("tout le monde la voit maintenant")
        await stranger.goto(f"/{NEXT}")
        await expect(stranger.get_by_role("heading", level=1)).to_have_text(NAME)
        await stranger.goto(f"/{NEXT}/programme")
        await expect(stranger.get_by_text("Le programme n’est pas encore publié")).to_be_visible()
    finally:  # other journeys know two editions
        await product.settled()  # what listens to the copy finds it
        await product.database.execute("DELETE FROM edition WHERE slug = $1", NEXT)

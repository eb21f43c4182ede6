"""An organiser writes to the people of one slot: counted, looked at, sent, and read in the mailbox."""

import re

from playwright.async_api import expect

from tests.journeys.browsing import Visitor
from tests.journeys.whole import expect_whole
from tests.product import EDITION, Product


async def test_organiser_writes_to_a_slot_and_everybody_of_it_reads_it(visitor: Visitor, product: Product):
    slot = await product.database.fetchval(
        """
        SELECT s.code FROM slot s JOIN activity a ON a.id = s.activity JOIN edition e ON e.id = a.edition
        WHERE e.slug = $1 AND s.taken > 0 AND s.state = 'scheduled' ORDER BY s.seats - s.taken DESC, s.id LIMIT 1
        """,
        EDITION,
    )  # of those that no other test counts on
    await product.register(slot, "Lise Messages", "lise.messages@example.ca")
    await product.register(slot, "Liam Messages", "liam.messages@example.ca", language="en")
    people = await product.database.fetchval(
        """
        SELECT count(*) FROM place p JOIN slot s ON s.id = p.slot JOIN person w ON w.id = p.person
        WHERE s.code = $1 AND p.state = 'confirmed' AND w.email <> ''
        """,
        slot,
    )
    page = await visitor.page(viewer="alice@example.ca")
    await page.goto(f"/{EDITION}/organisation")

    await page.get_by_role("link", name="Messages", exact=True).click()
    await page.get_by_role("link", name="Écrire un message").first.click()
    await page.get_by_label("À qui?").select_option(f"slot:{slot}")
    await page.get_by_label("Objet", exact=True).fill("La porte du côté")
    await page.get_by_label("Message", exact=True).fill("Entrez par la rue Principale.\n\nhttps://exemple.ca/plan")
    await page.get_by_label("Objet en anglais").fill("The side door")
    await page.get_by_label("Message en anglais").fill("Come in by Main Street.")
    await page.get_by_role("button", name="Voir avant d’envoyer").click()

    await expect(page.get_by_text(f"{people} personnes recevront ce message.")).to_be_visible()
    french, english = page.locator("iframe").nth(0).content_frame, page.locator("iframe").nth(1).content_frame
    await expect(french.get_by_text("Entrez par la rue Principale.")).to_be_visible()
    await expect(english.get_by_text("Come in by Main Street.")).to_be_visible()
    await page.get_by_text("Voir la liste des personnes").click()
    await expect(page.get_by_role("row", name="Lise Messages")).to_contain_text("lise.messages@example.ca")
    await expect_whole(page, "organiser-message-preview-fr")

    await page.get_by_role("button", name=re.compile(f"Envoyer à {people}.personnes")).click()

    await expect(page.locator("#flashes")).to_contain_text(f"Le message part à {people} personnes.")
    for_lise = await product.letter("lise.messages@example.ca", about="La porte du côté")
    for_liam = await product.letter("liam.messages@example.ca", about="The side door")
    assert "Bonjour Lise Messages," in for_lise.text
    assert 'href="https://exemple.ca/plan"' in for_lise.html
    assert "Come in by Main Street." in for_liam.text
    await page.reload()
    await expect(page.get_by_role("button", name=re.compile("Envoyer"))).to_have_count(0)
    await expect_whole(page, "organiser-message-sent-fr")
    await page.goto(f"/courrier/{for_lise.id}")
    await expect(page.locator("iframe").content_frame.get_by_role("heading", name="La porte du côté")).to_be_visible()

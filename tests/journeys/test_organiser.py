"""The organiser's start page: what to look at, how full it is, which messages left."""

from playwright.async_api import expect

from digital_days.kernel import i18n
from tests.journeys.browsing import Visitor
from tests.product import EDITION, Product


async def test_organiser_sees_the_full_workshop_and_the_messages(visitor: Visitor, product: Product):
    slot = await product.open_slot()
    await product.database.execute("UPDATE slot SET seats = 1 WHERE code = $1", slot.code)
    await product.register(slot.code, "Première Arrivée", "premiere@example.ca")
    async with product.browser() as turned_away:
        refused = await turned_away.post(
            "/api/v1/registrations",
            json={"slot": slot.code, "name": "Trop Tard", "email": "tard@example.ca", "consents": ["registration"]},
        )
    await product.letter("premiere@example.ca")
    await product.settled()
    page = await visitor.page(viewer="alice@example.ca")

    await page.goto(f"/{EDITION}/organisation")

    assert refused.status_code == 409
    row = page.get_by_role("region", name="Complet ou presque").get_by_role("row", name=slot.title_fr)
    await expect(row).to_contain_text("1 sur 1")
    await expect(row).to_contain_text("Complet")
    await expect(row).to_contain_text("1 personne sans place")
    await expect(page.locator(".attention")).to_contain_text(
        f"« {slot.title_fr} », {i18n.format_day(slot.starts_at)} à {i18n.format_time(slot.starts_at)} : c’est complet"
    )
    sent = page.get_by_role("row", name="Première Arrivée")
    await expect(sent).to_contain_text("Parti à")


async def test_failed_message_is_sent_again(visitor: Visitor, product: Product):
    slot = await product.open_slot()
    await product.register(slot.code, "Message Perdu", "perdu@example.ca")
    await product.letter("perdu@example.ca")
    await product.settled()
    await product.database.execute(
        """
        UPDATE outbox_message m SET state = 'failed', receipt = '', error = 'SendGrid refuse ce message.'
        FROM person p WHERE p.id = m.person AND p.email = 'perdu@example.ca'
        """
    )
    page = await visitor.page(viewer="alice@example.ca")
    await page.goto(f"/{EDITION}/organisation")
    row = page.get_by_role("row", name="Message Perdu")
    await expect(row).to_contain_text("Non parti")

    await row.get_by_role("button", name="Renvoyer").click()

    await expect(page.locator("#flashes")).to_have_text("Le message repart.")
    await product.settled()
    await page.reload()
    await expect(row).to_contain_text("Parti à")

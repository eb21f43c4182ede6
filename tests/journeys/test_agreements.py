"""What a stranger ticked is asked about, answered on the ticket, and taken back on the account page."""

from playwright.async_api import expect

from tests.journeys.accessibility import findings, scrolls_sideways
from tests.journeys.browsing import PHONE, Visitor
from tests.product import Product


async def test_person_says_yes_on_the_ticket_and_takes_it_back_on_the_account(visitor: Visitor, product: Product):
    email = "accord@example.ca"
    async with product.browser() as stranger:
        await stranger.post(
            "/api/v1/registrations",
            json={
                "slot": (await product.open_slot()).code,
                "name": "Accord Demandé",
                "email": email,
                "consents": ["registration", "news", "coaching"],
            },
        )
    token = (await product.letter(email)).token("billet")
    page = await visitor.page(width=PHONE)

    await page.goto(f"/billet/{token}")
    news = page.get_by_label("les nouvelles de l’événement")
    await expect(news).not_to_be_checked()
    assert (await findings(page), await scrolls_sideways(page)) == ([], False)
    await news.check()
    await page.get_by_role("button", name="Confirmer mes choix").click()
    await expect(page.locator("#flashes")).to_contain_text("votre accord compte dès maintenant")
    await expect(news).to_have_count(0)

    account = await visitor.page(viewer=email)
    await account.goto("/compte")
    assert await findings(account) == []
    await account.get_by_role("button", name="Retirer mon accord").click()
    await expect(account.locator("#flashes")).to_have_text("Votre accord est retiré, dès maintenant.")
    await expect(account.get_by_role("button", name="Retirer mon accord")).to_have_count(0)
    await expect(account.get_by_text("Retiré le")).to_be_visible()

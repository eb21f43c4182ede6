"""From what somebody looks for to a meeting that was useful: profile, wishes, plan, the day, an outcome."""

import re

from playwright.async_api import Page, expect

from tests.journeys.browsing import PHONE, Visitor
from tests.matchmaking.live_speed_dating import SLUG, speed_dating
from tests.product import Product

ORGANISING = f"/{SLUG}/organisation/rencontres-eclair"
ZOE = "zoe.fortin@example.ca"


async def _takes_part(page: Page) -> None:
    await page.goto(f"/{SLUG}/rencontres-eclair")
    await page.get_by_role("link", name="Participer", exact=True).click()
    await page.get_by_role("radio", name="Entreprise").check()
    await page.get_by_label("Nom de votre organisation").fill("Boulangerie Fortin")
    for box in await page.get_by_role("group", name="Vous cherchez").get_by_role("checkbox").all():
        await box.check()
    await page.get_by_role("checkbox", name=re.compile("^J’accepte")).check()
    await page.get_by_role("button", name="Participer").click()
    await expect(page.get_by_role("heading", name="Mes souhaits", level=1)).to_be_visible()


async def _wishes(page: Page) -> None:
    cards = page.get_by_role("group").filter(has=page.get_by_role("radio", name="Absolument"))
    for number in range(3):
        await cards.nth(number).get_by_role("radio", name="Absolument").check()
    await page.get_by_role("button", name="Enregistrer mes souhaits").click()
    await expect(page.get_by_text("Vos souhaits sont enregistrés.")).to_be_visible()
    await expect(page.get_by_text(re.compile(r"Absolument\s: 3 sur 5"))).to_be_visible()


async def _publishes(page: Page) -> None:
    await page.goto(f"{ORGANISING}/scenarios")
    await page.get_by_label("Nom du scénario").fill("Comme prévu")
    await page.get_by_role("button", name="Ajouter ce scénario").click()
    await page.get_by_role("button", name=re.compile("^Calculer Comme prévu")).click()
    await expect(page.get_by_text("Terminé")).to_be_visible(timeout=90_000)
    await expect(page.get_by_text(re.compile("^Prouvé")).first).to_be_visible()
    await page.get_by_role("link", name=re.compile("^Publier cet horaire")).click()
    await page.get_by_role("button", name="Publier").click()
    await expect(page.get_by_text("L’horaire est publié")).to_be_visible()


async def _partner(page: Page) -> str:
    """Of the first meeting that still stands."""
    await page.goto(f"/{SLUG}/mes-rencontres")
    meetings = page.locator(".own-meetings > li:not(.own-meeting--off)")
    return (await meetings.first.get_by_role("heading").inner_text()).strip()


async def _plans_again_without(page: Page, name: str) -> None:
    await page.goto(f"{ORGANISING}/jour")
    await page.locator("#awaited").evaluate("e => { e.open = true }")
    await page.get_by_role("button", name=f"Ne viendra pas {name}").click()
    await page.get_by_role("button", name="Refaire les rondes qui restent").click()
    await expect(page.get_by_text("annulées").first).to_be_visible(timeout=30_000)
    await page.get_by_role("button", name="Publier ce nouvel horaire").click()
    await expect(page.get_by_text("Le nouvel horaire est publié")).to_be_visible()


async def _walk(visitor: Visitor, product: Product) -> None:
    await product.person("Zoé Fortin", ZOE)
    phone = await visitor.page(width=PHONE, viewer=ZOE)
    desk = await visitor.page(viewer="alice@example.ca")

    await _takes_part(phone)
    await _wishes(phone)
    await _publishes(desk)
    letter = await product.letter(ZOE, about="votre horaire")
    partner = await _partner(phone)
    assert partner in letter.text
    assert any(kind.startswith("text/calendar") for kind, _content in letter.attachments.values())

    await _plans_again_without(desk, partner)
    await product.letter(ZOE, about="a changé", after=letter.id)
    other = await _partner(phone)
    assert other != partner

    await product.database.execute(
        """
        UPDATE meeting SET starts_at = now() - interval '1 hour', ends_at = now() - interval '45 minutes'
        WHERE state = 'planned' AND business IN (
            SELECT m.id FROM match_participant m JOIN person p ON p.id = m.person WHERE p.account_email = $1)
        """,
        ZOE,
    )
    await phone.goto(f"/{SLUG}/mes-rencontres")
    await phone.get_by_role("link", name=other).click()
    await phone.get_by_role("radio", name="Oui, beaucoup").check()
    await phone.get_by_role("radio", name="Un rendez-vous est prévu").check()
    await phone.get_by_role("button", name="Envoyer").click()
    await expect(phone.get_by_text("Merci! C’est noté.")).to_be_visible()
    await desk.goto(f"{ORGANISING}/resultats")
    await expect(desk.get_by_text("rencontres tenues")).to_be_visible()


async def test_profile_leads_to_a_meeting_that_was_useful(visitor: Visitor, product: Product):
    async with speed_dating(product):
        await _walk(visitor, product)

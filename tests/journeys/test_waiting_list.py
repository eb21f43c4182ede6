"""A full workshop: wait, be offered, decline, the next one accepts, changes for another workshop, and cancels."""

import asyncio

from playwright.async_api import Page, expect

from tests.journeys.accessibility import findings
from tests.journeys.browsing import PHONE, Visitor
from tests.journeys.whole import expect_whole
from tests.product import PATIENCE, Product

QUESTIONS = '[{"code": "LEVEL", "kind": "text", "fr": "Votre niveau", "required": true}]'


async def wait_for_a_place(page: Page, activity: str, slot: str, name: str, email: str) -> None:
    """From the activity's page, by the form."""
    wish = page.get_by_role("link", name="Me mettre sur la liste d’attente")
    async with asyncio.timeout(PATIENCE):
        while not await wish.count():  # what is left of seats may be a second old
            await page.goto(f"/jn2027/activites/{activity}?plage={slot}")
    await wish.click()
    await page.get_by_label("Votre nom").fill(name)
    await page.get_by_label("Votre adresse courriel").fill(email)
    await page.locator("input[name=consent][value=registration]").check()
    await page.get_by_role("button", name="Me mettre sur la liste d’attente").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Regardez vos courriels")


async def test_place_is_waited_for_declined_accepted_changed_and_cancelled(visitor: Visitor, product: Product):
    slot = await product.open_slot()
    other = await product.open_slot(after=slot)
    await product.database.execute("UPDATE slot SET seats = 1 WHERE code = $1", slot.code)
    await product.register(slot.code, "Bruno Roy", "bruno@example.ca")
    page = await visitor.page(width=PHONE)

    for name in ("Lucie", "Marc"):
        await wait_for_a_place(page, slot.activity, slot.code, f"{name} Roy", f"{name.lower()}@example.ca")
    waiting = await product.letter("marc@example.ca", about="Liste d’attente")
    assert "au numéro 2" in waiting.text.replace("\N{NO-BREAK SPACE}", " ")

    await product.database.execute(
        """
        INSERT INTO activity_rules (edition, activity, prerequisites_fr, questions)
        SELECT a.edition, a.source_id, 'Apporter un portable.', $2
        FROM activity a JOIN slot s ON s.activity = a.id WHERE s.code = $1
        """,
        slot.code,
        QUESTIONS,
    )
    ticket = await product.letter("bruno@example.ca", about=slot.title_fr)
    await page.goto(ticket.link("places"))
    await page.get_by_role("button", name="Oui, annuler ma place").click()

    offer = await product.letter("lucie@example.ca", about="Une place pour vous")
    await page.goto(offer.link("attentes"))
    await expect(page.get_by_role("heading", level=1)).to_have_text("Une place est à vous, si vous la voulez")
    assert await findings(page) == []
    await page.get_by_role("button", name="Refuser la place").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Vous avez refusé la place")

    next_offer = await product.letter("marc@example.ca", about="Une place pour vous")
    assert "Vous avez 12 heures pour répondre" in " ".join(next_offer.text.replace("\N{NO-BREAK SPACE}", " ").split())
    signed_in = await visitor.page(viewer="marc@example.ca")
    await signed_in.goto("/jn2027/ma-journee")
    offered = signed_in.locator(".day-part--line", has_text=slot.title_fr)
    await expect(offered.locator(".badges")).to_have_text("Une place vous est offerte")
    await expect_whole(signed_in, "my-day-with-an-offer")
    await page.goto(next_offer.link("attentes"))
    await page.get_by_label("Votre niveau").fill("Débutant")
    await page.get_by_role("button", name="Accepter la place").click()
    await expect(page.locator(".error-summary")).to_contain_text("Cochez la case")
    await expect(page.get_by_label("Votre niveau")).to_have_value("Débutant")
    await expect_whole(page, "offer-refused-for-a-box")
    await page.get_by_label("Je confirme que j’ai ce qu’il faut.").check()
    await page.get_by_role("button", name="Accepter la place").click()
    await expect(page.get_by_role("heading", name=slot.title_fr)).to_be_visible()  # in the agenda

    taken = await product.letter("marc@example.ca", about="Votre billet")
    await page.goto(taken.link("places"))
    await page.get_by_role("link", name="Changer pour une autre activité").click()
    assert await findings(page) == []
    await page.get_by_label("À la place, je préfère").select_option(other.code)
    await page.get_by_role("button", name="Changer d’activité").click()
    await expect(page.get_by_role("heading", name=other.title_fr)).to_be_visible()
    await expect(page.get_by_role("heading", name=slot.title_fr)).to_have_count(0)

    changed = await product.letter("marc@example.ca", about=f"Votre billet : {other.title_fr}")
    await page.goto(changed.link("places"))
    await page.get_by_role("button", name="Oui, annuler ma place").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Votre place est annulée")

    organiser = await visitor.page(viewer="alice@example.ca")
    await organiser.goto("/jn2027/organisation/attentes")
    await organiser.get_by_role("link", name=slot.title_fr).click()
    for person, end in (("Lucie Roy", "A refusé"), ("Marc Roy", "A pris la place")):
        gone = organiser.locator(".line-person", has_text=person)
        await expect(gone.locator(".badges")).to_have_text(end)
        await gone.get_by_text("Ce qui s’est passé").click()
        await expect(gone.locator(".history")).to_contain_text("Une place lui a été offerte.")
    await expect_whole(organiser, "waiting-list-explained")

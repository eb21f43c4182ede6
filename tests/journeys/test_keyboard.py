"""The keyboard alone: everything is reached, one always sees where one is, and nothing holds one back."""

import pytest
from playwright.async_api import Page, expect

from tests.journeys.accessibility import findings, focused
from tests.journeys.browsing import DESKTOP, PHONE, Visitor, programme
from tests.product import EDITION, Product

ENOUGH = 250


async def walk(page: Page) -> list[str]:
    """Tabs from the top to the end; gives the controls met, and fails for one that does not show its focus."""
    met: list[str] = []
    for _step in range(ENOUGH):
        await page.keyboard.press("Tab")
        here = await focused(page)
        if here is None:
            return met
        assert here["visible"], f"no focus to be seen on {here['what']}"
        assert here["on_screen"], f"focus out of sight on {here['what']}"
        met.append(here["name"] or here["id"] or here["what"])
    raise AssertionError(f"the keyboard does not come out after {ENOUGH} steps")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_programme_is_walked_by_keyboard(visitor: Visitor, width: int):
    page = await visitor.page(width=width)
    await page.goto(programme())

    met = await walk(page)

    assert met[0] == "Aller au contenu"
    links = await page.locator(".slot-title a:visible").all_inner_texts()
    assert {link.strip() for link in links} <= set(met)


async def test_skip_link_leads_to_the_content(visitor: Visitor):
    page = await visitor.page()
    await page.goto(programme())

    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")

    await expect(page.locator("#main")).to_be_focused()
    await page.keyboard.press("Tab")
    assert await page.evaluate("() => document.getElementById('main').contains(document.activeElement)")


async def test_place_is_taken_by_keyboard(visitor: Visitor, product: Product):
    slot = await product.open_slot()
    page = await visitor.page()
    await page.goto(f"/{EDITION}/activites/{slot.activity}")
    await walk(page)

    await page.get_by_label("Votre nom").focus()
    await page.keyboard.type("Clara Clavier")
    await page.keyboard.press("Tab")
    await page.keyboard.type("clara@example.ca")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", level=1)).to_have_text("Regardez vos courriels")
    assert await product.database.fetchval("SELECT taken FROM slot WHERE code = $1", slot.code) == 1


@pytest.mark.parametrize("way_out", ["Escape", "Enter"])
async def test_dialog_holds_the_focus_and_gives_it_back(visitor: Visitor, way_out: str):
    page = await visitor.page()
    await page.goto("/styleguide")
    opener = page.get_by_role("link", name="Annuler ma place")
    dialog = page.get_by_role("dialog", name="Annuler votre place ?")
    await expect(dialog).to_be_hidden()

    await opener.press("Enter")

    await expect(dialog).to_be_visible()
    assert await dialog.evaluate("(dialog) => dialog.matches(':modal')")
    await expect(dialog.get_by_role("button", name="Fermer")).to_be_focused()
    assert await findings(page) == []
    await page.keyboard.press(way_out)
    await expect(dialog).to_be_hidden()
    await expect(opener).to_be_focused()


async def test_errors_take_the_focus_and_lead_to_their_fields(visitor: Visitor, product: Product):
    slot = await product.open_slot()
    page = await visitor.page()
    await page.goto(f"/{EDITION}/activites/{slot.activity}")

    await page.get_by_role("button", name="Réserver ma place").press("Enter")
    summary = page.locator("[data-error-summary]")
    await expect(summary).to_be_focused()
    await summary.get_by_role("link").first.press("Enter")

    await expect(page.get_by_label("Votre nom")).to_be_focused()

"""From hearts without an account to a whole day, one mail, and favourites kept by signing in."""

import asyncio

from playwright.async_api import Page, Route, expect

from tests.journeys.browsing import DESKTOP, PHONE, Visitor
from tests.journeys.test_sign_in import ask_for_link
from tests.journeys.whole import expect_whole
from tests.product import Letter, OpenSlot, Product

EMAIL = "fanny@example.ca"


async def love(page: Page, slot: OpenSlot) -> None:
    """Finds it in the programme, and presses its heart: nothing moves, and it is said."""
    await page.goto(f"/jn2027/programme?q={slot.title_fr}&jour=tous")
    heart = page.get_by_role("button", name=f"Favori : {slot.title_fr}", exact=True)
    await expect(heart).to_have_attribute("aria-pressed", "false")
    await heart.press("Enter")
    await expect(heart).to_have_attribute("aria-pressed", "true")
    await expect(heart).to_be_focused()
    await expect(page.locator("#announcer")).to_have_text(f"C’est dans vos favoris : {slot.title_fr}")


async def test_day_is_composed_and_taken_in_one_go_and_favourites_outlive_the_browser(
    visitor: Visitor, product: Product
):
    early = await product.open_slot()
    one, other = sorted(await product.overlapping_slots(), key=lambda slot: (slot.starts_at, slot.ends_at))
    page = await visitor.page(width=PHONE)
    for slot in (early, one, other):
        await love(page, slot)
    await page.reload()  # the page is everybody's; the heart is this browser's
    await expect(page.get_by_role("button", name=f"Favori : {other.title_fr}")).to_have_attribute(
        "aria-pressed", "true"
    )

    await compose(page, early, one, other)
    letter = await take(page, product)

    assert letter.subject.replace("\N{NO-BREAK SPACE}", " ") == "Votre billet et votre agenda : 2 activités"
    told = letter.text.replace("\N{NO-BREAK SPACE}", " ")
    assert [slot.title_fr in told for slot in (early, one, other)] == [True, True, False]
    kinds = sorted(kind.partition(";")[0] for kind, _ in letter.attachments.values())
    assert kinds == ["image/png", "text/calendar", "text/calendar"]
    assert await product.database.fetchval('SELECT count(*) FROM stored_mail WHERE "to" = $1', EMAIL) == 1

    await page.goto(await ask_for_link(page, product, EMAIL))
    await page.get_by_role("button", name="Me connecter").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Mon agenda")
    elsewhere = await visitor.page(width=PHONE, viewer=EMAIL)
    await elsewhere.goto("/jn2027/favoris")
    titles = [slot.title_fr for slot in sorted((early, one, other), key=lambda slot: slot.starts_at)]
    await expect(elsewhere.locator(".favourite h2")).to_have_count(3)
    shown = await elsewhere.locator(".favourite h2").all_inner_texts()
    assert {title.strip().replace("\N{NO-BREAK SPACE}", " ") for title in shown} == set(titles)
    await look(elsewhere, "favourites-of-somebody")


async def test_heart_pressed_on_one_page_is_pressed_on_the_page_before(visitor: Visitor, product: Product):
    """Also where the browser shows it as it was left; the account is asked."""
    await product.person("Iris Roy", "iris@example.ca")
    slot = await product.open_slot()
    page = await visitor.page(viewer="iris@example.ca")
    await page.goto(f"/jn2027/programme?q={slot.title_fr}&jour=tous")
    await page.get_by_role("link", name=slot.title_fr, exact=True).click()
    await page.get_by_role("button", name="Favori").click()
    await expect(page.get_by_role("button", name="Favori")).to_have_attribute("aria-pressed", "true")

    await page.go_back()

    heart = page.get_by_role("button", name=f"Favori : {slot.title_fr}", exact=True)
    await expect(heart).to_have_attribute("aria-pressed", "true")


async def compose(page: Page, early: OpenSlot, one: OpenSlot, other: OpenSlot) -> None:
    """What overlaps is said as soon as it is ticked, and no more once it is not."""
    await page.locator(".results-count").get_by_role("link", name="Ma journée").click()
    await page.route("**/ma-journee/choix", slowly)  # the next box is ticked before the page has heard of the last
    for slot in (early, one, other):
        await page.get_by_label(slot.title_fr, exact=True).check()
        await expect(page.get_by_label(slot.title_fr, exact=True)).to_be_focused()
    both = f"« {one.title_fr} » ({one.hours}) et « {other.title_fr} » ({other.hours}) se chevauchent"
    await expect(page.locator(".my-day-sum")).to_contain_text(f"{both} : gardez l’un des deux.")
    await expect(page.locator("#announcer")).to_contain_text("se chevauchent")
    await look(page, "my-day-composed")
    await page.reload()  # what was ticked stays so

    await page.get_by_label(other.title_fr, exact=True).uncheck()

    await expect(page.locator(".my-day-count")).to_have_text("2 activités choisies · rien ne se chevauche")


async def slowly(route: Route) -> None:
    """As on a slow network."""
    await asyncio.sleep(0.5)
    await route.continue_()


async def take(page: Page, product: Product) -> Letter:
    """Once for all of it; gives the one mail."""
    await page.get_by_label("Votre nom").fill("Fanny Côté")
    await page.get_by_label("Votre adresse courriel").fill(EMAIL)
    await page.locator("input[name=consent][value=registration]").check()
    await page.get_by_role("button", name="Réserver ce que j’ai coché").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Regardez vos courriels")
    await look(page, "my-day-sent")
    await product.settled()
    return await product.letter(EMAIL, about="Votre billet")


async def look(page: Page, name: str) -> None:
    """Wide and narrow; goes on with the phone."""
    await page.set_viewport_size({"width": DESKTOP, "height": 900})
    await expect_whole(page, name)
    await page.set_viewport_size({"width": PHONE, "height": 844})

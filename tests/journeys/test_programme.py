"""The programme on a phone: activities first, filters when wanted, and what they find in sight."""

from playwright.async_api import expect

from tests.journeys.accessibility import findings
from tests.journeys.browsing import NARROWEST, PHONE, Visitor, programme
from tests.product import EDITION, Product

ON_SCREEN = "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight }"


async def test_phone_shows_activities_before_filters_and_what_was_found_after(visitor: Visitor):
    page = await visitor.page(width=PHONE)
    await page.goto(programme())
    assert await page.locator(".slot-title").first.evaluate(ON_SCREEN)
    await expect(page.get_by_label("Public", exact=True)).to_be_hidden()

    await page.get_by_text("Chercher et filtrer").click()
    await page.get_by_label("Public", exact=True).select_option("Grand public")
    await page.get_by_role("button", name="Filtrer").click()

    await expect(page.get_by_role("link", name="Effacer les choix")).to_be_in_viewport()
    await expect(page.get_by_label("Public", exact=True)).to_be_hidden()


async def test_phone_shows_every_day_and_jumps_to_an_hour(visitor: Visitor):
    page = await visitor.page(width=NARROWEST)
    await page.goto(programme())
    for tab in await page.locator(".tabs a").all():
        await expect(tab).to_be_in_viewport(ratio=1)

    await page.locator(".hours").get_by_role("link", name="15 h", exact=True).click()

    assert await page.locator(".programme-row th").get_by_text("15 h", exact=True).evaluate(ON_SCREEN)


async def test_paper_gets_whole_cards_in_columns(visitor: Visitor):
    page = await visitor.page()
    await page.goto(programme())
    await page.emulate_media(media="print")

    assert await page.locator(".programme-grid tbody").evaluate("e => getComputedStyle(e).columnCount") == "3"
    assert await page.locator(".slot").first.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    await expect(page.locator(".hours")).to_be_hidden()


async def test_form_to_take_a_place_is_in_sight_on_a_wide_screen(visitor: Visitor, product: Product):
    page = await visitor.page()
    await page.goto(f"/{EDITION}/activites/{(await product.open_slot()).activity}")

    assert await page.get_by_label("Votre adresse courriel").evaluate(ON_SCREEN)


async def test_private_calendar_address_is_copied_and_said(visitor: Visitor, product: Product):
    email = "copie@example.ca"
    await product.register((await product.open_slot()).code, "Coralie Copie", email, "fr")
    page = await visitor.page(width=PHONE, viewer=email)
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.goto(f"/{EDITION}/mon-agenda")
    await expect(page.locator("#feed-address")).to_be_hidden()

    await page.goto(f"/{EDITION}/mon-agenda#calendrier")
    await expect(page.locator("#feed-address")).to_be_visible()
    await page.get_by_role("button", name="Copier l’adresse").click()

    await expect(page.get_by_role("button", name="Adresse copiée.")).to_be_visible()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied == await page.locator("#feed-address").inner_text()
    assert copied.startswith("http")


async def test_buttons_of_own_pages_are_large_enough_for_a_thumb(visitor: Visitor):
    page = await visitor.page(width=PHONE, viewer="participante@journees-numeriques.example")

    for path in ("/compte", f"/{EDITION}/mon-agenda", f"/{EDITION}/mon-billet"):
        await page.goto(path)
        sizes = await page.locator("main .button:visible").evaluate_all(
            "buttons => buttons.map(button => button.getBoundingClientRect().height)"
        )
        assert sizes
        assert min(sizes) >= 44, path


async def test_header_is_one_row_for_whoever_has_most_to_do(visitor: Visitor):
    heights = set()
    for viewer, path in ((None, programme()), ("alice@example.ca", programme()), ("alice@example.ca", "/compte")):
        page = await visitor.page(viewer=viewer)
        await page.goto(path)
        heights.add(await page.locator(".site-header").evaluate("e => e.offsetHeight"))
    assert len(heights) == 1

    await page.locator(".account > summary").press("Enter")
    await expect(page.get_by_role("button", name="Mode sombre")).to_be_in_viewport(ratio=1)
    assert await findings(page) == []
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Mode sombre")).to_be_hidden()
    await expect(page.locator(".account > summary")).to_be_focused()


async def test_english_phone_says_in_one_line_who_may_read_and_more_when_asked(visitor: Visitor):
    page = await visitor.page(width=PHONE, english=True, scripts=False)
    await page.goto(programme("en"))
    assert await page.locator(".language-ground").evaluate("e => e.offsetHeight") < 60

    await page.locator(".language-ground summary").click()

    await expect(page.get_by_text("Who may consult this page:")).to_be_visible()

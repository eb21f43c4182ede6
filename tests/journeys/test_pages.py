"""Every page, in both languages, on a phone and on a wide screen: nothing broken, nothing for axe, a picture."""

import re

import pytest
from playwright.async_api import expect

from digital_days.kernel.permissions import Permission
from tests.journeys.accessibility import clipped, scrolls_sideways
from tests.journeys.browsing import DESKTOP, PHONE, Visitor, Windows
from tests.journeys.whole import expect_translated_whole, expect_whole
from tests.pages import PAGES, Route, address, viewer_of
from tests.product import EDITION, FRENCH_ONLY, Product

STATES = {
    "not-found": ("/nulle-part", None, 404),
    "wrong-link": ("/billet/x", None, 404),
    "reserved": (f"/{EDITION}/organisation", "bob@example.ca", 403),
    "no-ticket": (f"/{EDITION}/mon-billet", "alice@example.ca", 200),
    "nothing-found": (f"/{EDITION}/programme?q=zzzz", None, 200),
    "programme-of-all-days": (f"/{EDITION}/programme?jour=tous", None, 200),
    "programme-in-french-only": (f"/{FRENCH_ONLY}/programme", None, 200),
    "desk-search": (f"/{EDITION}/accueil?q=a", "alice@example.ca", 200),
    "desk-search-nobody": (f"/{EDITION}/accueil?q=zzzz", "alice@example.ca", 200),
}


# In English the pages that visitors meet; organisers read theirs in French first, and tests/test_translations.py all.
WALKED = [(route, "fr") for route in PAGES] + [
    (route, "en") for route in PAGES if route.permission is not Permission.ORGANISE
]


@pytest.mark.parametrize(("route", "language"), WALKED, ids=lambda each: getattr(each, "name", each))
async def test_page_is_accessible_and_whole(windows: Windows, samples: dict[str, str], route: Route, language: str):
    page = await windows.page(english=language == "en", viewer=viewer_of(route))

    answer = await page.goto(("/en" if language == "en" else "") + address(route, samples))

    assert answer
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert await page.locator("html").get_attribute("lang") == language
    if language == "fr":
        await expect_whole(page, f"{route.name.replace(':', '-')}-fr")
    else:
        await expect_translated_whole(page)
    assert windows.visitor.troubles == []


@pytest.mark.parametrize("state", STATES)
async def test_state_of_a_page_is_accessible_and_whole(windows: Windows, state: str):
    path, viewer, status = STATES[state]
    page = await windows.page(viewer=viewer)

    answer = await page.goto(path)

    assert answer
    assert answer.status == status
    await expect_whole(page, f"state-{state}-fr")
    assert windows.visitor.troubles == []


async def test_english_reader_of_a_french_edition_gets_the_french_page(visitor: Visitor):
    page = await visitor.page(english=True)

    await page.goto(f"/en/{FRENCH_ONLY}/programme")

    await expect(page).to_have_url(re.compile(f"/{FRENCH_ONLY}/programme$"))
    assert await page.locator("html").get_attribute("lang") == "fr"


async def test_name_of_one_long_word_widens_no_page(windows: Windows, product: Product):
    slot, name, email = await product.open_slot(), "Ww" * 60, f"{'w' * 60}@{'w' * 60}.example"
    await product.register(slot.code, name, email)
    letter = await product.letter(email, about=slot.title_fr)
    registration = await product.database.fetchval(
        "SELECT r.code FROM registration r JOIN person p ON p.id = r.person WHERE p.email = $1", email
    )
    desk, door = f"/{EDITION}/accueil", f"/{EDITION}/portes/{slot.code}"
    paths = [letter.link(kind) for kind in ("billet", "agenda", "places")]
    paths += [f"{desk}?q={name[:4]}", f"{desk}/inscrire?name={name}", f"{desk}/billets/{registration}", door]
    paths += [f"/{EDITION}/organisation", f"/courrier?to={email}", f"/courrier/{letter.id}"]
    page = await windows.page(viewer="alice@example.ca")

    too_wide = []
    for path in paths:
        await page.goto(path)
        for width in (PHONE, DESKTOP):
            await page.set_viewport_size({"width": width, "height": 844})
            if path == door and width == PHONE:
                await page.get_by_role("button", name=f"Présence {name}").click()
                await expect(page.locator("#scan-result")).to_contain_text(name)
            if found := [*await clipped(page), *(["page"] if await scrolls_sideways(page) else [])]:
                too_wide.append((path, width, found))

    assert too_wide == [], too_wide

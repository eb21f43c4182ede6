"""Every page, in both languages, on a phone and on a wide screen: nothing broken, nothing for axe, a picture."""

import pytest
from playwright.async_api import Page

from tests.journeys.accessibility import findings, scrolls_sideways
from tests.journeys.browsing import DESKTOP, PHONE, Visitor, screenshot_path
from tests.pages import PAGES, Route, address, viewer_of

NARROWEST = 320


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("route", PAGES, ids=lambda route: route.name)
async def test_page_is_accessible_and_whole(visitor: Visitor, samples: dict[str, str], route: Route, language: str):
    page = await visitor.page(english=language == "en", viewer=viewer_of(route))
    path = address(route, samples)
    name = f"{route.name.replace(':', '-')}-{language}"

    answer = await page.goto(("/en" if language == "en" else "") + path)

    assert answer
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert await page.locator("html").get_attribute("lang") == language
    found = await look(page, f"{name}-{DESKTOP}")
    await page.emulate_media(color_scheme="dark")
    found += await findings(page, "color-contrast")
    await page.emulate_media(color_scheme="light")
    await page.set_viewport_size({"width": PHONE, "height": 844})
    found += await look(page, f"{name}-{PHONE}")
    await page.set_viewport_size({"width": NARROWEST, "height": 844})
    assert found == []
    assert not await scrolls_sideways(page)


async def look(page: Page, name: str) -> list[str]:
    """Takes the picture and gives what axe finds."""
    await page.screenshot(path=screenshot_path(name), full_page=True, animations="disabled")
    return await findings(page)

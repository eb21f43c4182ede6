"""A page that is whole: nothing for axe in either colour scheme, nothing past the window's edge; a picture if asked."""

import asyncio
import os

from playwright.async_api import Error, Page

from tests.journeys.accessibility import findings, scrolls_sideways
from tests.journeys.browsing import DESKTOP, NARROWEST, PHONE, screenshot_path

PICTURES = "PICTURES" in os.environ
"""Whether somebody wants to look at them (``make pictures``)."""

ON_A_PHONE = ("target-size", "scrollable-region-focusable")
"""The rules whose answer the width of the window changes; the others were asked on the desktop."""


async def expect_whole(page: Page, name: str) -> None:
    """Two widths, two colour schemes, text twice as large, and the narrowest window."""
    await page.wait_for_load_state()
    found = await _look(page, f"{name}-{DESKTOP}")
    await page.emulate_media(color_scheme="dark")
    found += await findings(page, "color-contrast")
    await asyncio.gather(  # drawn once
        page.emulate_media(color_scheme="light"), page.set_viewport_size({"width": PHONE, "height": 844})
    )
    found += await _look(page, f"{name}-{PHONE}", *ON_A_PHONE)
    assert found == []
    assert not await scrolls_sideways(page, text_size="200%")
    await page.set_viewport_size({"width": NARROWEST, "height": 844})
    assert not await scrolls_sideways(page)


async def expect_translated_whole(page: Page) -> None:
    """The same page in its other language, on a phone: what longer and shorter words may break there."""
    assert await findings(page, *ON_A_PHONE) == []
    assert not await scrolls_sideways(page)
    assert not await scrolls_sideways(page, text_size="200%")


async def _look(page: Page, name: str, *rules: str) -> list[str]:
    if PICTURES:
        await _picture(page, name)
    return await findings(page, *rules)


async def _picture(page: Page, name: str) -> None:
    """Once more where the browser, short of memory for a moment, could not draw it."""
    try:
        await page.screenshot(path=screenshot_path(name), full_page=True, animations="disabled")
    except Error as error:
        if "Unable to capture screenshot" not in error.message:
            raise
        await page.screenshot(path=screenshot_path(name), full_page=True, animations="disabled")

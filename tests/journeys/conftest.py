"""Browsers for the journeys."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Playwright, async_playwright, expect

from tests.journeys.browsing import Visitor, Windows, launch
from tests.product import PATIENCE, Product

pytest.register_assert_rewrite("tests.journeys.whole")  # what is wrong with a page is said in the failure
expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
async def playwright() -> AsyncIterator[Playwright]:
    async with async_playwright() as started:
        yield started


@pytest.fixture(scope="session")
async def chromium(playwright: Playwright) -> AsyncIterator[Browser]:
    browser = await launch(playwright)
    yield browser
    await browser.close()


@pytest.fixture
async def visitor(chromium: Browser, product: Product) -> AsyncIterator[Visitor]:
    """Whatever a page complains about while the test looks at it fails the test."""
    somebody = Visitor(chromium, product)
    yield somebody
    troubles = list(somebody.troubles)  # closing cuts off what a page is still fetching, and the page complains
    await somebody.close()
    assert troubles == []


@pytest.fixture(scope="module")
async def windows(chromium: Browser, product: Product) -> AsyncIterator[Windows]:
    visitor = Visitor(chromium, product)
    yield Windows(visitor)
    await visitor.close()

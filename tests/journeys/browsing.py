"""A browser that notices: errors of scripts, broken policies, files that do not come."""

import shutil
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Response

from tests.journeys.accessibility import AXE
from tests.product import EDITION, PATIENCE, Product

PHONE, DESKTOP = 390, 1280
NARROWEST = 320  # what WCAG asks for (1.4.10)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",  # what draws is software: a process of its own only adds copies
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ASSETS = frozenset({"document", "stylesheet", "script", "font", "image"})


async def launch(playwright: Playwright, *more: str) -> Browser:
    """The browser of this machine, else Playwright's own."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return await playwright.chromium.launch(executable_path=found, args=[*ARGUMENTS, *more])


class Visitor:
    """Opens pages of the product as somebody, and remembers what went wrong in them."""

    def __init__(self, browser: Browser, product: Product) -> None:
        self.browser = browser
        self.product = product
        self.troubles: list[str] = []
        self._contexts: list[BrowserContext] = []

    async def close(self) -> None:
        """Every window this visitor has opened."""
        for context in self._contexts:
            await context.close()

    async def page(
        self, *, width: int = DESKTOP, english: bool = False, scripts: bool = True, viewer: str | None = None
    ) -> Page:
        """A window of a browser of its own; ``viewer`` is the address of somebody signed in."""
        context = await self.browser.new_context(
            base_url=self.product.url,
            viewport={"width": width, "height": 844 if width < 600 else 900},
            has_touch=width < 600,
            java_script_enabled=scripts,
            locale="en-CA" if english else "fr-CA",
            timezone_id="America/Toronto",
            reduced_motion="reduce",
        )
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE * 1000)
        if viewer:
            token = await self.product.session(viewer)
            await context.add_cookies([{"name": "session", "value": token, "url": self.product.url}])
        page = await context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))
        page.on("response", self._answered)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        # A page that refuses something is an answer, not a fault; missing files are seen in _answered.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.troubles.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        kind = response.request.resource_type
        if response.status >= 500 or (response.status >= 400 and kind in _ASSETS - {"document"}):
            self.troubles.append(f"{response.status} for {response.url}")


class Windows:
    """One window for each viewer and language, kept open from page to page as people do."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self._pages: dict[tuple[str | None, bool], Page] = {}

    async def page(self, *, viewer: str | None, english: bool = False) -> Page:
        """At its full width, in light colours; in English on a phone, where the other language may break it."""
        self.visitor.troubles.clear()
        key = (viewer, english)
        if key not in self._pages:
            width = PHONE if english else DESKTOP
            self._pages[key] = await self.visitor.page(viewer=viewer, english=english, width=width)
            await self._pages[key].add_init_script(path=AXE)  # on every page it will be asked for
        page = self._pages[key]
        if not english:
            await page.set_viewport_size({"width": DESKTOP, "height": 900})
        return page


def programme(language: str = "fr") -> str:
    """The sample's main programme."""
    return f"{'/en' if language == 'en' else ''}/{EDITION}/programme"


def screenshot_path(name: str) -> Path:
    """Where anybody can look at it."""
    folder = Path(__file__).parents[2] / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.jpg"

"""What axe finds, and what it does not look for: a page that scrolls sideways, a focus that nobody sees."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Page

import digital_days

AXE = Path(digital_days.__file__).parent / "kernel" / "static" / "node_modules" / "axe-core" / "axe.min.js"

_RUN = """
async (rules) => {
  if (!("axe" in window)) return null;
  const options = { resultTypes: ["violations"], iframes: false, preload: false };
  if (rules.length) options.runOnly = { type: "rule", values: rules };
  return (await axe.run(document, options)).violations;
}
"""
_FOCUS = """
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const seen = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
    || style.boxShadow !== "none";
  const box = element.getBoundingClientRect();
  return {
    what: element.outerHTML.slice(0, 120),
    name: (element.getAttribute("aria-label") ?? element.innerText ?? "").trim(),
    id: element.id,
    visible: seen(getComputedStyle(element)) || seen(getComputedStyle(element, "::after")),
    on_screen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0
      && box.top < innerHeight && box.left < innerWidth,
  };
}
"""
_SIDEWAYS = """
async (size) => {
  await document.fonts.ready;
  const root = document.documentElement;
  root.style.fontSize = size;
  const sideways = root.scrollWidth > root.clientWidth;
  root.style.fontSize = "";
  return sideways;
}
"""


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8") + ";0"


async def findings(page: Page, *rules: str) -> list[str]:
    """Each violation in a line; by default of every rule that axe knows. Scripts of the policy are not needed."""
    violations: list[dict[str, Any]] | None = await page.evaluate(_RUN, list(rules))
    if violations is None:
        await page.evaluate(_axe())
        violations = await page.evaluate(_RUN, list(rules))
    assert violations is not None
    return [
        f"{violation['id']}: {node['html'][:160]} ({node.get('failureSummary', '')})"
        for violation in violations
        for node in violation["nodes"]
    ]


async def scrolls_sideways(page: Page, *, text_size: str = "100%") -> bool:
    """Whether the page is wider than its window, for a reader whose text is of this size."""
    return bool(await page.evaluate(_SIDEWAYS, text_size))


async def clipped(page: Page) -> list[str]:
    """Tickets and tables whose content does not fit into them."""
    found: list[str] = await page.locator(".ticket, .table-frame").evaluate_all(
        "(boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.className)"
    )
    return found


async def focused(page: Page) -> dict[str, Any] | None:
    """The element with the keyboard's focus: what it is, whether one sees that it has it, and whether it is in view."""
    found: dict[str, Any] | None = await page.evaluate(_FOCUS)
    return found

"""A piece and a picture of the sample's floor plan, in the running product."""

import re

from tests.kernel.photos import photo, saved
from tests.product import EDITION, Product

_PLAN = f"/{EDITION}/organisation/salon/plan"


async def plan_samples(product: Product) -> dict[str, str]:
    """A label of its own, and a picture that Alice has sent with a form that was refused: no plan shows it."""
    async with product.browser() as browser:
        browser.cookies.set("session", await product.session("alice@example.ca"))
        refused = await browser.post(
            f"{_PLAN}/salle", files={"picture": ("salle.png", saved(photo(400, 300), "PNG"), "image/png")}
        )
        label = {"kind": "label", "x": 2000, "y": 1450, "width": 300, "depth": 100, "label_fr": "Repos"}
        drawn = await browser.post(f"{_PLAN}/changements", json={"put": [label]})
    picture = re.search(r"/fond/(\w+\.webp)", refused.text)
    assert picture
    return {"shape": drawn.json()["codes"][0], "exhibitors:plan-picture:picture": picture[1]}

"""A small hall is drawn by mouse, and the same by forms and keyboard alone; two organisers draw at once."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.journeys.accessibility import findings
from tests.journeys.browsing import Visitor
from tests.journeys.whole import expect_whole
from tests.product import Product

WIDTH, DEPTH = 1200, 800
FACTS = """
    SELECT number, x, y, width, depth FROM booth b JOIN edition e ON e.id = b.edition WHERE e.slug = $1 ORDER BY number
"""


async def make_hall(product: Product, slug: str) -> str:
    """An edition whose hall is empty; the address of its plan."""
    async with product.database.acquire() as connection:
        edition = await connection.fetchval(
            """
            INSERT INTO edition (slug, name_fr, place_fr, starts_on, ends_on, postal_address, contact_email, announced)
            VALUES ($1, $2, 'Lachute', '2028-10-21', '2028-10-22', 'Lachute', 'info@jn.example', true) RETURNING id
            """,
            slug,
            f"Essai {slug}",
        )
        await connection.execute(
            "INSERT INTO floor_plan (edition, width, depth, updated_at) VALUES ($1, $2, $3, now())",
            edition,
            WIDTH,
            DEPTH,
        )
        await connection.execute(
            """
            INSERT INTO role_grant (person, edition, role, created_at)
            SELECT id, $1, 'organiser', now() FROM person WHERE account_email IN ('alice@example.ca', 'dora@example.ca')
            """,
            edition,
        )
    return f"/{slug}/organisation/salon/plan"


async def booths(product: Product, slug: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await product.database.fetch(FACTS, slug)]


class Drawing:
    """The drawing of a plan, with a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.message = page.locator("#plan-message")
        self.svg = page.locator("#plan-stage svg")

    async def open(self, path: str) -> None:
        await self.page.goto(path)
        await expect(self.page.locator("#plan-stage")).to_be_visible()

    def piece(self, name: str) -> Locator:
        return self.page.locator("#plan-stage").get_by_role("button", name=re.compile(rf"^{name},"))

    async def tool(self, name: str) -> None:
        await self.page.locator(".plan-tools label", has_text=name).click()

    async def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """In centimetres of the hall."""
        await self.svg.scroll_into_view_if_needed()
        box = await self.svg.bounding_box()
        assert box
        scale = box["width"] / WIDTH
        await self.page.mouse.move(box["x"] + start[0] * scale, box["y"] + start[1] * scale)
        await self.page.mouse.down()
        await self.page.mouse.move(box["x"] + end[0] * scale, box["y"] + end[1] * scale, steps=6)
        await self.page.mouse.up()


async def test_plan_is_drawn_moved_put_right_and_published(visitor: Visitor, product: Product):
    path = await make_hall(product, "essai-plan")
    page = await visitor.page(viewer="alice@example.ca")
    drawing = Drawing(page)
    await drawing.open(path)

    await drawing.tool("Kiosque")
    await drawing.drag((100, 100), (400, 300))
    await expect(drawing.message).to_have_text(
        "Enregistré : A1, 3,00 m sur 2,00 m, à 1,00 m de la gauche et 1,00 m du haut."
    )
    await drawing.drag((350, 150), (650, 350))
    await expect(page.locator("#findings")).to_contain_text("Se chevauchent : A1 et A2.")
    await drawing.tool("Entrée")
    await drawing.drag((0, 750), (200, 800))
    await expect(page.locator("#findings .finding")).to_have_count(1)
    assert await findings(page) == []

    await drawing.tool("Choisir et déplacer")
    await drawing.drag((500, 330), (620, 282))
    await expect(page.locator("#findings")).to_contain_text("Le contrôle n’a rien trouvé")
    assert await booths(product, "essai-plan") == [("A1", 100, 100, 300, 200), ("A2", 475, 100, 300, 200)]
    await page.get_by_role("button", name="Annuler le dernier changement").click()
    await expect(drawing.message).to_have_text("Le dernier changement est annulé.")
    await expect(page.locator("#findings")).to_contain_text("Se chevauchent : A1 et A2.")
    await page.locator("#findings a", has_text="A2").click()
    await page.locator("#plan-panel").get_by_label("De la gauche (m)").fill("4,5")
    await page.keyboard.press("Tab")
    await expect(drawing.message).to_contain_text("à 4,50 m de la gauche")
    await page.get_by_role("button", name="Dupliquer").click()
    await expect(drawing.piece("A3")).to_be_visible()
    await page.get_by_role("button", name="Enlever", exact=True).click()
    await expect(drawing.piece("A3")).to_have_count(0)
    await page.get_by_role("button", name="Annuler le dernier changement").click()
    await drawing.piece("A3").click()
    await expect_whole(page, "plan-editor")
    await page.get_by_role("button", name="Enlever", exact=True).click()

    await page.set_viewport_size({"width": 1280, "height": 900})
    await page.get_by_role("button", name="Publier le plan").click()
    await expect(page.locator("#flashes")).to_contain_text("Le plan est publié")


async def test_plan_is_drawn_by_keyboard_alone(visitor: Visitor, product: Product):
    path = await make_hall(product, "essai-touches")
    page = await visitor.page(viewer="alice@example.ca")
    drawing = Drawing(page)
    await drawing.open(path)

    await page.get_by_label("Kiosque", exact=True).focus()
    await page.keyboard.press("Space")
    await page.locator("#plan-stage").focus()
    await page.keyboard.press("Enter")
    await expect(drawing.message).to_contain_text("Enregistré : A1")
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowRight"):
        await page.keyboard.press(key)
    await expect(drawing.message).to_have_text(
        "Enregistré : A1, 3,25 m sur 2,00 m, à 0,50 m de la gauche et 0,25 m du haut."
    )
    await page.keyboard.press("Control+d")
    await expect(drawing.piece("A2")).to_be_visible()
    await page.keyboard.press("Control+z")
    await expect(drawing.piece("A2")).to_have_count(0)
    await page.keyboard.press("Escape")
    await drawing.piece("A1").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Delete")
    await expect(drawing.piece("A1")).to_have_count(0)
    await page.keyboard.press("Control+z")
    await expect(drawing.piece("A1")).to_be_visible()

    assert await booths(product, "essai-touches") == [("A1", 50, 25, 325, 200)]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
async def test_table_does_what_the_drawing_does(visitor: Visitor, product: Product, scripts: bool):
    slug = f"essai-tableau-{'oui' if scripts else 'non'}"
    path = await make_hall(product, slug)
    page = await visitor.page(viewer="alice@example.ca", scripts=scripts)

    await page.goto(f"{path}/tableau")
    await page.get_by_role("link", name="Ajouter des rangées").click()
    await page.get_by_label("Kiosques par rangée").fill("2")
    await page.get_by_label("Premier kiosque : à partir de la gauche (m)").fill("1,00")
    await page.get_by_role("button", name="Ajouter ces kiosques").click()
    await expect(page.locator("#flashes")).to_contain_text("2 kiosques sont ajoutés.")
    await page.get_by_role("link", name="Ajouter : Entrée").click()
    for label, value in (
        ("À partir de la gauche (m)", "0"),
        ("À partir du haut (m)", "7,6"),
        ("Largeur (m)", "2"),
        ("Profondeur (m)", "0,4"),
    ):
        await page.get_by_label(label).fill(value)
    await page.get_by_role("button", name="Enregistrer").click()
    await page.get_by_role("link", name="A2", exact=True).click()
    await page.get_by_label("Largeur (m)").fill("4,00")
    await page.get_by_role("button", name="Enregistrer").click()
    await page.get_by_role("link", name="Numéroter", exact=True).click()
    await page.get_by_label("Numéros : lettres devant").fill("K")
    await page.get_by_role("button", name="Voir l’aperçu").click()
    await expect(page.get_by_role("row", name="A2 K2")).to_be_visible()
    await page.get_by_role("button", name="Donner ces numéros").click()
    await expect(page.locator("#flashes")).to_contain_text("2 kiosques ont leur numéro.")

    assert await booths(product, slug) == [("K1", 100, 0, 300, 200), ("K2", 400, 0, 400, 200)]
    await expect(page.locator("#findings")).to_contain_text("Le contrôle n’a rien trouvé")


async def test_second_of_two_organisers_is_told_and_loses_nothing(visitor: Visitor, product: Product):
    path = await make_hall(product, "essai-a-deux")
    alice = Drawing(await visitor.page(viewer="alice@example.ca"))
    dora = Drawing(await visitor.page(viewer="dora@example.ca"))
    await alice.open(path)
    await alice.tool("Kiosque")
    await alice.drag((100, 100), (400, 300))
    await expect(alice.message).to_contain_text("Enregistré : A1")
    await dora.open(path)
    await dora.piece("A1").focus()
    await dora.page.keyboard.press("Enter")
    await dora.page.keyboard.down("ArrowDown")  # in hand while Alice moves it

    await alice.page.get_by_label("De la gauche (m)").fill("6")
    await alice.page.keyboard.press("Tab")
    await expect(alice.message).to_contain_text("à 6,00 m de la gauche")
    await dora.page.keyboard.up("ArrowDown")

    await expect(dora.message).to_contain_text("Quelqu’un a changé « A1 » entre-temps")
    await dora.page.get_by_role("button", name="Refaire mon changement").click()
    await expect(dora.message).to_contain_text("Enregistré : A1")
    [(_number, _x, y, _width, _depth)] = await booths(product, "essai-a-deux")
    assert y == 125
    await expect(alice.message).to_contain_text("Quelqu’un d’autre a changé le plan : A1.")

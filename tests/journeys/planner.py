"""The schedule's editor in a browser: an edition to build, and two hands to build it with, mouse and keyboard."""

import re

from playwright.async_api import Locator, Page, expect

from tests.product import Product

DAY = "2029-06-05"
LIBRARY, GARAGE = "Bibliothèque", "Garage"
ROOMS = (LIBRARY, GARAGE)
FIRST_HOUR, HALF_AN_HOUR = 7, 48  # where the grid begins, and how many pixels high
_AT = re.compile(r"(\w+), de (\d+) h(?: (\d+))? à (\d+) h(?: (\d+))?\.?$")


async def make_programme(product: Product, slug: str) -> None:
    """A day with two rooms and three activities of an hour that wait for a time; Alice and Dora organise it."""
    edition = await product.database.fetchval(
        """
        INSERT INTO edition (slug, name_fr, place_fr, starts_on, ends_on)
        VALUES ($1, 'Journée d’essai', 'Lachute', '2029-06-05', '2029-06-05') RETURNING id
        """,
        slug,
    )
    await product.database.execute(
        "INSERT INTO room (edition, name, capacity) SELECT $1, name, 20 FROM unnest($2::text[]) name", edition, ROOMS
    )
    await product.database.execute(
        """
        INSERT INTO activity (edition, code, source_id, title_fr, search_key)
        SELECT $1, left(md5($2 || title), 10), title, title, title FROM unnest($3::text[]) title
        """,
        edition,
        slug,
        ["Accueil", "Bases du Web", "Clés USB"],
    )
    await product.database.execute(
        """
        INSERT INTO role_grant (person, edition, role)
        SELECT id, $1, 'organiser' FROM person WHERE email IN ('alice@example.ca', 'dora@example.ca')
        """,
        edition,
    )


class Planner:
    """The page of the edition's only day."""

    def __init__(self, page: Page, slug: str) -> None:
        self.page = page
        self.slug = slug
        self.message = page.locator("#planner-message")

    async def open(self) -> None:
        await self.page.goto(f"/{self.slug}/organisation/horaire?jour={DAY}")
        await expect(self.page.locator(".planned-room")).to_have_count(len(ROOMS))

    async def leave_for(self, part: str) -> None:
        """Once the lists say what the grid says."""
        await expect(self.page.locator("#lists.htmx-request")).to_have_count(0)
        await self.page.goto(f"/{self.slug}/organisation/{part}")

    def slot(self, title: str) -> Locator:
        """Its button in the grid."""
        named = self.page.locator(".planned-title", has_text=title)
        return self.page.locator("#grid .ec-event:not(.ec-preview) button[data-slot]", has=named)

    def waiting(self, title: str) -> Locator:
        """In the list of what is to be placed."""
        return self.page.locator("#lists [data-activity]").filter(has_text=title)


class Mouse(Planner):
    """Drags."""

    async def place(self, title: str, room: str, at: float) -> None:
        await self._drag(self.waiting(title).locator("a"), *await self._point(room, at))

    async def move(self, title: str, room: str, at: float) -> None:
        x, y = await self._point(room, at)
        await self._drag(self.slot(title), x, y + 6)

    async def stretch(self, title: str, hours: float) -> None:
        edge = self.slot(title).locator("xpath=ancestor::article").locator(".ec-resizer")
        box = await edge.bounding_box()
        assert box
        await self._drag(edge, box["x"] + 6, box["y"] + 3 + 2 * HALF_AN_HOUR * hours)

    async def undo(self) -> None:
        await self.page.get_by_role("button", name="Annuler le dernier changement").click()

    async def publish(self, name: str) -> None:
        await self.leave_for("publication")
        await self.page.get_by_label("Nom de cette version").fill(name)
        await self.page.get_by_role("button", name=re.compile("^Publier")).click()

    async def _point(self, room: str, at: float) -> tuple[float, float]:
        column = self.page.locator(".ec-body .ec-day").nth(ROOMS.index(room))
        await self.page.locator("#grid").scroll_into_view_if_needed()
        box = await column.bounding_box()
        assert box
        return box["x"] + 40, box["y"] + 2 + (at - FIRST_HOUR) * 2 * HALF_AN_HOUR

    async def _drag(self, what: Locator, x: float, y: float) -> None:
        await what.hover(position={"x": 6, "y": 3})
        await self.page.mouse.down()
        await self.page.mouse.move(x, y - 20, steps=4)
        await self.page.mouse.move(x, y, steps=4)
        await self.page.mouse.up()


class Keyboard(Planner):
    """Never touches anything but keys."""

    async def place(self, title: str, room: str, at: float) -> None:
        await self._tab_to(self.waiting(title).get_by_role("button"))
        await self._press("Enter")
        await self._carry(room, at)

    async def move(self, title: str, room: str, at: float) -> None:
        await self._tab_to(self.slot(title))
        await self._press(" ")
        await self._carry(room, at)

    async def stretch(self, title: str, hours: float) -> None:
        await self._tab_to(self.slot(title))
        await self._press("Enter")
        await expect(self.page.get_by_role("dialog")).to_be_visible()
        await self._press("Enter")  # its first action: to take it by keyboard
        await expect(self.message).to_contain_text("est prise")
        for _quarter in range(int(hours * 4)):
            await self._press("Shift+ArrowDown")
        await self._press("Enter")

    async def undo(self) -> None:
        await self._tab_to(self.page.get_by_role("button", name="Annuler le dernier changement"))
        await self._press("Enter")

    async def publish(self, name: str) -> None:
        await self.leave_for("publication")
        await self._tab_to(self.page.get_by_label("Nom de cette version"))
        await self.page.keyboard.type(name)
        await self._press("Enter")

    async def _carry(self, room: str, at: float) -> None:
        await expect(self.message).to_contain_text("est prise")
        here, start = await self._position()
        for _step in range(abs(ROOMS.index(room) - ROOMS.index(here))):
            await self._press("ArrowRight" if ROOMS.index(room) > ROOMS.index(here) else "ArrowLeft")
        for _step in range(round(abs(at - start) * 4)):
            await self._press("ArrowDown" if at > start else "ArrowUp")
        assert await self._position() == (room, at)
        await self._press("Enter")

    async def _position(self) -> tuple[str, float]:
        found = _AT.search((await self.message.inner_text()).replace("\N{NO-BREAK SPACE}", " "))
        assert found
        return found[1], int(found[2]) + int(found[3] or 0) / 60

    async def _tab_to(self, aim: Locator) -> None:
        for _step in range(80):
            if await aim.evaluate("element => element === document.activeElement"):
                return
            await self._press("Tab")
        raise AssertionError("the keyboard does not get there")

    async def _press(self, key: str) -> None:
        await self.page.keyboard.press(key)

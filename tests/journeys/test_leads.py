"""At a booth: a phone is paired, a ticket read, the visitor decides, and takes it back at home."""

import re

from playwright.async_api import Page, expect

from digital_days.kernel import codes
from tests.exhibitors.live_fair import fair_samples
from tests.journeys.accessibility import findings, scrolls_sideways
from tests.journeys.browsing import DESKTOP, PHONE, Visitor, screenshot_path
from tests.product import EDITION, Product


async def expect_good(page: Page, name: str) -> None:
    """Nothing for axe, nothing wider than the window, and a picture."""
    assert await findings(page) == []
    assert not await scrolls_sideways(page)
    width = page.viewport_size["width"] if page.viewport_size else DESKTOP
    await page.screenshot(path=screenshot_path(f"leads-{name}-fr-{width}"), full_page=True)


async def exhibitor_of(product: Product, name: str, email: str) -> str:
    """The address of the space of somebody's exhibitor."""
    await product.person(name, email)
    return f"/{EDITION}/mon-kiosque/{(await fair_samples(product, name, email))['exhibitor']}"


async def visitor_of(product: Product, name: str, email: str) -> tuple[str, str]:
    """Somebody with a ticket: its code, and the link of the mail that brought it."""
    slot = await product.open_slot()
    await product.register(slot.code, name, email)
    link = (await product.letter(email, about=slot.title_fr)).link("billet")
    code = await product.database.fetchval(
        "SELECT r.code FROM registration r JOIN person p ON p.id = r.person WHERE p.email = $1", email
    )
    return str(code), link


async def test_visitor_decides_on_the_exhibitors_phone_and_takes_it_back_at_home(visitor: Visitor, product: Product):
    space = await exhibitor_of(product, "Odile Roy", "odile@example.ca")
    code, ticket = await visitor_of(product, "Marie Larocque", "marie.larocque@example.ca")
    desk = await visitor.page(viewer="odile@example.ca")
    phone, home = await visitor.page(width=PHONE), await visitor.page(width=PHONE)

    # The team adds a phone: its code holds a link, which the phone opens.
    await desk.goto(f"{space}/lecteurs")
    await desk.get_by_label("Nom du téléphone").fill("Téléphone d’Odile")
    await desk.get_by_role("button", name="Ajouter un téléphone").click()
    await expect(desk.get_by_role("img", name="Code à lire avec le téléphone")).to_be_visible()
    await expect_good(desk, "pairing-code")
    await desk.set_viewport_size({"width": PHONE, "height": 844})
    await expect_good(desk, "pairing-code")
    await desk.set_viewport_size({"width": DESKTOP, "height": 900})
    await desk.get_by_text("Le téléphone ne lit pas le code?").click()
    await phone.goto(await desk.locator("#pairing-address").inner_text())
    await expect_good(phone, "pairing")
    await phone.get_by_role("button", name="Jumeler ce téléphone").click()
    await expect(phone.get_by_role("heading", name="Lire les billets")).to_be_visible()
    await expect_good(phone, "scanner")

    # It reads a ticket and learns the first name.
    await phone.get_by_label("Code du billet").fill(code)
    await phone.get_by_role("button", name="Vérifier").click()
    result = phone.locator("#scan-result")
    await expect(result).to_contain_text("Bonjour Marie")
    assert "Larocque" not in await phone.content()
    await expect_good(phone, "scanned")
    await phone.wait_for_timeout(1600)  # a tap on an answer that has settled is a tap on this answer
    await result.get_by_role("link", name="Tendre le téléphone").click()
    await expect(phone.get_by_role("heading", name="Marie, c’est vous qui décidez")).to_be_visible()
    await expect(phone.get_by_role("checkbox")).not_to_be_checked()
    await expect_good(phone, "spot")
    await phone.get_by_role("button", name="Oui, je partage").click()
    await expect(phone.get_by_text("Vous pouvez rendre le téléphone")).to_be_visible()

    # The team sees what is shared, and notes what was said.
    await desk.goto(f"{space}/contacts")
    await expect(desk.get_by_role("row", name="Marie Larocque")).to_contain_text("marie.larocque@example.ca")
    await expect_good(desk, "list")
    await desk.get_by_role("link", name="Marie Larocque").click()
    await desk.get_by_label("Fort").check()
    await desk.get_by_role("textbox", name="Note").fill("A vu la démonstration.")
    await expect_good(desk, "notes")
    await desk.get_by_role("button", name="Enregistrer").click()
    await expect(desk.get_by_role("row", name="Marie Larocque")).to_contain_text("Fort")
    assert "Marie Larocque" in await file_of(desk, space)

    # At home the visitor sees it on the ticket's page, and takes it back.
    await home.goto(ticket)
    await home.get_by_role("link", name="Mes contacts au salon").click()
    await expect(home.get_by_text("sur le téléphone de l’exposant")).to_be_visible()
    await expect_good(home, "contacts")
    await home.get_by_role("button", name=re.compile("Reprendre mon accord")).click()
    await expect(home.get_by_text("Vous avez repris votre accord")).to_be_visible()
    await expect_good(home, "taken-back")

    await desk.reload()
    await expect(desk.get_by_text("A retiré son accord")).to_be_visible()
    assert [word in await desk.content() for word in ("Larocque", "marie.larocque")] == [False, False]
    assert "Larocque" not in await file_of(desk, space)
    await desk.set_viewport_size({"width": PHONE, "height": 844})
    await expect_good(desk, "list")


async def test_phone_that_is_taken_away_says_so_at_the_next_ticket(visitor: Visitor, product: Product):
    space = await exhibitor_of(product, "Paul Roy", "paul@example.ca")
    code, _ticket = await visitor_of(product, "Zoé Larocque", "zoe.larocque@example.ca")
    phone = await visitor.page(width=PHONE, viewer="paul@example.ca")
    await phone.goto(f"{space}/lecteurs")
    await phone.get_by_role("button", name="Utiliser ce téléphone").click()
    await expect(phone.get_by_label("Code du billet")).to_be_visible()
    await product.database.execute("UPDATE scanner SET revoked_at = now() WHERE revoked_at IS NULL")

    await phone.get_by_label("Code du billet").fill(code)
    await phone.get_by_role("button", name="Vérifier").click()

    answer = phone.locator("#scan-result")
    await expect(answer).to_contain_text("Ce téléphone ne lit plus de billets")
    await expect_good(phone, "ended")
    await phone.wait_for_timeout(1600)
    await answer.get_by_role("link", name="Que faire?").click()
    await expect(phone.get_by_text("demandez-lui un nouveau code")).to_be_visible()
    await expect_good(phone, "not-paired")


async def test_wrong_tickets_are_red_on_the_phone(visitor: Visitor, product: Product):
    space = await exhibitor_of(product, "Rosa Roy", "rosa@example.ca")
    phone = await visitor.page(width=PHONE, viewer="rosa@example.ca", scripts=False)
    await phone.goto(f"{space}/lecteurs")
    await phone.get_by_role("button", name="Utiliser ce téléphone").click()

    await phone.get_by_label("Code du billet").fill(codes.new_code())
    await phone.get_by_role("button", name="Vérifier").click()

    await expect(phone.locator("#scan-result")).to_contain_text("Billet inconnu")


async def file_of(page: Page, space: str) -> str:
    """The CSV that this person downloads."""
    answer = await page.request.get(f"{space}/contacts/fichier/csv")
    assert answer.ok
    return await answer.text()

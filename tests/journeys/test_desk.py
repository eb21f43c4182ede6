"""The welcome desk and a room's door: by camera, by hand scanner, by name; and a ticket for people without e-mail."""

import asyncio
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.async_api import Locator, Page, Playwright, Route, expect

from digital_days.kernel.i18n import TORONTO
from scheduling.domain.event_days import is_day_of
from tests.journeys.accessibility import findings
from tests.journeys.browsing import PHONE, Visitor, launch, screenshot_path
from tests.journeys.camera import film_of
from tests.journeys.whole import expect_whole
from tests.product import EDITION, Letter, OpenSlot, Product

DESK = f"/{EDITION}/accueil"
SETTLED = 1600
"""Milliseconds after which a tap on an answer is a tap on this answer."""


async def expect_welcome(page: Page, product: Product) -> None:
    """At once, or on whatever day the tests run: the sample's days come and go."""
    days = await product.database.fetchrow("SELECT starts_on, ends_on FROM edition WHERE slug = $1", EDITION)
    if not is_day_of(days["starts_on"], days["ends_on"], datetime.now(UTC)):
        await page.get_by_role("button", name="Noter quand même").press("Enter")
    await expect(page.locator("#scan-result")).to_contain_text("Bienvenue")
    assert await page.locator("#scan-result [data-tone]").get_attribute("data-tone") == "success"


async def ticket_of(product: Product, name: str, email: str) -> tuple[OpenSlot, Letter]:
    """Somebody takes a place and has the mail in hand."""
    slot = await product.open_slot()
    await product.register(slot.code, name, email)
    return slot, await product.letter(email, about=slot.title_fr)


def code_on(letter: Letter) -> str:
    """What a hand scanner types for the ticket of this mail."""
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(letter.attachments["billet.png"][1])))
    return str(found.text)


async def scan_by_hand(page: Page, code: str) -> None:
    """As a scanner does it: keys, then Enter."""
    await expect(page.get_by_label("Code du billet")).to_be_focused()
    await page.keyboard.type(code)
    await page.keyboard.press("Enter")


async def test_camera_welcomes_the_holder_of_a_ticket(playwright: Playwright, product: Product, tmp_path: Path):
    _slot, letter = await ticket_of(product, "Ana Roy", "ana@example.ca")
    browser = await launch(
        playwright,
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film_of(letter, tmp_path)}",
    )
    volunteer = Visitor(browser, product)
    page = await volunteer.page(width=PHONE, viewer="dora@example.ca")
    await page.context.grant_permissions(["camera"])

    await page.goto(DESK)  # an allowed camera opens by itself

    answer = page.locator("#scan-result")
    await expect(page.get_by_role("button", name="Fermer la caméra")).to_be_visible()
    await expect_welcome(page, product)
    await expect(answer).to_contain_text("Ana Roy")
    assert await findings(page) == []
    await page.screenshot(path=screenshot_path("site-desk-welcome-fr-390"), full_page=True)

    await page.get_by_label("Code du billet").fill("DD1NOBODYHASTHIS")  # while the ticket is still before the camera
    await page.keyboard.press("Enter")
    await expect(answer).to_contain_text("Billet inconnu")
    await page.wait_for_timeout(1000)
    await expect(answer).to_contain_text("Billet inconnu")
    await browser.close()
    assert volunteer.troubles == []


async def test_page_without_tls_says_why_there_is_no_camera(visitor: Visitor):
    page = await visitor.page(viewer="dora@example.ca")
    await page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")

    await page.goto(DESK)

    await expect(page.locator("[data-scanner-status]")).to_contain_text("n’est pas servie en https")
    await expect(page.get_by_role("button", name="Ouvrir la caméra")).to_be_hidden()


async def test_hand_scanner_is_told_who_is_in_already_and_what_is_no_ticket(visitor: Visitor, product: Product):
    _slot, letter = await ticket_of(product, "Luc Roy", "luc@example.ca")
    page = await visitor.page(viewer="dora@example.ca")
    answer = page.locator("#scan-result")
    await page.goto(DESK)

    await scan_by_hand(page, code_on(letter))
    await expect_welcome(page, product)
    await expect(answer).to_contain_text("Luc Roy")

    await scan_by_hand(page, code_on(letter))
    await expect(answer).to_contain_text("Déjà à l’intérieur")
    assert await answer.locator("[data-tone]").get_attribute("data-tone") == "error"
    assert await findings(page) == []

    await scan_by_hand(page, "DD1NOBODYHASTHIS")
    await expect(answer).to_contain_text("Billet inconnu")
    assert await answer.locator("[data-tone]").get_attribute("data-tone") == "error"


async def test_volunteer_finds_people_by_name_and_undoes_a_mistake(visitor: Visitor, product: Product):
    await ticket_of(product, "Théodora Çelik", "theodora@example.ca")
    page = await visitor.page(width=PHONE, viewer="dora@example.ca")
    await page.goto(DESK)

    await page.get_by_label("Nom, adresse ou numéro du billet").fill("theodora cel")
    row = page.get_by_role("row", name="Théodora Çelik")
    await row.get_by_role("button", name="Noter l’entrée").click()
    await expect_welcome(page, product)
    await expect(row).to_contain_text("Entrée à")
    assert await findings(page) == []
    await page.wait_for_timeout(SETTLED)
    await row.get_by_role("button", name="Annuler l’entrée").click()

    await expect(page.locator("#scan-result")).to_contain_text("Entrée annulée")
    await expect(row).to_contain_text("Pas encore là")


@pytest.mark.parametrize("at", ["desk", "door"])
async def test_second_tap_of_a_double_one_undoes_nothing(visitor: Visitor, product: Product, at: str):
    slot, letter = await ticket_of(product, "Léa Pressée", f"lea.{at}@example.ca")
    page = await visitor.page(width=PHONE, viewer="dora@example.ca")
    await page.goto(DESK if at == "desk" else f"/{EDITION}/portes/{slot.code}")
    answer, undo = page.locator("#scan-result"), page.get_by_role("button", name="Annuler cette")
    await page.get_by_label("Code du billet").fill(code_on(letter))

    await page.get_by_role("button", name="Vérifier").tap()
    await expect_welcome(page, product)
    await undo.tap()
    await page.wait_for_timeout(SETTLED)

    await expect(answer).to_contain_text("Bienvenue")
    await undo.tap()
    await expect(answer).to_contain_text("Entrée annulée" if at == "desk" else "Marque enlevée")


async def test_second_tap_on_a_list_that_moved_undoes_nothing(visitor: Visitor, product: Product):
    slot, _letter = await ticket_of(product, "Noé Pressé", "noe@example.ca")
    page = await visitor.page(viewer="dora@example.ca")
    await page.set_viewport_size({"width": 1280, "height": 500})
    await page.goto(f"/{EDITION}/portes/{slot.code}")
    row = page.get_by_role("row", name="Noé Pressé")
    undo = row.get_by_role("button", name="Annuler")
    x, y = await middle_of(row.get_by_role("button", name="Absence"))

    await page.mouse.click(x, y)
    await expect(undo).to_be_visible()
    await page.evaluate("by => scrollBy(0, by)", (await middle_of(undo))[1] - y)
    assert await undo.evaluate("(undo, at) => undo.contains(document.elementFromPoint(...at))", [x, y])
    await page.mouse.click(x, y)
    await page.wait_for_timeout(SETTLED)

    await expect(row).to_contain_text("Absence notée")


async def middle_of(button: Locator) -> tuple[float, float]:
    """In the window."""
    await button.scroll_into_view_if_needed()
    box = await button.bounding_box()
    assert box
    return round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2)


@pytest.mark.parametrize("at", ["desk", "door"])
async def test_who_was_signed_out_meanwhile_is_told_so_and_signs_in(visitor: Visitor, product: Product, at: str):
    slot, letter = await ticket_of(product, "Ivo Roy", f"ivo.{at}@example.ca")
    page = await visitor.page(viewer="dora@example.ca")
    here = DESK if at == "desk" else f"/{EDITION}/portes/{slot.code}"
    await page.goto(here)
    await page.context.clear_cookies()  # as signing out in another tab does

    await scan_by_hand(page, code_on(letter))

    answer = page.locator("#scan-result")
    await expect(answer).to_contain_text("Votre session est fermée")
    assert await findings(page) == []
    await answer.get_by_role("link", name="Me connecter").press("Enter")
    await expect(page).to_have_url(re.compile(f"/connexion.*{here.rpartition('/')[2]}"))


async def test_desk_opens_at_its_top_on_a_phone(visitor: Visitor):
    page = await visitor.page(width=PHONE, viewer="dora@example.ca")

    await page.goto(DESK)
    await page.wait_for_load_state("networkidle")

    await expect(page.get_by_label("Code du billet")).not_to_be_focused()
    assert await page.evaluate("scrollY") == 0


async def test_answer_comes_into_view_on_a_phone_after_the_search_and_after_a_code_typed(
    visitor: Visitor, product: Product
):
    await ticket_of(product, "Zoé Lointaine", "zoe@example.ca")
    page = await visitor.page(width=PHONE, viewer="dora@example.ca")
    answer = page.locator("#scan-result h2")
    await page.set_viewport_size({"width": PHONE, "height": 500})
    await page.goto(f"{DESK}?q=lointaine")

    await page.get_by_role("row", name="Zoé Lointaine").get_by_role("button", name="Noter l’entrée").click()
    await expect(answer).to_be_in_viewport()

    await page.get_by_label("Code du billet").fill("DD1NOBODYHASTHIS")
    await page.keyboard.press("Enter")
    await expect(answer).to_have_text("Billet inconnu")
    await expect(answer).to_be_in_viewport()


async def test_door_of_a_room_knows_who_came(visitor: Visitor, product: Product):
    slot, letter = await ticket_of(product, "Max Roy", "max@example.ca")
    page = await visitor.page(viewer="dora@example.ca")
    answer, row = page.locator("#scan-result"), page.get_by_role("row", name="Max Roy")
    await page.goto(f"/{EDITION}/portes?jour={slot.starts_at.astimezone(TORONTO).date()}")
    room = page.locator(".room", has_text=slot.title_fr)
    await room.locator("summary").click()
    door = room.get_by_role("link", name=slot.title_fr)
    assert await low_ones(room.locator("summary, a")) == []
    await door.click()
    assert await low_ones(row.get_by_role("button")) == []

    await scan_by_hand(page, code_on(letter))
    await expect_welcome(page, product)
    await expect(row).to_contain_text("Là depuis")
    await scan_by_hand(page, code_on(letter))
    await expect(answer).to_contain_text("Déjà là")
    assert await findings(page) == []
    await row.get_by_role("button", name="Annuler").click()
    await expect(row).to_contain_text("Pas encore là")
    await row.get_by_role("button", name="Absence").press("Enter")

    await expect(row).to_contain_text("Absence notée")
    states = await product.database.fetch(
        "SELECT a.state FROM attendance a JOIN slot s ON s.id = a.slot WHERE s.code = $1", slot.code
    )
    assert [state for (state,) in states] == ["absent"]


async def test_answers_in_quick_succession_cut_no_list_off(visitor: Visitor, product: Product):
    slot, _letter = await ticket_of(product, "Léo Pressé", "leo@example.ca")
    page = await visitor.page(viewer="dora@example.ca")
    await page.goto(f"/{EDITION}/portes?jour={slot.starts_at.astimezone(TORONTO).date()}")
    room = page.locator(".room", has_text=slot.title_fr)
    await room.locator("summary").click()
    await room.get_by_role("link", name=slot.title_fr).click()
    row = page.get_by_role("row", name="Léo Pressé")
    await expect(row).to_contain_text("Pas encore là")
    await page.route(page.url, slow_network)  # every list is still on its way when the next answer comes

    await row.get_by_role("button", name="Absence").press("Enter")
    await expect(page.locator("#scan-result")).to_contain_text("Léo Pressé")
    await row.get_by_role("button", name="Absence").press("Enter")

    await expect(row).to_contain_text("Absence notée")  # and the page has complained of nothing


async def slow_network(route: Route) -> None:
    if route.request.method == "GET":
        await asyncio.sleep(1)
    await route.continue_()


async def low_ones(controls: Locator) -> list[str]:
    """Those that a thumb easily misses."""
    heights: list[tuple[str, float]] = await controls.evaluate_all(
        "(all) => all.map((one) => [one.innerText, one.getBoundingClientRect().height])"
    )
    assert heights
    return [words for words, height in heights if height < 44]


async def test_desk_registers_somebody_without_email_and_prints_the_ticket(visitor: Visitor, product: Product):
    slot = await product.open_slot()
    page = await visitor.page(viewer="dora@example.ca")
    await page.goto(f"{DESK}/inscrire")
    send = page.get_by_role("button", name="Inscrire", exact=True)

    await send.click()
    await expect(page.locator("[data-error-summary]")).to_contain_text("Ce renseignement est nécessaire.")
    assert await findings(page) == []
    await page.get_by_label("Nom de la personne").fill("Gisèle Larocque")
    await page.get_by_text("Choisir des activités").click()
    await page.get_by_label(slot.title_fr).check()
    await page.locator("input[name=consent][value=registration]").check()
    await send.click()

    ticket = page.locator("article.ticket")
    await expect(ticket).to_contain_text("Gisèle Larocque")
    await expect(ticket).to_contain_text(slot.title_fr)
    await page.emulate_media(media="print")
    await expect(page.get_by_role("button", name="Imprimer")).to_be_hidden()
    await expect(page.locator(".menu")).to_be_hidden()
    await expect(ticket.locator(".ticket-code svg")).to_be_visible()
    await page.screenshot(path=screenshot_path("site-desk-ticket-print"), full_page=True)


async def test_door_says_what_its_people_need_on_the_list_and_when_they_come_in(visitor: Visitor, product: Product):
    slot, letter = await ticket_of(product, "Nina Besoin", "nina@example.ca")
    await product.database.execute(
        """
        INSERT INTO need (registration, interpreter, wheelchair, hearing, other, words, locale, said_at)
        SELECT r.id, true, true, false, 'chien guide', '', 'fr', now()
        FROM registration r JOIN person p ON p.id = r.person WHERE p.email = 'nina@example.ca'
        """
    )
    page = await visitor.page(viewer="dora@example.ca")

    await page.goto(f"/{EDITION}/portes/{slot.code}")
    row = page.get_by_role("row", name="Nina Besoin")

    await expect(row).to_contain_text("À prévoir : Interprète en langue des signes québécoise (LSQ), Place pour un")
    await page.get_by_label("Code du billet").fill(code_on(letter))
    await page.keyboard.press("Enter")
    await expect_welcome(page, product)
    await expect(page.locator("#scan-result")).to_contain_text("chien guide")
    await expect_whole(page, "door-with-needs")

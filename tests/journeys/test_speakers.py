"""A speaker fills in her page from the mail, by mouse, keyboard and finger; the organiser sees what she has said."""

from playwright.async_api import Locator, Page, expect

from tests.journeys.browsing import PHONE, Visitor
from tests.journeys.whole import expect_whole
from tests.kernel.photos import turned
from tests.product import EDITION, Product

LIST = f"/{EDITION}/organisation/intervenants"
THURSDAY, FRIDAY = "jeudi 21 octobre", "vendredi 22 octobre"


async def ticked(page: Page) -> dict[str, list[str]]:
    """By day, the half hours whose box is ticked."""
    found: dict[str, list[str]] = await page.locator("[data-painting] fieldset").evaluate_all(
        """
        (days) => Object.fromEntries(days.map((day) => [
          day.querySelector("legend").innerText.toLowerCase().replaceAll("\\u00a0", " "),
          [...day.querySelectorAll("[data-minute]:checked")].map(({ dataset: { minute } }) =>
            `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`),
        ]))
        """
    )
    return found


def box(page: Page, day: str, label: str) -> Locator:
    return page.get_by_role("group", name=day).get_by_label(label, exact=True)


async def middle(found: Locator) -> tuple[float, float]:
    place = await found.bounding_box()
    assert place
    return place["x"] + place["width"] / 2, place["y"] + place["height"] / 2


async def drag(page: Page, start: Locator, end: Locator) -> None:
    """From one box to the other, on the way a hand takes."""
    await start.scroll_into_view_if_needed()
    await end.scroll_into_view_if_needed()
    (x, y), (to_x, to_y) = await middle(start), await middle(end)
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move((x + to_x) / 2, (y + to_y) / 2, steps=4)
    await page.mouse.move(to_x, to_y, steps=4)
    await page.mouse.up()


async def test_speaker_keeps_her_page_by_the_link_of_the_mail(visitor: Visitor, product: Product):
    organiser = await visitor.page(viewer="alice@example.ca")
    await organiser.goto(LIST)
    await organiser.get_by_role("link", name="Ajouter une personne").click()
    await organiser.get_by_label("Nom", exact=True).fill("Rosalie Journée")
    await organiser.get_by_label("Adresse courriel").fill("rosalie@example.ca")
    await organiser.get_by_role("button", name="Enregistrer").click()
    await organiser.get_by_role("button", name="Envoyer le lien").click()
    await expect(organiser.locator("#flashes")).to_contain_text("Le lien part à l’adresse rosalie@example.ca.")
    letter = await product.letter("rosalie@example.ca", about="Votre fiche")

    page = await visitor.page()
    await page.goto(letter.link("ma-fiche"))
    await expect_whole(page, "own-page-of-somebody-new")
    await page.set_viewport_size({"width": 1280, "height": 900})

    # By mouse: a morning on both days, then an hour of it taken back.
    await drag(page, box(page, THURSDAY, "9 h à 9 h 30"), box(page, FRIDAY, "11 h 30 à 12 h"))
    await drag(page, box(page, FRIDAY, "11 h à 11 h 30"), box(page, FRIDAY, "11 h 30 à 12 h"))
    assert await ticked(page) == {
        THURSDAY: ["9:00", "9:30", "10:00", "10:30", "11:00", "11:30"],
        FRIDAY: ["9:00", "9:30", "10:00", "10:30"],
    }

    # By keyboard: from the box that has the focus (the last drag began there) down, painting, and across the days.
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Space")
    await page.keyboard.press("Shift+ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Shift+Space")
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("Home")
    await page.keyboard.press("Space")
    assert await ticked(page) == {
        THURSDAY: ["8:00", "9:00", "9:30", "10:00", "10:30", "11:00", "11:30", "13:30"],
        FRIDAY: ["9:00", "9:30", "10:00", "10:30", "12:30", "13:00", "13:30"],
    }

    # The whole day follows its boxes, and they follow it.
    friday = page.get_by_role("group", name=FRIDAY)
    await friday.get_by_label("Toute la journée").check()
    await expect(friday.locator("[data-minute]:not(:checked)")).to_have_count(0)
    await box(page, FRIDAY, "19 h 30 à 20 h").uncheck()
    await expect(friday.get_by_label("Toute la journée")).not_to_be_checked()

    await page.get_by_label("Biographie en français").fill("Rosalie répare des ordinateurs.")
    await page.get_by_label("Vos besoins").fill("Une prise de courant")
    await page.get_by_label("Portrait", exact=False).first.set_input_files(
        {"name": "moi.jpg", "mimeType": "image/jpeg", "buffer": saved_too_heavy()}
    )
    await expect(page.get_by_role("alert")).to_contain_text("8 Mo au plus")
    await page.locator("#field-photo").set_input_files(
        {"name": "moi.jpg", "mimeType": "image/jpeg", "buffer": turned("JPEG")}
    )
    await expect(page.get_by_role("alert")).to_have_count(0)
    await page.get_by_role("button", name="Enregistrer").click()
    await expect(page.locator("#flashes")).to_contain_text("C’est enregistré, merci.")
    expected = await ticked(page)
    assert expected[THURSDAY] == ["8:00", "9:00", "9:30", "10:00", "10:30", "11:00", "11:30", "13:30"]
    assert (len(expected[FRIDAY]), expected[FRIDAY][-1]) == (23, "19:00")

    await organiser.goto(f"{LIST}?q=rosalie")
    row = organiser.get_by_role("row", name="Rosalie Journée")
    await expect(row).to_contain_text("Lien envoyé")
    await expect(row).to_contain_text("Biographie en anglais")
    await expect(row).not_to_contain_text("Disponibilités")
    picture = row.locator("img")
    assert await picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 480
    await row.get_by_role("link", name="Rosalie Journée").click()
    assert await ticked(organiser) == expected
    await expect(organiser.get_by_label("Besoins")).to_have_value("Une prise de courant")
    await expect_whole(organiser, "speaker-edit-of-somebody-whole")


def saved_too_heavy() -> bytes:
    return b"\xff" * 8_000_001


async def test_finger_scrolls_unless_it_rests_and_boxes_work_without_scripts(visitor: Visitor, samples: dict[str, str]):
    path = f"/ma-fiche/{samples['scheduling:own-page:token']}"
    phone = await visitor.page(width=PHONE)
    await phone.goto(path)
    before = await ticked(phone)
    nine = box(phone, THURSDAY, "9 h à 9 h 30")
    await nine.scroll_into_view_if_needed()
    x, y = await middle(nine)
    touch = await phone.context.new_cdp_session(phone)

    async def finger(kind: str, *points: tuple[float, float]) -> None:
        await touch.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
        )

    await finger("touchStart", (x, y))
    for step in range(1, 6):
        await finger("touchMove", (x, y - 30 * step))
    await finger("touchEnd")
    assert await ticked(phone) == before

    await nine.scroll_into_view_if_needed()
    x, y = await middle(nine)
    await finger("touchStart", (x, y))
    await expect(nine).to_be_checked()
    for step in range(1, 6):
        await finger("touchMove", (x, y + 20 * step))
    await finger("touchEnd")
    assert (await ticked(phone))[THURSDAY] == ["9:00", "9:30", "10:00", "10:30"]

    plain = await visitor.page(scripts=False)
    await plain.goto(path)
    await plain.get_by_role("group", name=THURSDAY).get_by_label("Toute la journée").check()
    await box(plain, FRIDAY, "8 h 30 à 9 h").check()
    await plain.get_by_role("button", name="Enregistrer").click()
    await expect(plain.locator("#flashes")).to_contain_text("C’est enregistré, merci.")
    assert await plain.locator("[data-minute]:checked").count() == 25

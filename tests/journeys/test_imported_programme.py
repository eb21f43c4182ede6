"""A programme that is over, from another country, is tried out on days to come: people register, tickets leave."""

from pathlib import Path

from playwright.async_api import expect

from tests.journeys.accessibility import findings
from tests.journeys.browsing import PHONE, Visitor
from tests.journeys.test_visitor import register
from tests.journeys.words import speaker
from tests.product import Product
from tests.real_programmes import SHARED, needs_real_programmes
from tests.scheduling.imports.builders import as_json, event, schedule

TITLE = "Dessiner avec Python"
PYCON = SHARED / "pyconfr-2024.schedule.json"


def over(folder: Path) -> Path:
    """Two events of a morning in Paris, in 2020."""
    later = event(2, date="2027-10-22T10:15:00-04:00", start="10:15")
    text = as_json(schedule(event(1, title=TITLE), later, title="PyCamp")).decode()  # a name of no language
    for now, then in (("2027-", "2020-"), ("-04:00", "+02:00"), ("America/Toronto", "Europe/Paris")):
        text = text.replace(now, then)
    file = folder / "schedule.json"
    file.write_text(text)
    return file


async def test_visitor_registers_for_a_programme_of_the_past_once_it_is_moved(
    visitor: Visitor, product: Product, tmp_path: Path
):
    say, email = speaker("fr"), "zoe.essai@example.ca"
    arguments = ("import", str(over(tmp_path)), "--edition", "essai", "--first-day", "2030-11-05", "--seats", "3")
    dry = await product.command(*arguments, "--dry-run")
    await product.command(*arguments)
    again = await product.command(*arguments)
    page = await visitor.page(width=PHONE)

    await page.goto("/essai/programme")
    assert await findings(page) == []
    await page.get_by_role("heading", name=TITLE, exact=True).get_by_role("link").click()
    await expect(page.locator(".activity-slot").first).to_contain_text("5 novembre")
    await expect(page.locator(".activity-slot").first).to_contain_text("9 h à 10 h")
    await register(page, say, email)
    letter = await product.letter(email, about=TITLE)
    await page.goto(letter.link("billet"))

    await expect(page.get_by_role("heading", level=1)).to_have_text("Votre billet")
    await expect(page.locator(".ticket")).to_contain_text(TITLE)
    assert "5 novembre 2030" in letter.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "rien n’a été écrit" in dry
    assert "rien à changer" in again


@needs_real_programmes
async def test_real_programme_of_the_past_opens_registration_once_it_is_moved(visitor: Visitor, product: Product):
    await product.command("import", str(PYCON), "--edition", "pycon", "--first-day", "2031-11-05", "--seats", "3")
    code = await product.database.fetchval(
        """
        SELECT a.code FROM slot s JOIN activity a ON a.id = s.activity JOIN edition e ON e.id = a.edition
        WHERE e.slug = 'pycon' AND s.starts_at >= '2031-11-06 08:00-05' ORDER BY s.starts_at, s.id LIMIT 1
        """
    )
    page = await visitor.page()

    await page.goto(f"/pycon/activites/{code}")

    await expect(page.locator(".activity-slot").first).to_contain_text("6 novembre")
    await expect(page.get_by_role("button", name="Réserver ma place")).to_be_visible()

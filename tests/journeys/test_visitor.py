"""A visitor finds a workshop, takes a place, gets the ticket by mail, and gives the place back."""

import asyncio
import re
from typing import Any

import icalendar
import pytest
from playwright.async_api import Page, Route, expect

from tests.french import slips
from tests.journeys.accessibility import findings
from tests.journeys.browsing import DESKTOP, PHONE, Visitor, programme
from tests.journeys.words import Speaker, speaker
from tests.product import Letter, OpenSlot, Product


@pytest.mark.parametrize(
    ("language", "width", "scripts"), [("fr", PHONE, True), ("en", DESKTOP, False)], ids=["phone", "without-scripts"]
)
async def test_visitor_takes_a_place_and_gives_it_back(
    visitor: Visitor, product: Product, language: str, width: int, scripts: bool
):
    say, slot = speaker(language), await product.open_slot()
    title = slot.title_en if language == "en" else slot.title_fr
    email = f"zoe.{language}@example.ca"
    page = await visitor.page(width=width, english=language == "en", scripts=scripts)

    await find(page, say, title, programme(language), scripts=scripts)
    await register(page, say, email)
    letter = await product.letter(email, about=title)
    await open_ticket(page, say, letter, title)
    await expect_in_agenda(page, say, product, title)
    await give_back(page, say, title)

    assert await product.database.fetchval("SELECT taken FROM slot WHERE code = $1", slot.code) == 0
    cancelled = await product.letter(email, about=say("Place annulée : %(title)s", title=""))
    assert_calendars_agree(letter, cancelled, slot)
    if language == "fr":
        assert slips(without_addresses(letter.text + cancelled.text)) == []


async def find(page: Page, say: Speaker, title: str, address: str, *, scripts: bool) -> None:
    """By searching in the programme of all days."""
    await page.goto(address)
    await page.get_by_role("link", name=say("Tous les jours")).click()
    folded = page.get_by_text(say("Chercher et filtrer"))
    if await folded.is_visible():  # on a phone
        await folded.click()
    await page.get_by_label(say("Chercher"), exact=True).fill(title)
    if not scripts:  # with them the form sends itself
        await page.get_by_role("button", name=say("Filtrer")).click()
    found = page.get_by_role("heading", name=title, exact=True).get_by_role("link")
    await expect(page.locator(".results-count")).to_have_text(
        re.compile(r"^[1-9] \S+")
    )  # a word of one title stands in others
    await found.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(title)


async def register(page: Page, say: Speaker, email: str) -> None:
    """First without a word, which is refused in words; then as asked."""
    button = page.get_by_role("button", name=say("Réserver ma place"))
    await button.click()
    await expect(page.locator("[data-error-summary]")).to_contain_text(say("Écrivez votre nom."))
    await expect(page.get_by_label(say("Votre nom"))).to_be_in_viewport(ratio=1)
    await page.get_by_label(say("Votre nom")).fill("Zoé Côté")
    await page.get_by_label(say("Votre adresse courriel")).fill(email)
    await page.locator("input[name=consent][value=registration]").check()
    await button.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(say("Regardez vos courriels"))
    assert "courriel-envoye" in page.url


async def open_ticket(page: Page, say: Speaker, letter: Letter, title: str) -> None:
    """Through the mailbox, where the mail is shown as a mail program would."""
    await page.get_by_role("link", name=say("Ouvrir la boîte d’essai")).click()
    await page.get_by_role("link", name=letter.subject).first.click()
    mail = page.frame_locator("iframe")
    await expect(mail.get_by_alt_text(say("Code QR de votre billet"))).to_be_visible()
    async with page.context.expect_page() as opening:
        await mail.get_by_role("link", name=say("Voir mon billet")).click()
    ticket = await opening.value
    await expect(ticket.get_by_role("heading", level=1)).to_have_text(say("Votre billet"))
    await expect(ticket.locator(".ticket")).to_contain_text(title)
    await expect(ticket.locator(".ticket-code svg")).to_be_visible()
    await page.goto(ticket.url)
    await ticket.close()


async def expect_in_agenda(page: Page, say: Speaker, product: Product, title: str) -> None:
    """On the page, and in the feed that calendar programs read."""
    await page.locator("main").get_by_role("link", name=say("Mon agenda")).click()
    await expect(page.get_by_role("heading", name=title)).to_be_visible()
    await page.get_by_text(say("Dans votre propre calendrier")).click()
    address = (await page.locator(".feed-address").inner_text()).strip()
    async with product.browser() as calendar_program:
        feed = await calendar_program.get(address)
    events = icalendar.Calendar.from_ical(feed.content).walk("VEVENT")
    found = [(str(event["SUMMARY"]).replace("\N{NO-BREAK SPACE}", " "), str(event["STATUS"])) for event in events]
    assert found == [(title, "CONFIRMED")]


async def give_back(page: Page, say: Speaker, title: str) -> None:
    """The link shows a page; only its button gives the place back."""
    await page.get_by_role("link", name=say("Annuler ma place : %(title)s", title=title)).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(say("Annuler votre place?"))
    await page.get_by_role("button", name=say("Oui, annuler ma place")).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(say("Votre place est annulée"))


def assert_calendars_agree(taken: Letter, cancelled: Letter, slot: OpenSlot) -> None:
    """The same event, confirmed and then cancelled."""
    calendars = [invitation(letter) for letter in (taken, cancelled)]
    assert [str(calendar["METHOD"]) for calendar in calendars] == ["REQUEST", "CANCEL"]
    before, after = (calendar.walk("VEVENT")[0] for calendar in calendars)
    assert before["UID"] == after["UID"]
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert [event["DTSTART"].dt for event in (before, after)] == [slot.starts_at] * 2


def invitation(letter: Letter) -> Any:
    (content,) = [content for kind, content in letter.attachments.values() if kind.startswith("text/calendar")]
    return icalendar.Calendar.from_ical(content)


def without_addresses(text: str) -> str:
    return " ".join(word for word in text.split(" ") if "://" not in word)


PRESS_TWICE = """async (button) => {
    button.click();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const said = button.textContent.trim();
    button.click();
    await new Promise((resolve) => setTimeout(resolve, 200));
    return said;
}"""


async def press_twice_on_a_slow_network(page: Page, name: str) -> None:
    """The button says that it is at work, and the second time sends nothing."""
    asked: list[Route] = []
    waiting = asyncio.Event()

    async def hold(route: Route) -> None:
        asked.append(route)
        await waiting.wait()
        await route.continue_()

    await page.route("**/places", hold)
    button = await page.get_by_role("button", name=name).element_handle()
    said = await page.evaluate(PRESS_TWICE, button)
    assert (said, len(asked)) == ("Un instant…", 1)
    waiting.set()


async def test_full_workshop_answers_clearly(visitor: Visitor, product: Product):
    slot = await product.open_slot()
    page = await visitor.page(width=PHONE)
    await page.goto(f"/jn2027/activites/{slot.activity}")
    await product.database.execute("UPDATE slot SET seats = 1 WHERE code = $1", slot.code)
    await product.register(slot.code, "Ève Roy", "eve@example.ca")

    await page.get_by_label("Votre nom").fill("Léa Roy")
    await page.get_by_label("Votre adresse courriel").fill("lea@example.ca")
    await page.locator("input[name=consent][value=registration]").check()
    await press_twice_on_a_slow_network(page, "Réserver ma place")

    await expect(page.get_by_role("heading", level=1)).to_have_text("C’est complet")
    assert await findings(page) == []
    await page.get_by_role("link", name="Revenir à l’activité").click()
    await expect(page.locator(".activity-slot")).to_contain_text("Complet")
    assert await findings(page) == []
    assert await product.database.fetchval("SELECT taken FROM slot WHERE code = $1", slot.code) == 1


async def test_overlap_is_explained_in_the_mail_and_to_whoever_signed_in(visitor: Visitor, product: Product):
    held, wanted = await product.overlapping_slots()
    email = "noe@example.ca"
    await product.register(held.code, "Noé Roy", email)
    await product.letter(email, about=held.title_fr)

    await product.register(wanted.code, "Noé Roy", email)
    letter = await product.letter(email, about="Deux activités en même temps")
    page = await visitor.page(viewer=email)
    await page.goto(f"/jn2027/activites/{wanted.activity}?plage={wanted.code}")
    await page.locator("input[name=consent][value=registration]").check()
    await page.get_by_role("button", name="Réserver ma place").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("Deux activités en même temps")
    assert await findings(page) == []
    told = " ".join((await page.locator("main").inner_text()).split())
    for part in (held.title_fr, wanted.title_fr, held.hours, wanted.hours):
        assert part in told
        assert part in letter.text.replace("\N{NO-BREAK SPACE}", " ")
    assert slips(without_addresses(letter.text)) == []

    await page.get_by_role("button", name="Prendre cette place et annuler l’autre").click()
    await expect(page.get_by_role("heading", name=wanted.title_fr)).to_be_visible()
    await expect(page.get_by_role("heading", name=held.title_fr)).to_have_count(0)

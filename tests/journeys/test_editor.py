"""A small programme is built in the grid, by mouse and again by keyboard alone; two organisers at it at once."""

import asyncio
from datetime import datetime
from typing import Any

import icalendar
import pytest
from playwright.async_api import Page, expect

from digital_days.kernel.i18n import format_time_range
from tests.journeys.accessibility import findings
from tests.journeys.browsing import Visitor
from tests.journeys.planner import GARAGE, LIBRARY, Keyboard, Mouse, make_programme
from tests.product import PATIENCE, Letter, Product


@pytest.mark.parametrize("hand", [Mouse, Keyboard])
async def test_programme_is_built_released_changed_and_released_again(
    visitor: Visitor, product: Product, hand: type[Mouse] | type[Keyboard]
):
    slug = f"essai-{hand.__name__.lower()}"
    await make_programme(product, slug)
    page = await visitor.page(viewer="alice@example.ca")
    planner = hand(page, slug)
    await planner.open()

    await planner.place("Accueil", LIBRARY, 9)
    await expect(planner.message).to_have_text("« Accueil » est posée : Bibliothèque, 9 h à 10 h. Aucun conflit.")
    await planner.place("Bases du Web", LIBRARY, 9.5)
    await expect(planner.message).to_contain_text("Conflit : La salle est prise aussi par « Accueil ».")
    await expect(planner.slot("Accueil")).to_contain_text("La salle est prise aussi par « Bases du Web ».")
    await expect(page.locator("#lists .conflict")).to_contain_text("Impossible : La salle « Bibliothèque » est prise")
    assert await findings(page) == []
    await planner.move("Bases du Web", GARAGE, 10.25)
    await expect(planner.message).to_have_text("« Bases du Web » est posée : Garage, 10 h 15 à 11 h 15. Aucun conflit.")
    await planner.stretch("Bases du Web", 0.5)
    await expect(planner.message).to_contain_text("Garage, 10 h 15 à 11 h 45. Aucun conflit.")
    await expect(page.locator("#lists .conflict")).to_have_count(0)
    await planner.place("Clés USB", LIBRARY, 11)
    await expect(page.locator("#lists [data-activity]")).to_have_count(0)
    await planner.publish("Première version")
    await expect(page.locator("#flashes")).to_contain_text("« Première version » est publiée")
    first = {
        "Accueil": "9 h à 10 h, Bibliothèque",
        "Bases du Web": "10 h 15 à 11 h 45, Garage",
        "Clés USB": "11 h à 12 h, Bibliothèque",
    }
    await expect_public(page, slug, first)
    zoe = f"zoe@{slug}.example"
    ticket = await registered(page, product, slug, "Accueil", zoe)

    await planner.open()
    await planner.move("Accueil", GARAGE, 8.5)
    await expect(planner.message).to_contain_text("Garage, 8 h 30 à 9 h 30")
    await planner.undo()
    await expect(planner.message).to_have_text("Le dernier changement est annulé.")
    await expect(planner.slot("Accueil")).to_contain_text("Bibliothèque")
    await planner.move("Accueil", GARAGE, 9)
    await expect(planner.message).to_contain_text("Garage, 9 h à 10 h")
    await expect_public(page, slug, first)
    await planner.publish("Seconde version")
    await expect(page.locator("#flashes")).to_contain_text("« Seconde version » est publiée")
    await expect_public(page, slug, {**first, "Accueil": "9 h à 10 h, Garage"})
    changed = await product.letter(zoe, about="Changement au programme : Accueil")
    assert_moved(invited(ticket), invited(changed))


async def registered(page: Page, product: Product, slug: str, title: str, email: str) -> Letter:
    """Somebody takes a place in it; the mail with the ticket."""
    answer = await page.request.get(f"/api/v1/programme?edition={slug}")
    [slot] = [
        slot["code"]
        for activity in (await answer.json())["activities"]
        if activity["title"]["fr"] == title
        for slot in activity["slots"]
    ]
    await product.register(slot, "Zoé Côté", email)
    return await product.letter(email, about=title)


def invited(letter: Letter) -> Any:
    """The one entry of the mail's one calendar file."""
    [content] = [content for name, (_type, content) in letter.attachments.items() if name.endswith(".ics")]
    calendar: Any = icalendar.Calendar.from_ical(content)
    assert calendar["METHOD"] == "REQUEST"
    [event] = calendar.walk("VEVENT")
    return event


def assert_moved(before: Any, after: Any) -> None:
    """The same entry, which a calendar brings up to date: the same hours, another room."""
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert (after["DTSTART"].dt, after["DTEND"].dt) == (before["DTSTART"].dt, before["DTEND"].dt)
    assert (LIBRARY in before["LOCATION"], GARAGE in after["LOCATION"]) == (True, True)


async def expect_public(page: Page, slug: str, expected: dict[str, str]) -> None:
    """A second later at most."""
    found: dict[str, str] = {}
    for _try in range(int(PATIENCE / 0.2)):
        found = await public(page, slug)
        if found == expected:
            return
        await asyncio.sleep(0.2)
    assert found == expected


async def public(page: Page, slug: str) -> dict[str, str]:
    """Where and when each activity of the public programme is."""
    answer = await page.request.get(f"/api/v1/programme?edition={slug}")
    activities = (await answer.json())["activities"]
    return {
        activity["title"]["fr"]: f"{_hours(slot['starts_at'], slot['ends_at'])}, {slot['room']}"
        for activity in activities
        for slot in activity["slots"]
    }


def _hours(starts_at: str, ends_at: str) -> str:
    return " ".join(format_time_range(*map(datetime.fromisoformat, (starts_at, ends_at))).split())


async def test_organisers_see_each_others_moves_and_the_later_one_is_told(visitor: Visitor, product: Product):
    slug = "essai-deux"
    await make_programme(product, slug)
    alice = Mouse(await visitor.page(viewer="alice@example.ca"), slug)
    dora = Mouse(await visitor.page(viewer="dora@example.ca"), slug)
    await alice.open()
    await dora.open()

    await alice.place("Accueil", LIBRARY, 9)

    await expect(dora.message).to_have_text("Alice Gagnon a placé « Accueil » ici : Bibliothèque, 9 h à 10 h.")
    await expect(dora.page.locator(".planned--theirs")).to_contain_text("Accueil")
    await expect(dora.waiting("Accueil")).to_have_count(0)

    await dora.slot("Accueil").focus()
    await alice.place("Bases du Web", GARAGE, 9)
    await expect(dora.message).to_contain_text("« Bases du Web » ici : Garage, 9 h à 10 h.")
    await expect(dora.slot("Accueil")).to_be_focused()

    await dora.page.route("**/etat**", lambda route: route.fulfill(status=304))  # she has not seen it yet
    await alice.move("Accueil", GARAGE, 10)
    await expect(alice.message).to_contain_text("Garage, 10 h à 11 h")
    await dora.move("Accueil", LIBRARY, 11)

    await expect(dora.message).to_contain_text("Cette plage vient d’être changée par Alice Gagnon.")
    await expect(dora.message).to_contain_text("Elle est maintenant ici : Garage")
    await expect(dora.slot("Accueil")).to_contain_text("10 h – 11 h")


async def test_held_slot_goes_back_where_it_was(visitor: Visitor, product: Product):
    slug = "essai-retour"
    await make_programme(product, slug)
    hand = Keyboard(await visitor.page(viewer="alice@example.ca"), slug)
    await hand.open()

    await hand.waiting("Accueil").get_by_role("button").focus()
    for key in ("Enter", "ArrowRight", "+", "-", "Escape"):
        await hand.page.keyboard.press(key)

    await expect(hand.message).to_have_text("« Accueil » est revenue où elle était.")
    await expect(hand.slot("Accueil")).to_have_count(0)
    await expect(hand.waiting("Accueil").get_by_role("button")).to_be_focused()


async def test_step_is_chosen(visitor: Visitor, product: Product):
    slug = "essai-pas"
    await make_programme(product, slug)
    hand = Mouse(await visitor.page(viewer="alice@example.ca"), slug)
    await hand.open()

    await hand.page.get_by_label("Pas de la grille").select_option("5")
    await hand.place("Accueil", LIBRARY, 9 + 5 / 60)

    await expect(hand.message).to_contain_text("Bibliothèque, 9 h 05 à 10 h 05")

"""Signing in by a link in a mail: this browser, another one, and ending sessions."""

import re

from playwright.async_api import Page, expect

from tests.journeys.accessibility import findings
from tests.journeys.browsing import PHONE, Visitor
from tests.product import Product


async def ask_for_link(page: Page, product: Product, email: str) -> str:
    """The address in the mail."""
    before = await product.last_letter()
    await page.goto("/connexion")
    await page.get_by_label("Votre adresse courriel").fill(email)
    await page.get_by_role("button", name="M’envoyer le lien").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Regardez vos courriels")
    return (await product.letter(email, about="connexion", after=before)).link("connexion")


async def test_browser_that_asked_is_let_in_with_one_button_and_once(visitor: Visitor, product: Product):
    await product.person("Ida Roy", "ida@example.ca")
    page = await visitor.page(width=PHONE)

    link = await ask_for_link(page, product, "ida@example.ca")
    await page.goto(link)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Ida Roy")
    await page.get_by_role("button", name="Me connecter").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")
    await page.goto(link)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Votre session est déjà ouverte")
    assert await findings(page) == []
    await page.get_by_role("link", name="Continuer").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")

    signed_out = await visitor.page(width=PHONE)
    await signed_out.goto(link)
    await expect(signed_out.get_by_role("heading", level=1)).to_have_text("Ce lien a déjà servi")
    assert await findings(signed_out) == []


async def test_link_brings_people_back_to_where_they_were_going(visitor: Visitor, product: Product):
    await product.person("Rita Roy", "rita@example.ca")
    page = await visitor.page()
    before = await product.last_letter()

    await page.goto("/jn2027/mon-billet")
    await page.get_by_label("Votre adresse courriel").fill("rita@example.ca")
    await page.get_by_role("button", name="M’envoyer le lien").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Regardez vos courriels")
    await page.goto((await product.letter("rita@example.ca", about="connexion", after=before)).link("connexion"))
    await page.get_by_role("button", name="Me connecter").click()

    await expect(page).to_have_url(re.compile("/jn2027/mon-billet$"))


async def test_other_browser_confirms_first(visitor: Visitor, product: Product):
    await product.person("Ulla Roy", "ulla@example.ca")
    link = await ask_for_link(await visitor.page(), product, "ulla@example.ca")
    other = await visitor.page(width=PHONE)

    await other.goto(link)
    await expect(other.get_by_role("heading", level=1)).to_have_text("Est-ce bien vous?")
    assert await findings(other) == []
    await other.get_by_role("button", name="Oui, c’est moi").click()

    await expect(other.get_by_role("heading", level=1)).to_have_text("Mon compte")


async def test_session_of_another_device_is_ended_from_the_account(visitor: Visitor, product: Product):
    await product.person("Yan Roy", "yan@example.ca")
    here, there = await visitor.page(viewer="yan@example.ca"), await visitor.page(viewer="yan@example.ca")
    await there.goto("/compte")

    await here.goto("/compte")
    await here.get_by_role("button", name=re.compile("^Déconnecter")).click()

    await expect(here.locator("#flashes")).to_have_text("Cet appareil est déconnecté.")
    await there.goto("/compte")
    await expect(there).to_have_url(re.compile("/connexion"))
    await here.get_by_role("button", name="Me déconnecter", exact=True).last.click()
    await expect(here.locator("#flashes")).to_contain_text("Votre session est fermée.")


async def test_account_says_what_is_wrong_with_a_name(visitor: Visitor, product: Product):
    page = await visitor.page(viewer="bob@example.ca")

    await page.goto("/compte")
    await page.get_by_label("Votre nom").fill(" ")
    await page.get_by_role("button", name="Enregistrer").click()

    await expect(page.locator("[data-error-summary]")).to_contain_text("Ce renseignement est nécessaire.")
    assert await findings(page) == []

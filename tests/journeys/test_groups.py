"""Somebody signs in by a mail, registers colleagues out of a spreadsheet, gets one message, and fills a name in."""

import re

from playwright.async_api import FilePayload, expect

from tests.journeys.browsing import PHONE, Visitor
from tests.journeys.whole import expect_whole
from tests.product import Product

CONTACT = "gilles@example.ca"
SHEET = "nom;courriel;note\nHélène Roy;helene@example.ca;soir\nIvan Cyr;;\n"


def _file(text: str) -> FilePayload:
    return FilePayload(name="liste.csv", mimeType="text/csv", buffer=text.encode())


async def test_contact_signs_in_imports_colleagues_and_names_the_last_one_later(visitor: Visitor, product: Product):
    slot = await product.open_slot()
    before = await product.last_letter()
    page = await visitor.page(width=PHONE)
    await page.goto(f"/jn2027/activites/{slot.activity}")
    await page.get_by_role("link", name="Inscrire plusieurs personnes").click()
    await expect_whole(page, "group-start")
    await page.get_by_label("Votre nom").fill("Gilles Hébert")
    await page.get_by_label("Votre adresse courriel").fill(CONTACT)
    await page.get_by_role("button", name="Inscrire des collègues").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Regardez vos courriels")
    await page.goto((await product.letter(CONTACT, about="connexion", after=before)).link("connexion"))
    await page.get_by_role("button", name="Me connecter").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("Inscrire des collègues")
    await expect(page.locator(f"#slot-{slot.code}")).to_be_checked()
    await page.get_by_label("Entreprise ou organisme").fill("Garage Tremblay")
    await page.get_by_text("Prendre les noms d’un tableur").click()
    await page.get_by_label("Tableur", exact=True).set_input_files(files=[_file(SHEET + ";x\n")])
    await page.get_by_role("button", name="Lire le tableur").click()
    await expect(page.get_by_text(re.compile(r"Ligne\s4\s: il manque le nom"))).to_be_visible()
    await expect_whole(page, "group-form-wrong")
    await page.get_by_label("Tableur", exact=True).set_input_files(files=[_file(SHEET)])
    await page.get_by_role("button", name="Lire le tableur").click()
    await expect(page.get_by_label(re.compile("^Les personnes (?!que)"))).to_have_value(
        "Hélène Roy; helene@example.ca; soir\nIvan Cyr"
    )
    await page.get_by_label("Combien de personnes en tout").fill("3")
    await page.get_by_label(re.compile("Les personnes que j’inscris")).check()
    await expect_whole(page, "group-form")
    await page.get_by_role("button", name="Inscrire ce groupe").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("Garage Tremblay")
    await expect_whole(page, "group")
    message = await product.letter(CONTACT, about="Votre groupe : 3 billets", after=before)
    own = await product.letter("helene@example.ca", about="Votre billet", after=before)
    await product.settled()
    assert len([name for name in message.attachments if name.endswith(".png")]) == 3
    assert slot.title_fr in own.text.replace("\N{NO-BREAK SPACE}", " ")
    count = "SELECT count(*) FROM stored_mail WHERE id > $1 AND \"to\" IN ($2, 'helene@example.ca')"
    assert await product.database.fetchval(count, before, CONTACT) == 3  # the sign-in link is the third

    elsewhere = await visitor.page()
    await elsewhere.goto(message.link("groupes"))
    if not await elsewhere.get_by_role("button", name="Enregistrer les noms").count():  # the first link prints
        await elsewhere.get_by_role("link", name="Revenir au groupe").click()
    await elsewhere.get_by_role("article", name="Personne 3").get_by_label("Nom", exact=True).fill("Julie Vézina")
    await elsewhere.get_by_role("button", name="Enregistrer les noms").click()
    await expect(elsewhere.get_by_text("1 billet porte ce que vous avez écrit")).to_be_visible()
    await elsewhere.get_by_role("link", name="Imprimer tous les billets").click()
    await expect(elsewhere.locator(".ticket-person")).to_have_text(["Hélène Roy", "Ivan Cyr", "Julie Vézina"])
    await expect_whole(elsewhere, "group-tickets")
    assert visitor.troubles == []

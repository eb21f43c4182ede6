"""The whole way to a booth: call, answer, a booth drawn, taken while somebody looks on, billed, shown to visitors."""

import re

from playwright.async_api import Page, expect

from tests.exhibitors.live_fair import fair_samples
from tests.journeys.browsing import PHONE, Visitor
from tests.journeys.whole import expect_whole
from tests.pdf_text import text_of
from tests.product import EDITION, Product

ODETTE, OSCAR = "odette@example.ca", "oscar@example.ca"
FIRM = "Serres Odette"
ORGANISING = f"/{EDITION}/organisation/salon"


async def apply(page: Page, product: Product) -> None:
    """By somebody whom nobody knows here yet: the link that comes by mail opens the form."""
    before = await product.last_letter()
    await page.goto(f"/{EDITION}/exposer")
    await page.get_by_label("Votre nom").fill("Odette Hébert")
    await page.get_by_label("Votre adresse courriel").fill(ODETTE)
    await page.get_by_role("button", name="Recevoir le lien").click()
    await page.goto((await product.letter(ODETTE, about="connexion", after=before)).link("connexion"))
    await page.get_by_role("button", name="Me connecter").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Exposer au salon")
    await expect_whole(page, "fair-call-form")
    await page.get_by_label("Nom de votre organisation").fill(FIRM)
    await page.get_by_label(re.compile("^Fournisseurs")).check()
    await page.get_by_label("Ce que vous présenterez").fill("Des capteurs pour les serres.")
    await page.get_by_label(re.compile("J’accepte que l’équipe")).check()
    await page.get_by_role("button", name="Envoyer ma candidature").click()
    await expect(page.get_by_text("il nous faut l’adresse de facturation").first).to_be_visible()
    await page.get_by_label("Adresse de facturation").fill("12, rang du Nord\nLachute (Québec)")
    await page.get_by_role("button", name="Envoyer ma candidature").click()
    await expect(page.get_by_text("Votre candidature est envoyée.")).to_be_visible()


async def accept(page: Page) -> None:
    """The organiser reads the message before it leaves."""
    await page.goto(f"{ORGANISING}/candidatures")
    await page.get_by_role("link", name=FIRM).click()
    await page.locator("summary").filter(has_text="Accepter").click()
    form = page.locator(".decision-accepted")
    await form.get_by_label("Message", exact=True).fill("Bienvenue au salon!\n\nChoisissez votre kiosque.")
    await form.get_by_role("button", name="Voir le message avant de décider").click()
    await expect(page.get_by_role("heading", name="Le message, avant qu’il parte")).to_be_visible()
    await expect_whole(page, "fair-decision")
    await page.get_by_role("button", name="Décider et envoyer").click()
    await expect(page.get_by_text("C’est décidé : 1 message part.")).to_be_visible()


async def draw(page: Page, number: str) -> None:
    """One more booth, by a form."""
    await page.goto(f"{ORGANISING}/plan")
    await page.get_by_role("link", name="Ajouter un kiosque par un formulaire").click()
    await page.get_by_label("Numéro", exact=False).first.fill(number)
    for name, metres in (("x", "20,20"), ("y", "5,50"), ("width", "1,80"), ("depth", "2,00")):
        await page.locator(f"#field-{name}").fill(metres)
    await page.get_by_label(re.compile("^Catégorie")).select_option(label="Fournisseurs")
    await page.get_by_role("button", name="Enregistrer").click()
    await expect(page.get_by_text(re.compile("Kiosque|kiosque")).first).to_be_visible()


async def test_exhibitor_applies_books_and_is_billed_while_another_looks_on(visitor: Visitor, product: Product):
    await product.person("Oscar Roy", OSCAR)
    other = (await fair_samples(product, "Oscar Roy", OSCAR))["exhibitor"]
    await product.database.execute(
        "DELETE FROM booking WHERE exhibitor = (SELECT id FROM exhibitor WHERE code = $1)", other
    )
    alice = await visitor.page(viewer="alice@example.ca")
    odette, oscar = await visitor.page(width=PHONE), await visitor.page(viewer=OSCAR)
    before = await product.last_letter()

    await apply(odette, product)
    await accept(alice)
    await draw(alice, "Z9")
    answer = await product.letter(ODETTE, about="Votre candidature est acceptée", after=before)
    await odette.goto(answer.link("mon-kiosque"))
    await odette.get_by_role("navigation", name="Espace exposant").get_by_role("link", name="Kiosque").click()
    await oscar.goto(f"/{EDITION}/mon-kiosque/{other}/kiosque")
    row = oscar.get_by_role("row").filter(has=oscar.get_by_role("rowheader", name="Z9"))
    await expect(row.get_by_role("button", name="Choisir")).to_be_visible()
    await expect_whole(odette, "fair-choose")

    await odette.get_by_role("button", name=re.compile(r"Choisir\s+Z9")).click()
    await expect(odette.get_by_role("heading", level=1)).to_have_text(re.compile("Réserver le kiosque.Z9"))
    await expect(odette.get_by_text(re.compile(r"Il vous reste 14.min"))).to_be_visible()
    # The other one, who looks at the plan, sees it go without loading the page again; and is told when it is asked for.
    await expect(row.get_by_role("button", name="Choisir")).to_be_hidden()
    await expect_whole(odette, "fair-hold")
    await odette.get_by_label(re.compile("Écran")).fill("1")
    await odette.get_by_role("button", name="Calculer le total").click()
    await expect(odette.get_by_text(re.compile(r"390,92.\$"))).to_be_visible()
    await odette.get_by_label(re.compile("J’accepte ces conditions")).check()
    await odette.get_by_role("button", name=re.compile("Réserver le kiosque")).click()
    await expect(odette.get_by_role("heading", level=1)).to_have_text("Mon kiosque")

    booked = await product.letter(ODETTE, about="Z9", after=before)
    assert any(kind.startswith("text/calendar") for kind, _content in booked.attachments.values())
    bill = await product.letter(ODETTE, about="acture", after=before)
    [pdf] = [content for kind, content in bill.attachments.values() if kind == "application/pdf"]
    said = re.sub(r"\s", "", text_of(pdf))
    for words in (FIRM.replace(" ", ""), "340,00$", "17,00$", "33,92$", "390,92$", "123456789RT0001"):
        assert words in said

    await odette.get_by_role("navigation", name="Espace exposant").get_by_role("link", name="Factures").click()
    await expect(odette.get_by_text(re.compile(r"390,92.\$")).first).to_be_visible()
    await expect_whole(odette, "fair-invoices")
    await odette.get_by_role("navigation", name="Espace exposant").get_by_role("link", name="Fiche publique").click()
    await odette.get_by_label(re.compile("^En une phrase")).first.fill("Des capteurs pour vos serres.")
    await odette.get_by_role("button", name="Enregistrer").first.click()
    await odette.get_by_role("link", name=re.compile("aperçu", re.IGNORECASE)).first.click()
    await odette.get_by_role("button", name="Publier la fiche").click()
    guest = await visitor.page(width=PHONE)
    await guest.goto(f"/{EDITION}/salon?q=serres")
    await expect(guest.get_by_role("article").filter(has_text=FIRM)).to_contain_text("Z9")
    await alice.goto(ORGANISING)
    await expect(alice.get_by_text(re.compile(r"Facturé.:"))).to_be_visible()
    await expect_whole(alice, "fair-overview")

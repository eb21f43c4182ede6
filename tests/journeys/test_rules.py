"""An organiser asks a question and reserves a seat; somebody answers, puts the answer right; the organiser reads it.

The desk asks it of a walk-in; the audience with the seat stays in its list.
"""

from playwright.async_api import expect

from tests.journeys.browsing import DESKTOP, PHONE, Visitor
from tests.journeys.whole import expect_whole
from tests.product import EDITION, Product


async def test_question_is_asked_answered_put_right_and_read(visitor: Visitor, product: Product):
    slot = await product.open_slot()
    await product.page(f"/{EDITION}/organisation/activites", viewer="alice@example.ca")  # the draft is made
    planned = await product.database.fetchval(
        """
        SELECT d.code FROM activity a JOIN edition e ON e.draft_of = a.edition
        JOIN activity d ON d.edition = e.id AND d.source_id = a.source_id WHERE a.code = $1
        """,
        slot.activity,
    )
    organiser = await visitor.page(viewer="alice@example.ca")

    await organiser.goto(f"/{EDITION}/organisation/activites/{planned}")
    await organiser.get_by_role("link", name="Places et règles").click()
    await organiser.get_by_label("Places réservées (facultatif)").fill("1")
    await organiser.get_by_label("Pour quel public").select_option(label="Grand public")
    await organiser.get_by_role("textbox", name="Ce qu’il faut pour participer", exact=False).first.fill(
        "Apporter un ordinateur portable."
    )
    await organiser.get_by_label("Nouvelle question").select_option(label="Un choix dans une liste")
    await organiser.get_by_role("button", name="Ajouter cette question").click()
    question = organiser.get_by_role("group", name="Question 1")
    await question.get_by_label("Question", exact=True).fill("Votre niveau")
    await question.get_by_label("Réponses possibles").first.fill("Débutant\nÀ l’aise")
    await question.get_by_label("Réponse", exact=True).select_option("nécessaire")
    await organiser.get_by_role("button", name="Mettre l’aperçu à jour").click()
    await expect(organiser.locator(".rules-preview")).to_contain_text("Débutant")
    await expect_whole(organiser, "activity-rules")
    await organiser.get_by_role("button", name="Enregistrer").first.click()
    await expect(organiser.locator("#flashes")).to_contain_text("Elles comptent dès maintenant")

    person = await visitor.page(width=PHONE)
    await person.goto(f"/{EDITION}/activites/{slot.activity}?plage={slot.code}")
    await expect(person.get_by_text("Apporter un ordinateur portable.")).to_be_visible()
    await person.get_by_label("Votre nom").fill("Lise Réponse")
    await person.get_by_label("Votre adresse courriel").fill("lise@example.ca")
    await person.get_by_label("Vous venez comme…").select_option("Autre")
    await person.locator("#field-consent").check()
    await expect_whole(person, "activity-with-questions")
    await person.set_viewport_size({"width": PHONE, "height": 844})
    await person.get_by_role("button", name="Réserver ma place").click()
    await expect(person.get_by_role("alert")).to_contain_text("Choisissez une réponse.")
    await expect(person.get_by_label("Votre nom")).to_have_value("Lise Réponse")
    await person.get_by_label("Débutant").check()
    await person.get_by_label("Je confirme que j’ai ce qu’il faut.").check()
    await person.get_by_role("button", name="Réserver ma place").click()
    await expect(person.get_by_role("heading", name="Regardez vos courriels")).to_be_visible()

    letter = await product.letter("lise@example.ca", about=slot.title_fr)
    await person.goto(letter.link("places"))
    await expect(person.get_by_label("Débutant")).to_be_checked()
    await expect_whole(person, "place-with-answers")
    await person.get_by_label("À l’aise").check()
    await person.get_by_role("button", name="Enregistrer mes réponses").click()
    await expect(person.locator("#flashes")).to_have_text("Vos réponses sont enregistrées.")

    await organiser.reload()
    await organiser.get_by_role("link", name="1 personne a répondu").click()
    await expect(organiser.get_by_role("row", name="Lise Réponse")).to_contain_text("À l’aise")
    await expect_whole(organiser, "slot-answers")

    desk = await visitor.page(viewer="dora@example.ca")
    await desk.goto(f"/{EDITION}/accueil/inscrire?name=Walter Passant")
    await desk.get_by_text("Choisir des activités").click()
    await desk.locator(f"#slot-{slot.code}").check()
    await desk.locator("#field-consent").check()
    await desk.get_by_role("button", name="Inscrire", exact=True).click()
    await expect(desk.get_by_role("heading", name="À demander : Walter Passant")).to_be_visible()
    await expect(desk.get_by_text("Apporter un ordinateur portable.")).to_be_visible()
    await expect_whole(desk, "desk-questions")
    await desk.set_viewport_size({"width": DESKTOP, "height": 900})
    await desk.get_by_role("link", name="Plus tard").click()
    await expect(desk.get_by_text("1 question obligatoire est sans réponse.")).to_be_visible()
    await expect_whole(desk, "desk-ticket-with-questions")
    await desk.get_by_role("link", name="Poser les questions").click()
    await desk.get_by_label("La personne vient comme…").select_option("Grand public")
    await desk.get_by_label("À l’aise").check()
    await desk.get_by_role("button", name="Noter les réponses").click()
    await expect(desk.locator("#flashes")).to_have_text("C’est noté.")
    await organiser.reload()
    await expect(organiser.get_by_role("row", name="Walter Passant")).to_contain_text("À l’aise")

    await organiser.set_viewport_size({"width": DESKTOP, "height": 900})
    await organiser.goto(f"/{EDITION}/organisation/themes")
    await organiser.get_by_role("link", name="Enlever « Grand public »").click()
    await expect(organiser.get_by_role("button", name="Enlever")).to_have_count(0)
    await expect_whole(organiser, "label-removal-with-seats")
    await organiser.set_viewport_size({"width": DESKTOP, "height": 900})
    await organiser.get_by_role("link", name="Places et règles : ").click()
    await expect(organiser.get_by_label("Pour quel public")).to_have_value("grand-public")

"""The pages of taking part and wishing, as people fill them in."""

import re
from datetime import timedelta
from urllib.parse import unquote

import httpx
import pytest

from digital_days.kernel import clock, database
from tests.conftest import sign_in
from tests.factories import Made, make_activity, make_edition, make_person, make_slot
from tests.letters_read import letter
from tests.matchmaking.factories import (
    MORNING,
    made,
    make_meeting,
    make_organisation,
    make_participant,
    make_speed_dating,
)
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")
OWN = "/jn2027/mes-rencontres"
NBSP = "\N{NO-BREAK SPACE}"
SAID = {"side": "business", "name": "Moulin du Nord", "languages": "fr", "agreed": "yes", "needs": "vendre"}


@pytest.fixture
async def edition(client: httpx.AsyncClient) -> Made:
    made_edition = await make_edition()
    await make_speed_dating(made_edition)
    await made("need_term", edition=made_edition.id, slug="vendre", name_fr="Vendre en ligne")
    bob = await make_person()
    await made("registration", code="BOBSTICKET", person=bob, edition=made_edition.id)
    await sign_in(client, bob)
    return made_edition


async def test_form_leads_to_the_wishes_and_opens_as_it_was_left(client: httpx.AsyncClient, edition: Made):
    said = {**SAID, "about": "Farine d’ici.", "absent": ["1", "3"], "most": "4", "sector": "agriculture", "size": "2-9"}

    answer = await client.post(f"{OWN}/participation", data=said)

    assert (answer.status_code, answer.headers["location"]) == (303, f"{OWN}/souhaits")
    text = (await client.get(f"{OWN}/participation")).text
    for words in ("Vous participez", "Moulin du Nord", "Farine d’ici.", 'value="4"'):
        assert words in text
    ticked = re.findall(r'name="absent" value="(\d)" checked', text)
    assert ticked == ["1", "3"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"side": "both"}, "Cette réponse ne convient pas."),
        ({"name": ""}, "Ce renseignement est nécessaire."),
        ({"agreed": ""}, "Sans votre accord"),
        ({"languages": "de"}, "Choisissez au moins une langue."),
        ({"most": "many"}, "Écrivez un nombre entier"),
        ({"most": "2", "least": "3"}, "c’est l’un ou l’autre"),
        ({"sector": "moon"}, "Choisissez dans la liste."),
        ({"about": "x" * 1001}, "C’est trop long"),
    ],
)
async def test_wrong_answer_is_said_and_nothing_is_lost(
    client: httpx.AsyncClient, edition: Made, wrong: dict[str, str], sentence: str
):
    answer = await client.post(f"{OWN}/participation", data={**SAID, "role": "Meunière", **wrong})

    assert answer.status_code == 422
    assert (sentence in answer.text, "Meunière" in answer.text) == (True, True)
    assert await database.fetch("SELECT FROM match_participant") == []


async def test_newcomer_without_an_account_is_sent_the_link_to_the_form(client: httpx.AsyncClient, edition: Made):
    client.cookies.clear()
    page = (await client.get("/jn2027/rencontres-eclair")).text
    wanted = f"{OWN}/participation"
    assert ('action="/connexion"' in page, f'name="next" value="{wanted}"' in page, 'name="name"' in page) == (
        True,
    ) * 3

    said = {"name": "Nadia Nouvelle", "email": "nadia@example.ca", "next": wanted}
    answer = await client.post("/connexion", data=said)

    assert answer.status_code == 303
    mail = await letter("site.sign-in")
    assert (mail.to_email, wanted in unquote(mail.text)) == ("nadia@example.ca", True)


async def test_wishes_are_counted_whatever_is_looked_for(client: httpx.AsyncClient, edition: Made):
    await client.post(f"{OWN}/participation", data=SAID)
    cle, cje = await _resource(edition, "CLE"), await _resource(edition, "CJE")
    await client.post(f"{OWN}/souhaits", data={f"wish-{cle.code}": "must", f"wish-{cje.code}": "like"})

    page = (await client.get(f"{OWN}/souhaits?q=rien")).text.replace(NBSP, " ")

    assert ("Absolument : 1 sur 5. J’aimerais : 1." in page, "CLE" in page.partition("<main")[2]) == (True, False)


async def test_agenda_is_shown_instead_of_asked_for(client: httpx.AsyncClient, edition: Made):
    [bob] = await database.fetch("SELECT id FROM person")
    slot = await make_slot(await make_activity(edition, "Mots de passe"), starts_at=MORNING)
    await made("place", code="PLACE00001", slot=slot.id, person=bob["id"], state="confirmed")
    times = {"starts_at": MORNING, "ends_at": MORNING + timedelta(hours=1)}
    await made("agenda_entry", person=bob["id"], source="scheduling.place", source_code="PLACE00001", **times)

    await client.post(f"{OWN}/participation", data=SAID)
    [seat] = await database.fetch("SELECT id, code FROM match_participant")
    cle = await make_organisation(edition, "CLE", side="resource")
    carole = await make_participant(edition, cle, await make_person("Carole Roy", "carole@example.ca"))
    await make_meeting(edition, Made(seat["id"], seat["code"]), carole, began=MORNING + timedelta(minutes=80))

    text = (await client.get(f"{OWN}/participation")).text

    assert ("Déjà dans votre agenda" in text, "Mots de passe" in text) == (True, True)
    assert "Carole" not in text  # a meeting is no reason for none


async def test_closed_form_is_not_there(client: httpx.AsyncClient, edition: Made):
    await database.fetch("UPDATE speed_dating SET closes_at = $1", clock.now())

    shown, sent = await client.get(f"{OWN}/participation"), await client.post(f"{OWN}/participation", data=SAID)

    assert ("Les inscriptions sont fermées" in shown.text, 'name="side"' in shown.text) == (True, False)
    assert sent.status_code == 409


async def _resource(edition: Made, name: str) -> Made:
    organisation = await make_organisation(edition, name, side="resource", about="Nous aidons.")
    await make_participant(edition, organisation)
    return organisation


async def test_wishes_are_kept_and_shown_in_as_many_queries_for_more(client: httpx.AsyncClient, edition: Made):
    await client.post(f"{OWN}/participation", data=SAID)
    cle = await _resource(edition, "CLE d’Argenteuil")
    async with counted_statements() as few:
        await client.get(f"{OWN}/souhaits")
    for number in range(3):
        await _resource(edition, f"Ressource {number}")

    answer = await client.post(f"{OWN}/souhaits?q=cle", data={f"wish-{cle.code}": "must"})

    assert (answer.status_code, answer.headers["location"]) == (303, f"{OWN}/souhaits?q=cle")
    async with counted_statements() as more:
        text = (await client.get(f"{OWN}/souhaits")).text
    assert f'name="wish-{cle.code}" value="must" checked' in text
    assert len(few) == len(more)


async def test_best_fit_is_suggested_with_its_reasons_until_it_has_an_answer(client: httpx.AsyncClient, edition: Made):
    await client.post(f"{OWN}/participation", data=SAID)
    cle = await _resource(edition, "CLE d’Argenteuil")
    await _resource(edition, "CJE")
    [term] = await database.fetch("SELECT id FROM need_term")
    await made("match_need", organisation=cle.id, need=term["id"])

    async def cards() -> list[tuple[bool, list[str]]]:
        text = (await client.get(f"{OWN}/souhaits")).text
        return [("Suggestion" in card, re.findall("<li>([^<]+)</li>", card)) for card in text.split("<fieldset")[1:]]

    spoken = f"Langue commune{NBSP}: en français."
    need, first = f"Un besoin en commun{NBSP}: Vendre en ligne.", "Une première rencontre."
    assert await cards() == [(True, [need, spoken, first]), (False, [spoken, first])]
    await client.post(f"{OWN}/souhaits", data={f"wish-{cle.code}": "like"})
    assert [suggested for suggested, _why in await cards()] == [False, False]


async def test_stranger_s_code_is_not_found_and_too_much_is_said(client: httpx.AsyncClient, edition: Made):
    await client.post(f"{OWN}/participation", data=SAID)
    resources = [await _resource(edition, f"R{number}") for number in range(6)]

    strange = await client.post(f"{OWN}/souhaits", data={"wish-NOBODY": "must"})
    much = await client.post(f"{OWN}/souhaits", data={f"wish-{each.code}": "must" for each in resources})

    assert (strange.status_code, much.status_code) == (404, 409)
    assert "de 5 organisations au plus" in much.text


async def test_no_thanks_is_seen_on_no_page_of_the_other_side(client: httpx.AsyncClient, edition: Made):
    await client.post(f"{OWN}/participation", data=SAID)
    cle = await make_organisation(edition, "CLE", side="resource")
    carole = await make_person("Carole Roy", "carole@example.ca")
    await make_participant(edition, cle, carole)
    pages = ("/souhaits", "/participation")

    async def seen() -> list[str]:
        await sign_in(client, carole)
        return [_plain((await client.get(OWN + page)).text) for page in pages]

    await seen()  # Bob's own notice goes with the first page
    before = await seen()
    [row] = await database.fetch("SELECT id FROM match_organisation WHERE side = 'business'")
    await made("match_wish", by=row["id"], about=cle.id, strength="no", created_at=clock.now())

    assert await seen() == before


def _plain(text: str) -> str:
    return re.sub(r"nonce-\S+|\b[0-9a-f]{16,}\b", "", text)


async def test_invitation_says_where_to_agree_and_nothing_to_others(client: httpx.AsyncClient, edition: Made):
    before = await client.post(f"{OWN}/participation/collegue", data={"colleague": "Ève", "email": "eve@example.ca"})
    await client.post(f"{OWN}/participation", data=SAID)
    wrong = await client.post(f"{OWN}/participation/collegue", data={"colleague": "Ève", "email": "eve"})
    sent = await client.post(f"{OWN}/participation/collegue", data={"colleague": "Ève", "email": "eve@example.ca"})

    assert (before.status_code, wrong.status_code, sent.status_code) == (404, 422, 303)
    mails = await database.fetch("SELECT topic FROM outbox_message WHERE topic = 'matchmaking.colleague'")
    assert len(mails) == 1


async def test_leaving_says_so(client: httpx.AsyncClient, edition: Made):
    await client.post(f"{OWN}/participation", data=SAID)

    answer = await client.post(f"{OWN}/participation/quitter")

    assert (answer.status_code, answer.headers["location"]) == (303, "/jn2027/rencontres-eclair")
    assert "Vous ne participez plus" in (await client.get(f"{OWN}/participation")).text


async def test_erasing_leaves_nothing_of_what_was_said_and_cancels_the_meetings(
    client: httpx.AsyncClient, edition: Made
):
    await client.post(f"{OWN}/participation", data={**SAID, "about": "Farine d’ici."})
    [seat] = await database.fetch("SELECT id, code FROM match_participant")
    advisor = await make_participant(edition, await make_organisation(edition, "CLE", side="resource"))
    await make_meeting(edition, Made(**seat), advisor, began=clock.now() + timedelta(hours=1))

    answer = await client.post(f"{OWN}/participation/effacer")

    assert (answer.status_code, answer.headers["location"]) == (303, "/jn2027/rencontres-eclair")
    text = (await client.get(f"{OWN}/participation")).text
    assert ("C’est effacé" in text, "Vous ne participez plus" in text, "Farine d’ici." in text) == (True, True, False)
    assert [row["state"] for row in await database.fetch("SELECT state FROM meeting")] == ["cancelled"]


async def test_public_page_says_when_it_opens_and_when_it_is_over(client: httpx.AsyncClient, edition: Made):
    async def shown(**columns: object) -> str:
        for name, value in columns.items():
            await database.fetch(f"UPDATE speed_dating SET {name} = $1", value)
        return (await client.get("/jn2027/rencontres-eclair")).text

    now = clock.now()
    assert "Participer" in await shown()
    assert "Les inscriptions ouvrent le" in await shown(opens_at=now + timedelta(days=1))
    assert "Les inscriptions sont fermées" in await shown(opens_at=now - timedelta(days=2), closes_at=now)
    assert "Pas encore annoncées" in await shown(sessions="[]")

"""A ticket before an exhibitor's phone: what it answers, and that it learns the first name alone."""

from datetime import timedelta

import httpx
import pytest
from litestar import Litestar

from digital_days.kernel import clock, database
from exhibitors.routes.scanner import OF_A_PHONE
from tests.exhibitors.factories import make_category, make_exhibitor, make_member
from tests.exhibitors.met import (
    SCRIPT,
    Fair,
    agreements_of,
    another_browser,
    make_met_fair,
    make_visitor,
    met,
    phone_of,
    shared,
    ticket_of,
)
from tests.factories import Made, make_edition, make_person

pytestmark = pytest.mark.usefixtures("db")

PERSONAL = ("Tremblay", "bob@example.ca", "example.ca")


@pytest.fixture
async def fair(app: Litestar, client: httpx.AsyncClient) -> Fair:
    return await make_met_fair()


@pytest.fixture
async def phone(client: httpx.AsyncClient, fair: Fair) -> httpx.AsyncClient:
    client.headers["origin"] = "http://test.example"
    client.cookies.set("scanner", (await phone_of(fair))[0])
    return client


async def read(phone: httpx.AsyncClient, ticket: str, **headers: str) -> httpx.Response:
    return await phone.post("/jn2027/lecteur", data={"ticket": ticket}, headers=headers)


def personal_in(text: str) -> list[str]:
    return [word for word in PERSONAL if word in text]


@pytest.mark.parametrize("headers", [{}, SCRIPT])
async def test_phone_is_told_the_first_name_and_nothing_else(
    phone: httpx.AsyncClient, fair: Fair, headers: dict[str, str]
):
    answer = await read(phone, ticket_of(fair.bob), **headers)
    [row] = await database.fetch("SELECT code FROM lead")
    others = [await phone.get(f"/jn2027/lecteur/contacts/{row['code']}/{page}") for page in ("accord", "notes")]

    assert (answer.status_code, "Bonjour Bob" in answer.text, "Tendre le téléphone" in answer.text) == (200, True, True)
    assert ("<html" in answer.text) == (not headers)
    assert [page.status_code for page in others] == [200, 200]
    assert [personal_in(page.text) + personal_in(str(page.headers)) for page in (answer, *others)] == [[]] * 3
    assert fair.bob.code not in answer.text


async def test_code_typed_reads_as_the_symbol_does_and_again_is_the_same_lead(phone: httpx.AsyncClient, fair: Fair):
    await read(phone, ticket_of(fair.bob))
    typed = f"{fair.bob.code[:5].lower()}-{fair.bob.code[5:].lower()}"

    again = await read(phone, typed)

    assert "Bonjour Bob" in again.text
    [row] = await database.fetch("SELECT count(*) AS leads FROM lead")
    assert row["leads"] == 1


async def test_phone_is_told_who_shares_already_and_nothing_of_what(phone: httpx.AsyncClient, fair: Fair):
    await shared(fair)

    answer = await read(phone, ticket_of(fair.bob))

    assert "partage déjà son nom et son adresse courriel" in answer.text
    assert ("Tendre le téléphone" in answer.text, personal_in(answer.text)) == (False, [])


async def test_ticket_of_another_edition_is_no_lead_and_says_which_it_is(phone: httpx.AsyncClient, fair: Fair):
    foreign = await make_visitor(await make_edition("cafe2028", name="Café numérique"), "Zoé Roy", "zoe@example.ca")

    answers = [await read(phone, ticket, **SCRIPT) for ticket in (ticket_of(foreign), foreign.code)]

    assert [(answer.status_code, "Billet d’un autre événement" in answer.text) for answer in answers] == [
        (409, True)
    ] * 2
    assert ["Café numérique" in answer.text for answer in answers] == [True, True]
    assert [word in answers[0].text for word in ("Zoé", "Roy", "zoe")] == [False] * 3
    assert await database.fetch("SELECT FROM lead") == []


async def test_cancelled_unknown_and_own_tickets_are_told_apart_and_no_leads(phone: httpx.AsyncClient, fair: Fair):
    cancelled = await make_visitor(fair.edition, "Charlie Roy", "charlie@example.ca", state="cancelled")
    colleague = await make_visitor(fair.edition, "Dora Roy", "dora@example.ca")
    await make_member(fair.exhibitor.id, colleague.id, is_contact=False)
    badge = await make_visitor(fair.edition, "Éva Roy", "")
    await database.fetch(
        """
        INSERT INTO staff_badge (code, exhibitor, name, registration, created_at)
        SELECT 'BADGE00001', $1, 'Éva Roy', id, now() FROM registration WHERE code = $2
        """,
        fair.exhibitor.id,
        badge.code,
    )

    tickets = [*map(ticket_of, (cancelled, colleague, badge)), ticket_of(Made(0, "0000000000")), "bonjour", ""]
    answers = [await read(phone, ticket, **SCRIPT) for ticket in tickets]

    assert [answer.status_code for answer in answers] == [409, 409, 409, 404, 404, 404]
    own, unknown = "Quelqu’un de votre équipe", "Billet inconnu"
    said = ["Inscription annulée", own, own, unknown, unknown, unknown]
    assert [words in answer.text for words, answer in zip(said, answers, strict=True)] == [True] * 6
    assert ["data-tone" in answer.text for answer in answers] == [True] * 6
    assert await database.fetch("SELECT FROM lead") == []


async def test_ticket_without_address_is_a_lead_with_nothing_to_share(phone: httpx.AsyncClient, fair: Fair):
    pupil = await make_visitor(fair.edition, "Zoé", "")

    answer = await read(phone, ticket_of(pupil))

    assert "Ce billet n’a pas d’adresse courriel" in answer.text
    assert "Tendre le téléphone" not in answer.text


async def test_codes_are_not_guessed_by_a_phone(phone: httpx.AsyncClient, fair: Fair):
    statuses = [(await read(phone, f"{number:010}", **SCRIPT)).status_code for number in range(OF_A_PHONE)]

    stopped = await read(phone, ticket_of(fair.bob), **SCRIPT)

    assert set(statuses) == {404}
    assert (stopped.status_code, "data-tone" in stopped.text, "Bonjour" in stopped.text) == (429, True, False)
    assert int(stopped.headers["retry-after"]) > 0
    assert await database.fetch("SELECT FROM lead") == []


async def test_visitor_says_yes_on_the_exhibitors_phone_in_the_words_on_it(phone: httpx.AsyncClient, fair: Fair):
    lead = await met(fair)
    asked = await phone.get(f"/jn2027/lecteur/contacts/{lead}/accord")

    said = await phone.post(f"/jn2027/lecteur/contacts/{lead}/accord", data={"answer": "yes"})

    [row] = await database.fetch("SELECT text, version, locale, how, given_at, withdrawn_at FROM lead_consent")
    assert (row["version"], row["locale"], row["how"], row["withdrawn_at"]) == (1, "fr", "exhibitor_phone", None)
    assert (row["text"] in asked.text, "Atelier du Nord" in row["text"], "nom" in row["text"]) == (True, True, True)
    assert abs(row["given_at"] - clock.now()) < timedelta(minutes=1)
    assert "checked" not in asked.text
    assert (said.status_code, said.headers["location"]) == (303, "/jn2027/lecteur")
    assert personal_in((await phone.get("/jn2027/lecteur")).text) == []


async def test_english_words_are_on_record_where_english_was_read(phone: httpx.AsyncClient, fair: Fair):
    lead = await met(fair)

    await phone.post(f"/en/jn2027/lecteur/contacts/{lead}/accord", data={"answer": "yes"})

    [row] = await database.fetch("SELECT locale FROM lead_consent")
    assert row["locale"] == "en"


async def test_no_on_the_exhibitors_phone_shares_nothing(phone: httpx.AsyncClient, fair: Fair):
    lead = await met(fair)

    for data in ({"answer": "no", "support": "yes"}, {"answer": "maybe"}, {}):
        await phone.post(f"/jn2027/lecteur/contacts/{lead}/accord", data=data)

    assert await agreements_of(lead) == []
    [row] = await database.fetch("SELECT declined_at IS NOT NULL AS declined, next_step FROM lead")
    assert (row["declined"], row["next_step"]) == (True, "")


async def test_nobody_answers_for_the_visitor_once_they_have_gone(phone: httpx.AsyncClient, fair: Fair):
    lead = await met(fair)
    path = f"/jn2027/lecteur/contacts/{lead}/accord"

    with clock.stopped_at(clock.now() + timedelta(minutes=16)):
        page, said = await phone.get(path), await phone.post(path, data={"answer": "yes"})

    assert ("Oui, je partage" in page.text, "plus de 15 minutes" in page.text) == (False, True)
    assert (said.status_code, await agreements_of(lead)) == (409, [])


async def test_phone_knows_no_lead_of_another_exhibitor(phone: httpx.AsyncClient, fair: Fair):
    charlie = await make_person("Charlie Roy", "charlie@example.ca")
    foreign = await make_exhibitor(fair.edition, await make_category(fair.edition), charlie, name="Ailleurs inc.")
    lead = await met(fair, phone=(await phone_of(fair, foreign, charlie))[1])
    paths = [f"/jn2027/lecteur/contacts/{lead}/{page}" for page in ("accord", "notes")]

    answers = [*[await phone.get(path) for path in paths], *[await phone.post(path, data={}) for path in paths]]

    assert [answer.status_code for answer in answers] == [404] * 4


async def test_team_notes_the_meeting_on_the_phone(phone: httpx.AsyncClient, fair: Fair, app: Litestar):
    lead = await met(fair)
    path = f"/jn2027/lecteur/contacts/{lead}/notes"
    [row] = await database.fetch("SELECT updated_at::text AS version FROM lead")
    data = {"note": "A vu la démonstration.", "interest": "3", "next_step": "call", "version": row["version"]}

    saved = await phone.post(path, data=data)
    overtaken = await phone.post(path, data={**data, "note": "Autre chose"})
    async with another_browser(app) as stranger:
        refused = await stranger.post(path, data=data)

    assert (saved.status_code, refused.status_code, refused.headers["location"]) == (303, 303, "/jn2027/lecteur")
    assert (overtaken.status_code, "A vu la démonstration." in overtaken.text, "Autre chose" in overtaken.text) == (
        409,
        True,
        True,
    )
    [kept] = await database.fetch("SELECT note, interest, next_step FROM lead")
    assert (kept["note"], kept["interest"], kept["next_step"]) == ("A vu la démonstration.", 3, "call")

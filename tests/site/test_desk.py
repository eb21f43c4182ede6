"""The welcome desk's page: green, or red with the reason; by ticket or by name; for those who may."""

from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.permissions import Role
from tests.conftest import sign_in
from tests.desk_factories import (
    MORNING,
    give_place,
    make_attendee,
    make_volunteer,
    ticket_of,
    volunteer_signs_in,
)
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_room, make_slot
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")

SCRIPT = {"hx-request": "true"}


async def a_desk(client: httpx.AsyncClient, role: Role = Role.DESK) -> Made:
    edition = await make_edition()
    await volunteer_signs_in(client, edition, role)
    return edition


async def scan(client: httpx.AsyncClient, ticket: str, **headers: str) -> httpx.Response:
    return await client.post("/jn2027/accueil", data={"ticket": ticket}, headers=headers)


@pytest.mark.parametrize("headers", [{}, SCRIPT])
async def test_ticket_is_welcome_with_name_and_activities_those_of_other_days_with_their_date(
    client: httpx.AsyncClient, headers: dict[str, str]
):
    edition = await a_desk(client)
    bob = await make_attendee(edition)
    room = await make_room(edition)
    await give_place(bob, await make_slot(await make_activity(edition), room=room))
    tomorrow = await make_slot(await make_activity(edition, "Demain"), starts_at=IN_A_YEAR + timedelta(days=1))
    await give_place(bob, tomorrow)

    with clock.stopped_at(MORNING):
        answer = await scan(client, ticket_of(bob), **headers)

    assert answer.status_code == 200
    assert 'data-tone="success"' in answer.text
    assert "Bob Tremblay" in answer.text
    assert "Mots de passe solides" in answer.text
    assert "<li>9\N{NO-BREAK SPACE}h à 10\N{NO-BREAK SPACE}h · Mots" in answer.text
    assert (
        "<li>vendredi 22\N{NO-BREAK SPACE}octobre 2027, 9\N{NO-BREAK SPACE}h à 10\N{NO-BREAK SPACE}h · Demain"
        in answer.text
    )
    assert ("<html" in answer.text) == (not headers)


async def test_second_scan_is_red_with_the_time_of_the_first(client: httpx.AsyncClient):
    bob = await make_attendee(await a_desk(client))
    with clock.stopped_at(MORNING):
        await scan(client, ticket_of(bob))
    with clock.stopped_at(MORNING + timedelta(hours=1)):
        answer = await scan(client, ticket_of(bob))

    assert answer.status_code == 409
    assert 'data-tone="error"' in answer.text
    assert "Déjà à l’intérieur" in answer.text
    assert "9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}12" in answer.text


async def test_next_day_is_a_new_entry(client: httpx.AsyncClient):
    bob = await make_attendee(await a_desk(client))
    with clock.stopped_at(MORNING):
        await scan(client, ticket_of(bob))
    with clock.stopped_at(MORNING + timedelta(days=1)):
        assert (await scan(client, ticket_of(bob))).status_code == 200


@pytest.mark.parametrize("days", [-1, 2])
async def test_entry_on_no_day_of_the_edition_is_noted_only_when_the_desk_insists(client: httpx.AsyncClient, days: int):
    bob = await make_attendee(await a_desk(client))

    with clock.stopped_at(MORNING + timedelta(days=days)):
        answers = [await scan(client, ticket_of(bob), **SCRIPT)]
        answers += [await client.post(f"/jn2027/accueil/entrees/{bob.code}", headers=SCRIPT)]
        noted = len(await database.fetch("SELECT FROM check_in"))
        anyway = await client.post(f"/jn2027/accueil/entrees/{bob.code}", data={"anyway": "yes"}, headers=SCRIPT)
        again = await scan(client, ticket_of(bob), **SCRIPT)

    assert [(each.status_code, 'data-tone="warning"' in each.text) for each in answers] == [(409, True)] * 2
    assert "L’événement a lieu\N{NO-BREAK SPACE}: 21 et 22\N{NO-BREAK SPACE}octobre 2027." in answers[0].text
    assert 'name="anyway"' in answers[0].text
    assert (noted, len(await database.fetch("SELECT FROM check_in"))) == (0, 1)
    assert (anyway.status_code, "Bienvenue" in anyway.text) == (200, True)
    assert "Déjà à l’intérieur" in again.text


async def test_night_after_the_last_evening_is_a_day_of_the_edition_still(client: httpx.AsyncClient):
    bob = await make_attendee(await a_desk(client))

    with clock.stopped_at(IN_A_YEAR + timedelta(days=1, hours=16)):  # 1 h
        assert "Bienvenue" in (await scan(client, ticket_of(bob))).text


async def test_ticket_of_another_edition_is_red_and_says_which_scanned_or_typed(client: httpx.AsyncClient):
    await a_desk(client)
    bob = await make_attendee(await make_edition("cafe2028", name="Café numérique"))

    answers = [await scan(client, ticket, **SCRIPT) for ticket in (ticket_of(bob), bob.code)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert ["Café numérique" in answer.text for answer in answers] == [True, True]
    assert ["Bob" in answer.text for answer in answers] == [False, False]


async def test_cancelled_registration_is_red_until_it_is_reinstated(client: httpx.AsyncClient):
    bob = await make_attendee(await a_desk(client), state="cancelled")

    refused = await scan(client, ticket_of(bob), **SCRIPT)
    assert (refused.status_code, "Inscription annulée" in refused.text) == (409, True)
    reinstated = await client.post(f"/jn2027/accueil/inscriptions/{bob.code}/retablir", headers=SCRIPT)

    assert (reinstated.status_code, "Inscription rétablie" in reinstated.text) == (200, True)
    with clock.stopped_at(MORNING):
        assert (await scan(client, ticket_of(bob))).status_code == 200


@pytest.mark.parametrize("ticket", ["", "bonjour", "DD1AB12CD34EF000000000000", "x" * 5000])
async def test_what_we_did_not_sign_is_an_unknown_ticket(client: httpx.AsyncClient, ticket: str):
    await a_desk(client)

    answer = await scan(client, ticket, **SCRIPT)

    assert answer.status_code == 404
    assert "Billet inconnu" in answer.text


async def test_number_of_a_ticket_is_typed_in_any_shape(client: httpx.AsyncClient):
    bob = await make_attendee(await a_desk(client))

    for typed in (f" {bob.code[:5]}-{bob.code[5:]} ", f"{bob.code[:5]} {bob.code[5:]}".lower()):
        with clock.stopped_at(MORNING):
            assert "Bob Tremblay" in (await scan(client, typed)).text


async def test_entry_is_undone_and_made_again(client: httpx.AsyncClient):
    bob = await make_attendee(await a_desk(client))
    with clock.stopped_at(MORNING):
        await scan(client, ticket_of(bob))

        undone = await client.post(f"/jn2027/accueil/entrees/{bob.code}/annuler", headers=SCRIPT)
        again = await client.post(f"/jn2027/accueil/entrees/{bob.code}", headers=SCRIPT)

    assert "Entrée annulée" in undone.text
    assert "Entrées aujourd’hui\N{NO-BREAK SPACE}: 0. Inscriptions\N{NO-BREAK SPACE}: 1." in undone.text
    assert "Bob Tremblay" in again.text
    assert "Entrées aujourd’hui\N{NO-BREAK SPACE}: 1. Inscriptions\N{NO-BREAK SPACE}: 1." in again.text


async def test_search_shows_people_with_a_masked_address(client: httpx.AsyncClient):
    edition = await a_desk(client)
    await make_attendee(edition, "Hélène Côté", "helene@example.ca")
    await make_attendee(edition, "Hélène Coté", "autre@example.ca")
    await make_attendee(edition, "Hélène Cote", "")

    answer = await client.get("/jn2027/accueil", params={"q": "helene cote"})

    assert answer.status_code == 200
    assert all(hint in answer.text for hint in ("he…@e…", "au…@e…", "sans courriel"))
    assert "helene@example.ca" not in answer.text


async def test_search_tells_people_of_one_name_apart_by_their_activities(client: httpx.AsyncClient):
    edition = await a_desk(client)
    titles = ("Mots de passe", "Photos", "Courriel")
    slots = [await make_slot(await make_activity(edition, title)) for title in titles]
    for slot, name in zip(slots, ("Ginette Lavoie", "Ginette Lavoié", "Ginette Roy"), strict=True):
        await give_place(await make_attendee(edition, name, f"{slot.code}@example.ca"), slot)

    page = (await client.get("/jn2027/accueil?q=ginette")).text
    alone = (await client.get("/jn2027/accueil?q=roy")).text

    assert [f"9\N{NO-BREAK SPACE}h à 10\N{NO-BREAK SPACE}h · {title}" in page for title in titles] == [
        True,
        True,
        False,
    ]
    assert "Courriel" not in alone


async def test_search_that_finds_nobody_offers_to_register(client: httpx.AsyncClient):
    await a_desk(client)

    answer = await client.get("/jn2027/accueil", params={"q": "Dominique"})

    assert "/jn2027/accueil/inscrire?name=Dominique" in answer.text


async def test_page_takes_as_many_statements_for_one_person_as_for_three(client: httpx.AsyncClient):
    edition = await a_desk(client)
    await make_attendee(edition)
    async with counted_statements() as for_one:
        await client.get("/jn2027/accueil?q=bob")
    for number in range(2):
        await make_attendee(edition, f"Bob {number}", f"bob{number}@example.ca")
    async with counted_statements() as for_three:
        await client.get("/jn2027/accueil?q=bob")

    assert len(for_three) == len(for_one)


async def test_looking_changes_nothing(client: httpx.AsyncClient):
    bob = await make_attendee(await a_desk(client))
    for path in ("/jn2027/accueil?q=bob", f"/jn2027/accueil/billets/{bob.code}", "/jn2027/accueil/inscrire") * 2:
        assert (await client.get(path)).status_code == 200

    assert await database.fetch("SELECT id FROM check_in") == []


PATHS = [
    ("GET", "/jn2027/accueil"),
    ("POST", "/jn2027/accueil"),
    ("POST", "/jn2027/accueil/entrees/{code}"),
    ("POST", "/jn2027/accueil/entrees/{code}/annuler"),
    ("POST", "/jn2027/accueil/inscriptions/{code}/retablir"),
    ("GET", "/jn2027/accueil/inscrire"),
    ("POST", "/jn2027/accueil/inscrire"),
    ("GET", "/jn2027/accueil/billets/{code}"),
    ("GET", "/jn2027/portes"),
    ("GET", "/jn2027/organisation"),
]


@pytest.mark.parametrize(("method", "path"), PATHS)
async def test_strangers_attendees_and_other_editions_are_refused(client: httpx.AsyncClient, method: str, path: str):
    here, there = await make_edition(), await make_edition("cafe2028")
    bob = await make_attendee(here)
    elsewhere = await make_volunteer(there, Role.ORGANISER)
    where = path.format(code=bob.code)

    client.headers["origin"] = "http://test.example"
    assert (await client.request(method, where)).headers["location"].startswith("/connexion")
    for person in (bob.id, elsewhere):
        await sign_in(client, person)
        assert (await client.request(method, where)).status_code == 403
    assert await database.fetch("SELECT id FROM check_in") == []


async def test_organiser_may_welcome_and_desk_may_not_organise(client: httpx.AsyncClient):
    edition = await a_desk(client)
    assert (await client.get("/jn2027/organisation")).status_code == 403
    await volunteer_signs_in(client, edition, Role.ORGANISER)

    assert (await client.get("/jn2027/accueil")).status_code == 200


async def test_registration_of_another_edition_opens_nothing_here(client: httpx.AsyncClient):
    await a_desk(client)
    bob = await make_attendee(await make_edition("cafe2028", name="Café numérique"))

    assert (await client.get(f"/jn2027/accueil/billets/{bob.code}")).status_code == 404
    assert (await client.post(f"/jn2027/accueil/entrees/{bob.code}")).status_code == 409
    assert (await client.get("/jn2027/accueil?q=bob")).text.count("Bob Tremblay") == 0

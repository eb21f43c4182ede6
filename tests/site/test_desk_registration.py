"""Registering at the desk, from the form to the ticket on paper."""

from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock, database
from tests.desk_factories import MORNING, make_attendee, ticket_of, volunteer_signs_in
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_slot
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")

FORM = {"form_code": "F1", "name": "Charlie Roy", "language": "fr", "consent": ["registration"]}


async def a_desk(client: httpx.AsyncClient) -> Made:
    edition = await make_edition()
    await volunteer_signs_in(client, edition)
    return edition


async def send(client: httpx.AsyncClient, **form: object) -> httpx.Response:
    return await client.post("/jn2027/accueil/inscrire", data={**FORM, **form})


async def made() -> list[tuple[str, str]]:
    rows = await database.fetch("SELECT p.name, p.email FROM registration r JOIN person p ON p.id = r.person")
    return [(row["name"], row["email"]) for row in rows]


async def test_person_without_an_address_gets_a_place_and_a_ticket_that_opens_the_door(client: httpx.AsyncClient):
    slot = await make_slot(await make_activity(await a_desk(client)))

    answer = await send(client, slots=[slot.code])

    assert answer.status_code == 303
    code = answer.headers["location"].rpartition("/")[2]
    ticket = await client.get(answer.headers["location"])
    assert all(words in ticket.text for words in ("Charlie Roy", "Mots de passe solides", "<svg"))
    with clock.stopped_at(MORNING):
        entry = await client.post("/jn2027/accueil", data={"ticket": ticket_of(Made(0, code))})
    assert "Bienvenue" in entry.text


async def test_english_form_leads_back_to_the_welcome_desk(client: httpx.AsyncClient):
    await a_desk(client)

    form = (await client.get("/en/jn2027/accueil/inscrire")).text
    lost = (await client.get("/en/nulle-part")).text

    assert [words in form for words in ("Back to the welcome desk", "Back to the home page")] == [True, False]
    assert "Back to the home page" in lost


async def test_registration_for_the_event_alone_needs_no_slot(client: httpx.AsyncClient):
    await a_desk(client)

    assert (await send(client)).status_code == 303
    assert await made() == [("Charlie Roy", "")]
    assert await database.fetch("SELECT id FROM place") == []


async def test_two_people_share_an_address(client: httpx.AsyncClient):
    await a_desk(client)

    for number, name in enumerate(("Charlie Roy", "Dominique Roy")):
        assert (await send(client, form_code=f"F{number}", name=name, email="roy@example.ca")).status_code == 303

    assert sorted(await made()) == [("Charlie Roy", "roy@example.ca"), ("Dominique Roy", "roy@example.ca")]


async def test_form_sent_twice_shows_the_same_ticket(client: httpx.AsyncClient):
    slot = await make_slot(await make_activity(await a_desk(client)))

    answers = [await send(client, slots=[slot.code]) for _ in range(2)]

    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert await made() == [("Charlie Roy", "")]


async def test_namesake_is_shown_first_and_registered_when_it_is_another_person(client: httpx.AsyncClient):
    edition = await a_desk(client)
    known = await make_attendee(edition, "CHARLIE ROY", "charlie@example.ca")

    asked = await send(client)
    answer = await send(client, another="yes")

    assert asked.status_code == 422
    assert f"/jn2027/accueil/billets/{known.code}" in asked.text
    assert "ch…@e…" in asked.text
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"consent": []}, "Demandez d’abord l’accord de la personne"),
        ({"name": "  "}, "Ce renseignement est nécessaire."),
        ({"email": "charlie@"}, "Écrivez une adresse courriel complète"),
    ],
)
async def test_mistakes_are_said_and_nothing_is_registered(
    client: httpx.AsyncClient, wrong: dict[str, object], sentence: str
):
    await a_desk(client)

    answer = await send(client, **wrong)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="F1"' in answer.text
    assert await made() == []


async def test_full_overlapping_and_foreign_slots_are_said_and_the_rest_is_kept(client: httpx.AsyncClient):
    edition = await a_desk(client)
    free = await make_slot(await make_activity(edition, "Libre"), seats=1)
    overlapping = await make_slot(await make_activity(edition, "En même temps"), starts_at=IN_A_YEAR)
    foreign = await make_slot(await make_activity(await make_edition("cafe2028"), "Ailleurs"))

    answer = await send(client, slots=[free.code, overlapping.code, foreign.code])
    ticket = await client.get(answer.headers["location"])

    assert answer.status_code == 303
    said = ticket.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Inscription faite : Charlie Roy, mais il manque des places." in said
    assert "« En même temps » (9 h à 10 h) a lieu en même temps que « Libre » (9 h à 10 h)." in said
    assert "Cette activité n’est plus au programme." in said
    assert "Ailleurs" not in said
    [row] = await database.fetch("SELECT count(*) AS places FROM place WHERE state = 'confirmed'")
    assert row["places"] == 1


async def test_form_offers_what_has_seats_left_in_as_many_statements_for_one_as_for_three(client: httpx.AsyncClient):
    edition = await a_desk(client)
    await make_slot(await make_activity(edition, "Libre"))
    async with counted_statements() as for_one:
        await client.get("/jn2027/accueil/inscrire")
    await make_slot(await make_activity(edition, "Entrée sans place"), seats=None)
    await make_slot(await make_activity(edition, "Complète"), seats=0)
    await make_slot(await make_activity(edition, "Encore"))
    await make_slot(await make_activity(edition, "Aussi"))
    async with counted_statements() as for_three:
        answer = await client.get("/jn2027/accueil/inscrire")

    assert len(for_one) == len(for_three)
    assert [title in answer.text for title in ("Libre", "Encore", "Aussi", "Entrée sans place", "Complète")] == [
        True,
        True,
        True,
        False,
        False,
    ]


async def test_form_sent_again_takes_the_places_that_the_first_time_did_not_reach(client: httpx.AsyncClient):
    edition = await a_desk(client)
    slots = [
        (await make_slot(await make_activity(edition), starts_at=IN_A_YEAR + timedelta(hours=2 * number))).code
        for number in range(2)
    ]
    await send(client, slots=slots[:1])  # as far as it came

    answer = await send(client, slots=slots)

    assert answer.status_code == 303
    assert await made() == [("Charlie Roy", "")]
    rows = await database.fetch("SELECT state FROM place")
    assert [row["state"] for row in rows] == ["confirmed", "confirmed"]

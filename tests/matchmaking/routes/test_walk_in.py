"""The desk's page for somebody who comes without having said so before, up to their first meeting."""

import re
from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.permissions import Role
from matchmaking.domain.publishing import publish_plan
from tests.conftest import sign_in
from tests.factories import grant, make_edition, make_person
from tests.matchmaking.factories import MORNING, made, make_organisation, make_participant
from tests.matchmaking.published import Fair, make_matched

pytestmark = pytest.mark.usefixtures("db")
DAY = "/jn2027/organisation/rencontres-eclair/jour"
DESK = "/jn2027/accueil/rencontres-eclair"
PAGE = f"{DESK}/inscrire"
SAID: dict[str, str | list[str]] = {
    "form_code": "A1",
    "name": "Zoé Hébert",
    "email": "zoe@example.ca",
    "side": "business",
    "organisation": "Moulin du Nord",
    "needs": "vendre",
    "languages": ["fr", "en"],
    "agreed": "yes",
}
ALONE = "1 personne vient de s’inscrire et n’a pas de rencontre"


@pytest.fixture
async def fair(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> Fair:
    """Dora stands at the desk; the inscriptions are closed, two rounds published, and the first goes on."""
    fair = await make_matched()
    term = await made("need_term", edition=fair.edition.id, slug="vendre", name_fr="Vendre en ligne")
    [house] = await database.fetch("SELECT id FROM match_organisation WHERE name = 'Maison Carole'")
    await made("match_need", organisation=house["id"], need=term)
    await database.fetch("UPDATE speed_dating SET closes_at = $1", clock.now())
    plan = [fair.place("Bob", "Carole", 1, 1), fair.place("Ève", "Dora", 1, 2), fair.place("Bob", "Dora", 2, 2)]
    await publish_plan(fair.edition.id, plan, fair.rounds, expected=0, by=None)
    real, ahead = clock.now, MORNING + timedelta(minutes=5) - clock.now()
    monkeypatch.setattr(clock, "now", lambda: real() + ahead)
    desk = await make_person("Dora Bureau", "bureau@example.ca")
    await grant(desk, Role.DESK, fair.edition)
    await sign_in(client, desk)
    return fair


async def organiser_signs_in(client: httpx.AsyncClient, fair: Fair) -> None:
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    await grant(alice, Role.ORGANISER, fair.edition)
    await sign_in(client, alice)


async def rows() -> int:
    [row] = await database.fetch(
        "SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM match_participant)"
        " + (SELECT count(*) FROM match_organisation) + (SELECT count(*) FROM registration) AS many"
    )
    return int(row["many"])


async def test_who_walks_in_after_the_closing_gets_a_meeting_by_a_new_plan(client: httpx.AsyncClient, fair: Fair):
    assert PAGE in (await client.get(DESK)).text
    form = (await client.get(PAGE)).text
    assert "Maison Carole" in form

    sent = await client.post(PAGE, data=SAID)

    assert (sent.status_code, sent.headers["location"]) == (303, DESK)
    desk = (await client.get(DESK, params={"q": "zoe"})).text
    for words in ("Zoé Hébert participe, et est là", "à la page", "Moulin du Nord", "Là depuis"):
        assert words in desk
    await organiser_signs_in(client, fair)
    assert ALONE in (await client.get(DAY)).text
    offered = await client.post(f"{DAY}/nouvel-horaire")
    taken = await client.post(offered.headers["location"])
    assert (offered.status_code, taken.status_code) == (303, 303)
    [meeting] = await database.fetch(
        """
        SELECT m.round, o.name FROM meeting m JOIN match_participant z ON z.id = m.business
        JOIN person p ON p.id = z.person JOIN match_participant r ON r.id = m.resource
        JOIN match_organisation o ON o.id = r.organisation WHERE p.name = 'Zoé Hébert' AND m.state = 'planned'
        """
    )
    assert meeting["round"] > 1
    assert meeting["name"] == "Maison Carole"
    assert ALONE not in (await client.get(DAY)).text


async def test_form_sent_twice_is_one_arrival(client: httpx.AsyncClient, fair: Fair):
    await client.post(PAGE, data=SAID)
    before = await rows()

    again = await client.post(PAGE, data=SAID)

    assert (again.status_code, await rows()) == (303, before)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Ce renseignement est nécessaire."),
        ({"email": "zoe"}, "Écrivez une adresse courriel complète"),
        ({"side": ""}, "Ce renseignement est nécessaire."),
        ({"organisation": ""}, "Ce renseignement est nécessaire."),
        ({"needs": "moon"}, "Cochez au moins un besoin"),
        ({"languages": "de"}, "Choisissez au moins une langue."),
        ({"agreed": ""}, "Demandez d’abord l’accord de la personne"),
    ],
)
async def test_wrong_answer_is_said_beside_its_field_and_nothing_is_lost(
    client: httpx.AsyncClient, fair: Fair, wrong: dict[str, str], sentence: str
):
    before = await rows()

    answer = await client.post(PAGE, data={**SAID, **wrong})

    [field] = wrong
    assert (answer.status_code, await rows()) == (422, before)
    assert re.search(rf'id="field-{field}-error">.*?{sentence}', answer.text)
    for name, typed in (("name", "Zoé Hébert"), ("organisation", "Moulin du Nord"), ("email", "zoe@example.ca")):
        assert name in wrong or f'value="{typed}"' in answer.text
    assert "needs" in wrong or re.search(r'name="needs" value="vendre" checked', answer.text)


async def test_who_takes_part_already_is_marked_arrived_from_there(client: httpx.AsyncClient, fair: Fair):
    said = {**SAID, "name": "Bob Roy", "email": "bob@jn2027.example.ca"}

    answer = await client.post(PAGE, data=said)

    arrive = f"{DESK}/{fair.seats['Bob'].code}/arrivee"
    assert answer.status_code == 409
    assert ("Bob Roy participe déjà, pour Maison Bob" in answer.text, f'action="{arrive}"' in answer.text) == (
        True,
        True,
    )
    assert "Bienvenue" in (await client.post(arrive)).text


async def test_other_side_is_refused_beside_the_side(client: httpx.AsyncClient, fair: Fair):
    answer = await client.post(PAGE, data={**SAID, "organisation": "maison carole"})

    assert answer.status_code == 409
    assert re.search(r'id="field-side-error">.*?déjà de l’autre côté', answer.text)


async def test_organisation_that_has_said_its_needs_is_asked_for_none(client: httpx.AsyncClient, fair: Fair):
    said = {**SAID, "side": "resource", "organisation": "Maison Carole", "needs": []}

    assert (await client.post(PAGE, data=said)).status_code == 303


async def test_ticket_of_who_takes_no_part_leads_to_the_form_that_knows_them(client: httpx.AsyncClient, fair: Fair):
    zoe = await make_person("Zoé Hébert", "zoe@example.ca")
    await made("registration", code="QQQQQQQQQQ", person=zoe, edition=fair.edition.id)

    scanned = await client.post(DESK, data={"ticket": "QQQQQQQQQQ"})
    form = (await client.get(PAGE, params={"billet": "QQQQQQQQQQ"})).text
    async with database.taken_back():
        asked = await client.post(PAGE, data={**SAID, "email": ""})
    sent = await client.post(PAGE, data={**SAID, "email": "", "who": "QQQQQQQQQQ"})

    assert f"{PAGE}?billet=QQQQQQQQQQ" in scanned.text
    assert re.search(r'name="who" value="QQQQQQQQQQ" checked', form)
    assert "zo…@e…" in form
    assert "zoe@example.ca" not in form
    assert (asked.status_code, "Est-ce la même?" in asked.text) == (409, True)
    assert sent.status_code == 303
    assert await database.fetch("SELECT FROM match_participant WHERE person = $1", zoe)


async def test_owner_of_an_address_is_not_named_to_the_desk(client: httpx.AsyncClient, fair: Fair):
    await make_person("Yves Secret", "zoe@example.ca")

    async with database.taken_back():
        answer = await client.post(PAGE, data=SAID)

    assert (answer.status_code, "Yves" in answer.text) == (409, False)
    assert "connue sous un autre nom" in answer.text
    assert (await client.post(PAGE, data={**SAID, "who": "another"})).status_code == 303


async def test_who_was_invited_is_taken(client: httpx.AsyncClient, fair: Fair):
    house = await make_organisation(fair.edition, "Moulin du Nord")
    zoe = await make_person("Zoé Hébert", "zoe@example.ca")
    seat = await make_participant(fair.edition, house, zoe, opted_in=False)

    assert (await client.post(PAGE, data=SAID)).status_code == 303

    [row] = await database.fetch("SELECT opted_in_at, arrived_at FROM match_participant WHERE id = $1", seat.id)
    assert None not in tuple(row.values())


async def test_unknown_ticket_and_another_edition_s_show_a_blank_form(client: httpx.AsyncClient, fair: Fair):
    bob = await make_person("Yves Ailleurs", "yves@example.ca")
    other = await make_edition("cafe2028")
    await made("registration", code="ZZZZZZZZZZ", person=bob, edition=other.id)

    for ticket in ("NOBODY", "ZZZZZZZZZZ"):
        page = await client.get(PAGE, params={"billet": ticket})
        assert (page.status_code, "Yves" in page.text) == (200, False)


async def test_nobody_walks_in_where_nothing_is_held(client: httpx.AsyncClient, fair: Fair):
    await database.fetch("UPDATE speed_dating SET sessions = '[]'")

    shown, sent = await client.get(PAGE), await client.post(PAGE, data=SAID)

    assert ("Il n’y a pas de rencontres éclair" in shown.text, 'name="side"' in shown.text) == (True, False)
    assert (sent.status_code, "Il n’y a pas de rencontres éclair" in sent.text) == (409, True)


@pytest.mark.parametrize("slug", ["cafe2028", "jn2027"])
async def test_role_elsewhere_or_none_opens_nothing(client: httpx.AsyncClient, fair: Fair, slug: str):
    await make_edition("cafe2028")
    if slug == "jn2027":
        await sign_in(client, fair.people["Bob"])
    path = f"/{slug}/accueil/rencontres-eclair/inscrire"

    answers = [await client.get(path), await client.post(path, data=SAID)]

    assert [answer.status_code for answer in answers] == [403, 403]

"""The pages of the day: the clock, the screen, arrivals, tables, the new plan."""

import re
from datetime import datetime, timedelta

import httpx
import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import format_day
from digital_days.kernel.permissions import Role
from matchmaking.domain.publishing import publish_plan
from tests.conftest import sign_in
from tests.factories import make_person
from tests.matchmaking.factories import MORNING
from tests.matchmaking.published import Fair, make_matched
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")
DAY = "/jn2027/organisation/rencontres-eclair/jour"
DESK = "/jn2027/accueil/rencontres-eclair"
SCREEN = "/jn2027/rencontres-eclair/projecteur"


@pytest.fixture
async def fair(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> Fair:
    """Alice moderates; it is five past nine, in the first of two rounds with somebody in them."""
    fair = await make_matched()
    plan = [
        fair.place("Bob", "Carole", 1, 1),
        fair.place("Ève", "Dora", 1, 2),
        fair.place("Bob", "Dora", 2, 2),
        fair.place("Ève", "Carole", 3, 1),
    ]
    await publish_plan(fair.edition.id, plan, fair.rounds, expected=0, by=None)
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    await database.fetch(
        "INSERT INTO role_grant (person, edition, role) VALUES ($1, $2, $3)", alice, fair.edition.id, Role.ORGANISER
    )
    real, ahead = clock.now, MORNING + timedelta(minutes=5) - clock.now()
    monkeypatch.setattr(clock, "now", lambda: real() + ahead)
    await sign_in(client, alice)
    return fair


async def shift() -> timedelta:
    [row] = await database.fetch(
        "SELECT coalesce(began_at, starts_at) - starts_at AS shift FROM meeting_round WHERE number = 2"
    )
    return timedelta(seconds=round(row["shift"].total_seconds()))


async def test_moderator_sees_the_round_its_tables_and_who_is_awaited(client: httpx.AsyncClient, fair: Fair):
    answer = await client.get(DAY)

    assert answer.status_code == 200
    for words in ("Ronde 1 de 6", "Finir la ronde maintenant", "4 personnes ne sont pas encore là", "Maison Carole"):
        assert words in answer.text


async def test_moderator_s_page_asks_the_same_of_the_database_for_more_people(client: httpx.AsyncClient, fair: Fair):
    await client.get(DAY)
    async with counted_statements() as few:
        await client.get(DAY)
    for name in ("Zoé", "Léa", "Noé"):
        seat = fair.seats["Bob"].id
        person = await make_person(name, f"{name}@example.ca")
        await database.fetch(
            """
            INSERT INTO match_participant (code, edition, organisation, person, opted_in_at, created_at, updated_at)
            SELECT $2, edition, organisation, $3, now(), now(), now() FROM match_participant WHERE id = $1
            """,
            seat,
            name,
            person,
        )

    async with counted_statements() as many:
        await client.get(DAY)

    assert len(many) == len(few)


async def test_every_button_of_the_clock_does_its_work_once(client: httpx.AsyncClient, fair: Fair):
    said = {"act": "lengthen", "minutes": "5", "version": "1"}

    answers = [await client.post(DAY + "/horloge", data=said) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 409]
    assert "Quelqu’un vient de toucher à l’horloge" in answers[1].text
    assert await shift() == timedelta(minutes=5)
    for version, act in enumerate(("pause", "go-on", "start", "finish"), start=2):
        answer = await client.post(DAY + "/horloge", data={"act": act, "version": str(version)})
        assert answer.status_code == 303, act
    for version, act in enumerate(("skip", "restore"), start=6):
        answer = await client.post(DAY + "/horloge", data={"act": act, "version": str(version), "number": "2"})
        assert answer.status_code == 303, act


@pytest.mark.parametrize("said", [{}, {"act": "explode", "version": "1"}, {"act": "lengthen", "version": "1"}])
async def test_odd_button_is_refused_in_words(client: httpx.AsyncClient, fair: Fair, said: dict[str, str]):
    answer = await client.post(DAY + "/horloge", data=said)

    assert answer.status_code == 422
    assert "Écrivez un nombre de minutes" in answer.text


async def test_delay_is_announced_when_the_moderator_says_so(client: httpx.AsyncClient, fair: Fair):
    await client.post(DAY + "/horloge", data={"act": "lengthen", "minutes": "5", "version": "1"})
    assert "Les rondes qui restent ont 5 minutes de retard" in (await client.get(DAY)).text

    answer = await client.post(DAY + "/decaler", data={"version": "2"})

    [row] = await database.fetch("SELECT starts_at FROM meeting WHERE round = 3")
    assert (answer.status_code, row["starts_at"]) == (303, MORNING + timedelta(minutes=45))
    assert "retard" not in (await client.get(DAY)).text


async def test_far_from_the_day_its_date_is_said_and_nothing_is_begun_by_a_slip(
    client: httpx.AsyncClient, fair: Fair, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(clock, "now", lambda: MORNING - timedelta(days=8))

    page = (await client.get(DAY)).text

    day = format_day(MORNING)
    assert ("data-countdown" in page, f"Début le {day}" in page) == (False, True)
    assert page.index("Autres gestes") < page.index("Commencer la ronde 1")
    assert f"Prochaine ronde le {day} à 9" in (await client.get("/jn2027/accueil/rencontres-eclair/tables/1")).text
    assert f"La prochaine ronde commence le {day} à" in (await client.get(SCREEN)).text


async def test_page_counts_down_once_the_day_is_near(
    client: httpx.AsyncClient, fair: Fair, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(clock, "now", lambda: MORNING - timedelta(minutes=91))
    mark = (await client.get(DAY)).text.partition('data-mark="')[2].partition('"')[0]

    monkeypatch.setattr(clock, "now", lambda: MORNING - timedelta(minutes=89))

    assert "data-countdown" in (await client.get(f"{DAY}?connu={mark}")).text
    assert "La prochaine ronde commence à" in (await client.get(SCREEN)).text


async def test_moderator_s_page_is_sent_again_only_when_something_has_changed(client: httpx.AsyncClient, fair: Fair):
    page = (await client.get(DAY)).text
    mark = page.partition('data-mark="')[2].partition('"')[0]

    before = await client.get(DAY, params={"connu": mark})
    await client.post(f"{DESK}/{fair.seats['Bob'].code}/arrivee")
    after = await client.get(DAY, params={"connu": mark})

    assert (before.status_code, after.status_code) == (204, 200)


async def test_screen_knows_the_whole_day_and_nobody_by_name(client: httpx.AsyncClient, fair: Fair):
    client.cookies.clear()

    page = await client.get(SCREEN)
    told = (await client.get(SCREEN + "/suivre")).json()
    known = (await client.get(SCREEN + "/suivre", params={"connu": told["mark"]})).json()

    assert "Ronde 1 de 6" in page.text
    assert "Bob Roy" not in page.text
    assert [each["number"] for each in told["day"]["rounds"]] == [1, 2, 3, 4, 5, 6]
    assert told["day"]["rounds"][1]["seats"] == [[2, "Maison Bob", "Maison Dora"]]
    assert "day" not in known
    assert datetime.fromtimestamp(told["now"] / 1000, tz=MORNING.tzinfo) - MORNING < timedelta(minutes=6)


async def test_screen_says_when_nothing_is_published(client: httpx.AsyncClient, fair: Fair):
    await database.fetch("DELETE FROM meeting_round")

    assert "L’horaire n’est pas encore publié" in (await client.get(SCREEN)).text


async def test_desk_notes_arrivals_by_name_by_ticket_and_takes_them_back(client: httpx.AsyncClient, fair: Fair):
    found = (await client.get(DESK, params={"q": "maison bo"})).text
    assert "Bob Roy" in found
    assert "Dora Roy" not in found
    [row] = await database.fetch(
        """
        INSERT INTO registration (person, edition, code, state) VALUES ($1, $2, 'QQQQQQQQQQ', 'active')
        RETURNING code
        """,
        fair.people["Bob"],
        fair.edition.id,
    )

    scanned = await client.post(DESK, data={"ticket": row["code"]})
    again = await client.post(f"{DESK}/{fair.seats['Bob'].code}/arrivee", headers={"hx-request": "true"})
    undone = await client.post(f"{DESK}/{fair.seats['Bob'].code}/annuler")

    assert "Bienvenue" in scanned.text
    assert "Prochaine rencontre : ronde 1, table 1." in scanned.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Déjà là" in again.text
    assert "C’est annulé" in undone.text


async def test_desk_says_who_does_not_take_part(client: httpx.AsyncClient, fair: Fair):
    unknown = await client.post(DESK, data={"ticket": "x"})
    nobody = await client.post(f"{DESK}/NOBODY/arrivee")

    assert (unknown.status_code, nobody.status_code) == (404, 404)
    assert "Billet inconnu" in unknown.text


async def test_moderator_comes_back_to_their_page(client: httpx.AsyncClient, fair: Fair):
    answer = await client.post(f"{DESK}/{fair.seats['Bob'].code}/absence", data={"origin": "day"})

    assert (answer.status_code, answer.headers["location"]) == (303, DAY)


async def test_table_s_phone_says_who_sits_there(client: httpx.AsyncClient, fair: Fair):
    [row] = await database.fetch("SELECT code FROM meeting WHERE round = 1 AND table_number = 1")
    path = f"{DESK}/tables/1"
    assert "Il manque Bob Roy" in (await client.get(path)).text.replace("\N{NO-BREAK SPACE}", " ")

    both = await client.post(f"{path}/{row['code']}", data={"seen": "both"})
    odd = await client.post(f"{path}/{row['code']}", data={"seen": "nobody"})

    assert (both.status_code, odd.status_code) == (303, 422)
    assert "les deux sont là" in (await client.get(path)).text
    assert (await client.get(f"{DESK}/tables/99")).status_code == 404


async def test_table_s_phone_stands_still_while_the_clock_does(client: httpx.AsyncClient, fair: Fair):
    path = f"{DESK}/tables/1"
    running = (await client.get(path)).text
    await client.post(DAY + "/horloge", data={"act": "pause", "version": "1"})

    paused = (await client.get(path)).text

    words = ("data-stopped", "Horloge arrêtée", "Arrêtée depuis 9")
    assert ([each in running for each in words], [each in paused for each in words]) == ([False] * 3, [True] * 3)


async def test_no_show_leads_to_a_new_plan_that_is_shown_and_published(client: httpx.AsyncClient, fair: Fair):
    await client.post(f"{DESK}/{fair.seats['Dora'].code}/absence")
    assert "L’horaire annoncé ne tient plus tout à fait" in (await client.get(DAY)).text

    offered = await client.post(DAY + "/nouvel-horaire")
    page = await client.get(offered.headers["location"])
    taken = await client.post(offered.headers["location"])
    again = await client.post(offered.headers["location"])

    assert (offered.status_code, page.status_code, taken.status_code, again.status_code) == (303, 200, 303, 409)
    for words in ("Annulée", "Bob Roy", "Publier ce nouvel horaire"):
        assert words in page.text
    figures = re.findall(r'"stat-value">(\d+)</p><p class="stat-label">([^<]+)', page.text)
    assert figures == [("1", "gardées"), ("0", "déplacées"), ("1", "annulées"), ("0", "nouvelles")]
    assert "La journée a avancé" in again.text
    await sign_in(client, fair.people["Bob"])
    assert "Annulée" in (await client.get("/jn2027/mes-rencontres")).text


async def test_closed_table_is_said_so_and_opens_again(client: httpx.AsyncClient, fair: Fair):
    closed = await client.post(DAY + "/tables/2/fermer")
    page = (await client.get(DAY)).text
    await client.post(DAY + "/tables/2/rouvrir")

    assert closed.status_code == 303
    assert "fermée" in page
    assert "fermée" not in (await client.get(DAY)).text

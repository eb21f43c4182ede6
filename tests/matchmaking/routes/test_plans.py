"""The organisers' way from a scenario to what is published, and what people then see."""

import re

import httpx
import msgspec
import pytest

from digital_days.kernel import database
from digital_days.kernel.permissions import Role
from matchmaking.domain.drafts import write_draft
from matchmaking.domain.publications import last_publication
from matchmaking.domain.publishing import publish_plan
from matchmaking.domain.runs import run_called
from matchmaking.domain.scenarios import Variation, add_scenario
from matchmaking.jobs import solve_one
from tests.conftest import sign_in
from tests.factories import grant, make_edition
from tests.matchmaking.drafted import make_draft
from tests.matchmaking.organised import BASE, all_wished, ended_run, organised
from tests.matchmaking.published import Fair
from tests.statements import counted_statements


@pytest.fixture
async def fair(db: None, client: httpx.AsyncClient) -> Fair:
    return await organised(client)


async def _queued(client: httpx.AsyncClient) -> str:
    await client.post(f"{BASE}/scenarios", data={"name": "Deux tables", "tables": "2"})
    [row] = await database.fetch("SELECT code FROM scenario ORDER BY id DESC LIMIT 1")
    answer = await client.post(f"{BASE}/scenarios/{row['code']}/calcul")
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def _seen(preview: str) -> dict[str, str]:
    """What the page would send."""
    [form] = re.findall(r'action="[^"]*/publication">(.*?)</form>', preview, re.DOTALL)
    return dict(re.findall(r'name="(\w+)" value="(\w+)"', form))


async def test_from_a_scenario_to_everybody_s_meetings(client: httpx.AsyncClient, committed):
    fair = await organised(client)
    await all_wished()
    run = await _queued(client)
    waiting = await client.get(run)
    assert ("En attente" in waiting.text, "every 1s" in waiting.text) == (True, True)

    await solve_one()

    done = (await client.get(run)).text
    assert ("Terminé" in done, "every 1s" in done, "Prouvé" in done) == (True, False, True)
    assert "4 sur 4" in done
    assert "rien de mieux n’est possible" in done
    listed = (await client.get(f"{BASE}/scenarios")).text
    assert ("Deux tables" in listed, "Côte à côte" in listed) == (True, True)
    preview = (await client.get(f"{run}/publication")).text
    assert "Rien n’est encore publié" in preview
    answer = await client.post(f"{run}/publication", data=_seen(preview))
    assert answer.status_code == 303
    assert (await last_publication(fair.edition.id)).added == 4
    late = await client.post(f"{run}/publication", data=_seen(preview))
    assert (late.status_code, "vient de publier" in late.text) == (409, True)
    await sign_in(client, fair.people["Bob"])
    own = (await client.get("/jn2027/mes-rencontres")).text
    assert ("Carole Roy" in own, "Dora Roy" in own, "Table" in own) == (True, True, True)


async def test_run_is_asked_to_stop_and_says_so(client: httpx.AsyncClient, fair: Fair):
    await all_wished()
    run = await _queued(client)
    before = (await client.get(run)).text

    answer = await client.post(f"{run}/arret")

    after = (await client.get(run)).text
    assert (answer.status_code, answer.headers["location"]) == (303, run)
    assert (await run_called(fair.edition.id, run.rpartition("/")[2])).stop_asked
    assert [("Arrêt demandé" in page, f'"{run}/arret"' in page) for page in (before, after)] == [
        (False, True),
        (True, False),
    ]


async def test_search_is_plotted_where_something_was_still_to_be_found(client: httpx.AsyncClient, fair: Fair):
    await all_wished()
    run = await ended_run(fair, ("Bob", "Carole", 1))
    points = [(0.4, "wishes", [2], [2]), (1.25, "value", [5], [9]), (2.5, "value", [8], [8])]
    await database.fetch("UPDATE solver_run SET progress = $1", msgspec.json.encode(points).decode())

    page = (await client.get(f"{BASE}/essais/{run.code}")).text

    told = page.partition('id="story"')[2]
    assert "De 1,25 à 2,5\N{NO-BREAK SPACE}s : trouvé 8, au mieux 8." in told
    assert re.findall(r'<path class="run-(?:bound|value)" d="([^"]*)"', told) == [
        "M0 0H640V30H640",
        "M0 120H640V30H640",
    ]
    assert "From 1.25 to 2.5 s" in (await client.get(f"/en{BASE}/essais/{run.code}")).text


async def test_what_became_wrong_is_said_before_publishing(client: httpx.AsyncClient, fair: Fair):
    run = await make_draft(fair, fair.place("Bob", "Carole", 1, 1))
    await database.fetch("UPDATE match_participant SET left_at = now() WHERE id = $1", fair.seats["Carole"].id)

    preview = (await client.get(f"{BASE}/essais/{run.code}/publication")).text

    assert "À corriger avant de publier" in preview
    assert "Bob Roy et Carole Roy : cette rencontre n’est plus possible." in preview


async def test_draft_that_a_colleague_changed_since_is_shown_again_and_not_published(
    client: httpx.AsyncClient, fair: Fair
):
    run = await make_draft(fair, fair.place("Bob", "Carole", 1, 1))
    path = f"{BASE}/essais/{run.code}/publication"
    seen = _seen((await client.get(path)).text)
    await write_draft(run.id, [fair.place("Bob", "Carole", 1, 1), fair.place("Ève", "Dora", 1, 2)])

    refused = [await client.post(path, data=data) for data in (seen, {"expected": "0"}, {**seen, "expected": "x"})]

    assert [answer.status_code for answer in refused] == [409] * 3
    assert all("Quelqu’un a changé cet horaire" in answer.text for answer in refused)
    assert (await last_publication(fair.edition.id)).number == 0
    assert (await client.post(path, data=_seen(refused[0].text))).status_code == 303
    assert (await last_publication(fair.edition.id)).added == 2


async def test_nobody_to_match_is_said(client: httpx.AsyncClient, fair: Fair):
    await client.post(f"{BASE}/scenarios", data={"name": "Vide"})
    [row] = await database.fetch("SELECT code FROM scenario")
    await database.fetch("UPDATE match_participant SET opted_in_at = NULL")

    answer = await client.post(f"{BASE}/scenarios/{row['code']}/calcul")

    assert (answer.status_code, "Personne n’est encore à assortir" in answer.text) == (409, True)


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "x" * 121}, {"tables": "many"}, {"round_minutes": "0"}, {"spread": "99"}]
)
async def test_wrong_scenario_is_said_and_kept_in_the_form(
    client: httpx.AsyncClient, fair: Fair, wrong: dict[str, str]
):
    answer = await client.post(f"{BASE}/scenarios", data={"name": "Essai", "pause_minutes": "7", **wrong})

    assert (answer.status_code, 'value="7"' in answer.text) == (422, True)
    assert await database.fetch("SELECT FROM scenario") == []


async def test_scenario_is_removed_with_its_runs(client: httpx.AsyncClient, fair: Fair):
    await all_wished()
    await _queued(client)
    [row] = await database.fetch("SELECT code FROM scenario")

    await client.post(f"{BASE}/scenarios/{row['code']}/suppression")

    assert await database.fetch("SELECT FROM solver_run") == []


async def test_run_of_another_edition_is_not_here(client: httpx.AsyncClient, fair: Fair):
    await all_wished()
    run = await _queued(client)
    other = await make_edition("jn2028")
    await grant((await database.fetch("SELECT person FROM role_grant"))[0]["person"], Role.ORGANISER, other)

    for path in (run, f"{run}/publication"):
        assert (await client.get(path.replace("jn2027", "jn2028"))).status_code == 404


async def test_own_meetings_need_as_many_queries_for_more(client: httpx.AsyncClient, fair: Fair):
    await sign_in(client, fair.people["Bob"])
    plan = [fair.place("Bob", "Carole", 1, 1)]
    await publish_plan(fair.edition.id, plan, fair.rounds, expected=0, by=None)
    async with counted_statements() as few:
        await client.get("/jn2027/mes-rencontres")
    await publish_plan(fair.edition.id, [*plan, fair.place("Bob", "Dora", 2, 1)], fair.rounds, expected=1, by=None)
    async with counted_statements() as more:
        await client.get("/jn2027/mes-rencontres")

    assert len(few) == len(more)


async def test_run_says_what_it_leaves_undone_and_why(client: httpx.AsyncClient, fair: Fair):
    await all_wished()
    run = await ended_run(fair, ("Bob", "Carole", 1), ("Bob", "Dora", 2))

    page = (await client.get(f"{BASE}/essais/{run.code}?suite=9")).text

    assert ("1 organisation n’obtient rien" in page, "2 souhaits" in page) == (True, True)
    assert ("Maison Ève souhaite rencontrer Maison Carole" in page, "Ce qui y aiderait" in page) == (True, True)


async def test_run_without_a_plan_names_the_rules_in_the_way(client: httpx.AsyncClient, committed: None):
    fair = await organised(client)
    await all_wished()
    code = await add_scenario(fair.edition.id, name="Contradictoire", variation=Variation(), by=None)
    locks = [{"one": fair.seats["Bob"].code, "other": fair.seats[name].code, "round": 1} for name in ("Carole", "Dora")]
    await database.fetch("UPDATE scenario SET locks = $1 WHERE code = $2", msgspec.json.encode(locks).decode(), code)
    run = (await client.post(f"{BASE}/scenarios/{code}/calcul")).headers["location"]

    await solve_one()

    page = (await client.get(run)).text
    assert "Aucun horaire n’est possible" in page
    for name in ("Carole", "Dora"):
        assert f"Bob Roy (Maison Bob) et {name} Roy (Maison {name})\N{NO-BREAK SPACE}: rencontre fixée" in page

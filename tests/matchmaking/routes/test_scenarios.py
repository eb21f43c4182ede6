"""Organisers make scenarios, change, copy and remove them, and see them side by side."""

import re

import httpx
import msgspec
import pytest

from digital_days.kernel import database
from digital_days.kernel.permissions import Role
from matchmaking.domain.scenarios import Variation, add_scenario, scenario_called, scenarios_of
from tests.conftest import sign_in
from tests.factories import grant, make_edition
from tests.matchmaking.organised import BASE, all_wished, ended_run, organised
from tests.matchmaking.published import Fair

LIST, NBSP = f"{BASE}/scenarios", "\N{NO-BREAK SPACE}"


@pytest.fixture
async def fair(db: None, client: httpx.AsyncClient) -> Fair:
    return await organised(client)


async def _added(fair: Fair, name: str = "Essai", *, tables: int | None = None) -> str:
    code = await add_scenario(fair.edition.id, name=name, variation=Variation(tables=tables), by=None)
    return f"{LIST}/{code}"


def _version(html: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', html)
    assert found
    return found[1]


async def test_scenario_is_changed_weights_included(client: httpx.AsyncClient, fair: Fair):
    page = await _added(fair, tables=3)
    opened = (await client.get(page)).text
    form = {"version": _version(opened), "name": "Rondes courtes", "tables": "", "round_minutes": "10"}

    answer = await client.post(page, data={**form, "weight": ["", "", "", "40", ""]})

    [scenario] = await scenarios_of(fair.edition.id)
    assert (answer.status_code, answer.headers["location"]) == (303, page)
    assert (scenario.name, scenario.variation) == (
        "Rondes courtes",
        Variation(round_minutes=10, weights={"sector": 40}),
    )
    assert 'value="40"' in (await client.get(page)).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"tables": "-1"},
        {"pause_minutes": "x"},
        {"weight": ["101"]},
        {"round_minutes": "120", "name": "Aucune ronde n’y entre"},
    ],
)
async def test_mistakes_are_said_and_what_was_typed_stays(
    client: httpx.AsyncClient, fair: Fair, wrong: dict[str, str | list[str]]
):
    await database.fetch(
        "UPDATE speed_dating SET sessions = jsonb_set(sessions, '{0,ends_at}', $1)", '"2027-10-21T14:00:00+00:00"'
    )
    page = await _added(fair)
    form = {"version": _version((await client.get(page)).text), "name": "Essai", "spread": "7"}

    answer = await client.post(page, data={**form, **wrong})

    assert (answer.status_code, 'value="7"' in answer.text, "À corriger" in answer.text) == (422, True, True)
    assert [each.variation for each in await scenarios_of(fair.edition.id)] == [Variation()]


async def test_second_of_two_people_sees_both(client: httpx.AsyncClient, committed: None):
    fair = await organised(client)
    page = await _added(fair)
    opened = _version((await client.get(page)).text)
    await client.post(page, data={"version": opened, "name": "La première", "tables": "4"})

    late = await client.post(page, data={"version": opened, "name": "La seconde", "tables": "5"})
    again = await client.post(page, data={"version": _version(late.text), "name": "La seconde", "tables": "5"})

    assert (late.status_code, again.status_code) == (409, 303)
    assert ("La première" in late.text, 'value="La seconde"' in late.text) == (True, True)
    assert [each.name for each in await scenarios_of(fair.edition.id)] == ["La seconde"]


async def test_copy_is_opened_to_be_changed(client: httpx.AsyncClient, fair: Fair):
    page = await _added(fair, "Plus de tables", tables=7)

    answer = await client.post(f"{page}/copie")

    copied = (await client.get(answer.headers["location"])).text
    assert (answer.status_code, 'value="Plus de tables (2)"' in copied, 'value="7"' in copied) == (303, True, True)


async def test_what_was_decided_by_hand_is_named_and_let_go(client: httpx.AsyncClient, fair: Fair):
    page = await _added(fair)
    bob, carole, dora = (fair.seats[name].code for name in ("Bob", "Carole", "Dora"))
    locks = msgspec.json.encode([{"one": bob, "other": carole, "round": 2, "table": 1}]).decode()
    bans = msgspec.json.encode([(bob, dora)]).decode()
    await database.fetch("UPDATE scenario SET locks = $1, bans = $2", locks, bans)
    listed = (await client.get(page)).text

    for pair in ((bob, carole), (bob, dora)):
        await client.post(f"{page}/liberation", data={"one": pair[0], "other": pair[1]})

    named = "Bob Roy (Maison Bob) et Carole Roy (Maison Carole)\N{NO-BREAK SPACE}: fixée à la ronde 2, table 1"
    assert (named in listed, "et Dora Roy (Maison Dora)\N{NO-BREAK SPACE}: interdite" in listed) == (True, True)
    found = await scenario_called(fair.edition.id, page.rpartition("/")[2])
    assert (found.locks, found.bans) == ((), ())
    assert "Décidé à la main" not in (await client.get(page)).text


async def test_solved_scenarios_stand_side_by_side(client: httpx.AsyncClient, fair: Fair):
    await all_wished()
    await ended_run(fair, ("Bob", "Carole", 1), name="Peu")
    await ended_run(fair, ("Bob", "Carole", 1), ("Ève", "Dora", 1), name="Beaucoup", variation=Variation(tables=2))
    await _added(fair, "Neuf")

    listed = (await client.get(LIST)).text

    assert ("Côte à côte" in listed, listed.count('data-label="Neuf"')) == (True, 0)
    assert ("Pas encore calculé" in listed, "le mieux" in listed, "Maison Ève" in listed) == (True, True, True)
    assert (f"Tables{NBSP}: 2. Rondes{NBSP}: 6" in listed, f"Tables{NBSP}: 10. Rondes{NBSP}: 6" in listed) == (
        True,
        True,
    )


async def test_scenario_that_has_changed_since_its_run_says_so(client: httpx.AsyncClient, fair: Fair):
    await all_wished()
    run = await ended_run(fair, ("Bob", "Carole", 1))
    page = f"{LIST}/{run.scenario}"
    await client.post(page, data={"version": _version((await client.get(page)).text), "name": "Essai", "tables": "1"})

    listed, own = (await client.get(LIST)).text, (await client.get(page)).text

    assert "a changé depuis ce calcul" in listed
    assert f"/essais/{run.code}" in own


async def test_nobody_else_and_no_other_edition_gets_at_it(client: httpx.AsyncClient, fair: Fair):
    page = await _added(fair)
    other = await make_edition("jn2028")
    await grant((await database.fetch("SELECT person FROM role_grant"))[0]["person"], Role.ORGANISER, other)
    foreign = page.replace("jn2027", "jn2028")

    asked = [await client.get(foreign)]
    asked += [await client.post(f"{foreign}{what}", data={"name": "x"}) for what in ("", "/copie", "/liberation")]
    asked.append(await client.post(f"{foreign}/suppression"))
    await sign_in(client, fair.people["Bob"])
    asked.append(await client.post(f"{page}/suppression"))

    assert [answer.status_code for answer in asked] == [404, 404, 404, 404, 404, 403]
    assert len(await scenarios_of(fair.edition.id)) == 1

"""People read why they do not meet whom they wished to meet; nobody reads it of anybody else."""

import httpx
import pytest

from digital_days.composition import plug_in
from digital_days.kernel import database
from matchmaking.domain.publishing import publish_plan
from matchmaking.domain.scenarios import remove_scenario, scenario_called
from tests.conftest import sign_in
from tests.factories import make_person
from tests.matchmaking.factories import MORNING, ROUND, made, make_meeting
from tests.matchmaking.organised import all_wished, ended_run
from tests.matchmaking.published import Fair, make_matched
from tests.statements import counted_statements

PAGE = "/jn2027/mes-rencontres/pourquoi"
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
async def fair(db: None, client: httpx.AsyncClient) -> Fair:
    plug_in()
    found = await make_matched()
    await all_wished()
    await sign_in(client, found.people["Bob"])
    return found


async def _published(fair: Fair) -> str:
    """Bob meets Dora; nobody else meets. The scenario's code."""
    run = await ended_run(fair, ("Bob", "Dora", 1))
    plan = [fair.place("Bob", "Dora", 1, 1)]
    await publish_plan(fair.edition.id, plan, fair.rounds, expected=0, by=None, run=run.code)
    return run.scenario


async def _absent(fair: Fair, name: str) -> None:
    seat = fair.seats[name].id
    await made("match_absence", participant=seat, starts_at=MORNING, ends_at=MORNING + 12 * ROUND)


async def test_own_absence_is_the_reason_and_other_people_s_wishes_are_not_shown(client: httpx.AsyncClient, fair: Fair):
    await _absent(fair, "Ève")
    await _published(fair)
    await sign_in(client, fair.people["Ève"])

    page = (await client.get(PAGE)).text

    assert page.count(f"aucune ronde libre en commun{NBSP}: vous avez dit ne pas pouvoir de 9{NBSP}h à 12{NBSP}h") == 2
    assert page.count("Elle deviendrait possible si vous étiez libre à 9") == 2
    assert ("Maison Carole" in page, "Maison Dora" in page, "Maison Bob" in page) == (True, True, False)
    assert f'href="{PAGE}"' in (await client.get("/jn2027/mes-rencontres")).text


async def test_absence_refusal_and_enough_meetings_of_the_other_side_look_the_same(
    client: httpx.AsyncClient, fair: Fair
):
    await _published(fair)
    pages = []
    carole = fair.seats["Carole"].id
    absent = f"""
        INSERT INTO match_absence (participant, starts_at, ends_at)
        SELECT {carole}, min(starts_at), max(ends_at) FROM meeting_round
    """
    refuses = """
        INSERT INTO match_wish (by, about, strength, created_at)
        SELECT w.about, w.by, 'no', w.created_at FROM match_wish w JOIN match_organisation o ON o.id = w.about
        WHERE o.name = 'Maison Carole'
    """
    for change, back in (
        ("SELECT", "SELECT"),
        (absent, "DELETE FROM match_absence"),
        (refuses, "DELETE FROM match_wish WHERE strength = 'no'"),
        (f"UPDATE match_participant SET most = 0 WHERE id = {carole}", "UPDATE match_participant SET most = NULL"),
    ):
        await database.fetch(change)
        pages.append(_main((await client.get(PAGE)).text))
        await database.fetch(back)

    assert ("Maison Carole" in pages[0], "Maison Dora" in pages[0]) == (True, False)
    assert (pages[1] == pages[2] == pages[3], pages[0] == pages[1]) == (True, False)


def _main(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


async def test_reason_is_of_the_meetings_as_they_are_whoever_made_them(client: httpx.AsyncClient, fair: Fair):
    await database.fetch("UPDATE match_participant SET most = 1 WHERE id = $1", fair.seats["Bob"].id)
    scenario = await _published(fair)
    taken = f"la seule rencontre permise est déjà prise{NBSP}: Maison Dora."
    assert taken in (await client.get(PAGE)).text

    await remove_scenario((await scenario_called(fair.edition.id, scenario)).id)
    assert taken in (await client.get(PAGE)).text

    await publish_plan(fair.edition.id, [], fair.rounds, expected=1, by=None)
    page = (await client.get(PAGE)).text
    assert ("déjà prise" in page, page.count("Il reste peut-être une place")) == (False, 2)


async def test_who_is_met_after_all_or_no_longer_wished_for_is_not_listed(client: httpx.AsyncClient, fair: Fair):
    await _published(fair)
    await make_meeting(fair.edition, fair.seats["Bob"], fair.seats["Carole"], number=2)

    assert "Aucun de vos souhaits n’attend d’explication" in (await client.get(PAGE)).text


async def test_before_publishing_and_for_a_stranger_there_is_nothing(client: httpx.AsyncClient, fair: Fair):
    pages = [await client.get(PAGE)]
    await _published(fair)
    await sign_in(client, await make_person("Charlie Roy", "charlie@example.ca"))
    pages.append(await client.get(PAGE))

    assert [(page.status_code, "Maison" in page.text) for page in pages] == [(200, False)] * 2


async def test_page_needs_as_many_queries_for_more_wishes(client: httpx.AsyncClient, fair: Fair):
    await _published(fair)
    async with counted_statements() as few:
        await client.get(PAGE)
    await sign_in(client, fair.people["Ève"])
    async with counted_statements() as more:
        await client.get(PAGE)

    assert len(few) == len(more)

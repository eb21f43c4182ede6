"""What would go wrong is said before anything is computed, with the way to where it can be mended."""

import httpx
import msgspec
import pytest

from digital_days.kernel import database
from digital_days.kernel.permissions import Role
from matchmaking.domain.scenarios import Variation, add_scenario
from tests.conftest import sign_in
from tests.factories import grant, make_edition, make_person
from tests.matchmaking.factories import MORNING, ROUND, made, make_organisation, make_participant
from tests.matchmaking.organised import BASE, all_wished, organised
from tests.matchmaking.published import Fair
from tests.statements import counted_statements

PAGE = f"{BASE}/verification"


@pytest.fixture
async def fair(db: None, client: httpx.AsyncClient) -> Fair:
    return await organised(client)


async def test_who_has_no_wish_leads_to_their_sheet(client: httpx.AsyncClient, fair: Fair):
    page = (await client.get(PAGE)).text

    assert "N’ont fait aucun souhait" in page
    assert f'href="{BASE}/participation/personne/{fair.seats["Bob"].code}">Maison Bob</a>' in page


async def test_nothing_to_say_is_said(client: httpx.AsyncClient, fair: Fair):
    await all_wished()
    await database.fetch(
        """
        INSERT INTO match_wish (by, about, strength, created_at)
        SELECT about, by, 'like', created_at FROM match_wish
        """
    )

    page = (await client.get(PAGE)).text

    assert ("Rien à signaler" in page, "N’ont fait aucun souhait" in page) == (True, False)
    assert "2 souhaits pour 6 rencontres" in page


async def test_who_cannot_be_served_is_named_with_the_reason(client: httpx.AsyncClient, fair: Fair):
    await all_wished()
    seat = fair.seats["Dora"].id
    await made("match_absence", participant=seat, starts_at=MORNING, ends_at=MORNING + 12 * ROUND)

    page = (await client.get(PAGE)).text

    assert "Maison Ève souhaite Maison Dora\N{NO-BREAK SPACE}: aucune ronde libre en commun." in page
    assert "trop peu de temps" in page


async def test_scenario_without_tables_or_with_locks_at_once_is_impossible(client: httpx.AsyncClient, fair: Fair):
    await all_wished()
    none = await add_scenario(fair.edition.id, name="Sans table", variation=Variation(tables=0), by=None)
    locked = await add_scenario(fair.edition.id, name="Fixé", variation=Variation(), by=None)
    locks = [{"one": fair.seats["Bob"].code, "other": fair.seats[name].code, "round": 1} for name in ("Carole", "Dora")]
    await database.fetch("UPDATE scenario SET locks = $1 WHERE code = $2", msgspec.json.encode(locks).decode(), locked)

    pages = [(await client.get(f"{PAGE}?scenario={code}")).text for code in (none, locked)]

    assert ("Il n’y a aucune table" in pages[0], f'href="{BASE}/reglages">Réglages</a>' in pages[0]) == (True, True)
    assert "la même personne à deux rencontres à la fois" in pages[1]
    assert f'href="{BASE}/scenarios/{locked}">Scénario</a>' in pages[1]


async def test_nobody_at_all_is_no_mistake(client: httpx.AsyncClient, db: None):
    edition = await make_edition()
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    await grant(alice, Role.ORGANISER, edition)
    await sign_in(client, alice)

    page = await client.get(PAGE)

    assert (page.status_code, "Aucune ronde n’est prévue" in page.text) == (200, True)


async def test_check_needs_as_many_queries_for_more_people(client: httpx.AsyncClient, fair: Fair):
    async with counted_statements() as few:
        await client.get(PAGE)
    for number in range(3):
        await make_participant(fair.edition, await make_organisation(fair.edition, f"Autre {number}"))
    async with counted_statements() as more:
        await client.get(PAGE)

    assert len(few) == len(more)


async def test_scenario_of_another_edition_is_not_checked(client: httpx.AsyncClient, fair: Fair):
    other = await make_edition("jn2028")
    code = await add_scenario(other.id, name="Ailleurs", variation=Variation(), by=None)

    assert (await client.get(f"{PAGE}?scenario={code}")).status_code == 404

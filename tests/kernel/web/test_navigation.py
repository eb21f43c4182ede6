"""The menu outside an edition's pages, and the ways on from a page that refuses."""

from datetime import date

import httpx
import pytest

from digital_days.kernel import editions
from digital_days.kernel.permissions import Role
from tests.conftest import sign_in
from tests.factories import grant, make_edition, make_person
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")


async def menu(client: httpx.AsyncClient, path: str) -> list[str]:
    """The addresses in the page's menu."""
    page = (await client.get(path)).text
    listed = page.partition('<nav class="site-nav"')[2].partition("</nav>")[0]
    return [part.partition('"')[0] for part in listed.split('href="')[1:]]


async def an_edition(client: httpx.AsyncClient) -> None:
    """One that this process has seen, beside a later one."""
    await make_edition()
    await make_edition("jn2028", starts_on=date(2028, 10, 19), ends_on=date(2028, 10, 20))
    await client.get("/jn2027")


@pytest.mark.parametrize("path", ["/connexion", "/nimporte", "/vie-privee", "/en/connexion"])
async def test_menu_leads_into_the_nearest_edition_from_pages_of_none(client: httpx.AsyncClient, path: str):
    await an_edition(client)
    english = "/en" if path.startswith("/en") else ""

    assert f"{english}/jn2027/programme" in await menu(client, path)


async def test_menu_asks_the_database_nothing(client: httpx.AsyncClient):
    async with counted_statements() as before:
        await client.get("/connexion")
    await an_edition(client)
    async with counted_statements() as after:
        await client.get("/connexion")

    assert len(before) == len(after)


async def test_menu_of_the_account_leads_to_the_edition_somebody_works_for(client: httpx.AsyncClient):
    await an_edition(client)
    later = await make_edition("cafe2029", starts_on=date(2029, 10, 19), ends_on=date(2029, 10, 20))
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    await grant(alice, Role.ORGANISER, later)
    await sign_in(client, alice)
    editions.forget()

    listed = await menu(client, "/compte")

    assert {"/cafe2029/programme", "/cafe2029/accueil", "/cafe2029/organisation"} <= set(listed)


async def test_menu_of_a_refusal_stays_in_the_edition_of_its_address(client: httpx.AsyncClient):
    await an_edition(client)

    assert "/jn2028/programme" in await menu(client, "/jn2028/activites/QQQQQQQQQQ")


@pytest.mark.parametrize("path", ["/nimporte", "/jn2027/nimporte", "/nimporte/du/tout"])
async def test_unknown_address_says_so_and_shows_the_ways_on(client: httpx.AsyncClient, path: str):
    await an_edition(client)

    answer = await client.get(path)
    main = answer.text.partition("<main")[2]

    assert answer.status_code == 404
    assert "Cette page n’existe pas, ou son adresse a changé." in main
    assert ">404<" not in main
    assert 'href="/jn2027/programme"><span>Voir le programme' in main
    assert "info@jn.example" in main


async def test_forbidden_page_names_the_account_and_leads_to_another(client: httpx.AsyncClient):
    await an_edition(client)
    await sign_in(client, await make_person())

    answer = await client.get("/jn2027/organisation")
    out = await client.post("/deconnexion", data={"next": "/jn2027/organisation"})

    assert answer.status_code == 403
    assert "Vous utilisez ce compte\N{NO-BREAK SPACE}: Bob Tremblay (bob@example.ca)." in answer.text
    assert '<input type="hidden" name="next" value="/jn2027/organisation">' in answer.text
    assert "Changer de compte" in answer.text
    assert out.headers["location"] == "/connexion?next=%2Fjn2027%2Forganisation"


async def test_signing_out_leads_to_no_other_site(client: httpx.AsyncClient):
    assert (await client.post("/deconnexion", data={"next": "//evil.example"})).headers["location"] == "/connexion"


async def test_form_of_another_site_is_refused_without_talk_of_accounts(client: httpx.AsyncClient):
    await an_edition(client)
    await sign_in(client, await make_person())

    answer = await client.post("/deconnexion", headers={"origin": "https://evil.example"})

    assert (answer.status_code, "Changer de compte" in answer.text) == (403, False)

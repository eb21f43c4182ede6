"""The start page of an exhibitor's own space: where it stands, what is left to do, and whose it is."""

import httpx
import pytest

from digital_days.kernel import database
from digital_days.kernel.permissions import Role
from digital_days.kernel.web.urls import url
from digital_days.site.start_page import start_page
from exhibitors.domain.checklist import ROUTES
from exhibitors.routes.portal_menu import PAGES
from tests.conftest import sign_in
from tests.desk_factories import make_attendee
from tests.exhibitors.factories import make_booking, make_booth, make_exhibitor, make_member
from tests.exhibitors.portal_pages import make_owner, owner_signs_in
from tests.factories import Made, grant, make_edition, make_person
from tests.scheduling.routes.catalogue_pages import said

pytestmark = pytest.mark.usefixtures("db", "app")


def test_every_task_and_every_page_of_the_menu_leads_somewhere():
    names = [*ROUTES.values(), *(name for name, _words in PAGES)]

    paths = [url(name, edition_slug="jn2027", exhibitor="X") for name in names]

    assert [path for path in paths if not path.startswith("/jn2027/mon-kiosque/X")] == []


async def test_page_says_state_booth_and_what_is_left(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    await make_booking(await make_booth(owner.edition, "A12"), owner.exhibitor)

    page = await client.get(owner.path)

    words = said(page)
    shown = ("Acceptée", "Fournisseurs", "A12", "Il vous reste 3 choses à faire.", "Envoyer la preuve d’assurance")
    assert (page.status_code, [text for text in shown if text not in words]) == (200, [])


async def test_refused_proof_says_why(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    await database.fetch(
        """
        INSERT INTO exhibitor_document
            (code, exhibitor, kind, filename, media_type, size, file, state, reason, uploaded_at)
        VALUES ('D', $1, 'insurance', 'p.pdf', 'application/pdf', 1, 'f', 'refused', 'Il manque la page 2.', now())
        """,
        owner.exhibitor.id,
    )

    assert "Ce que vous avez envoyé ne convient pas : Il manque la page 2." in said(await client.get(owner.path))


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("submitted", "L’équipe de l’événement examine votre candidature"),
        ("waiting", "L’équipe de l’événement examine votre candidature"),
        ("declined", "cet exposant ne participe pas au salon"),
    ],
)
async def test_who_is_not_accepted_has_no_list(client: httpx.AsyncClient, state: str, sentence: str):
    owner = await owner_signs_in(client, state=state)

    assert sentence in said(await client.get(owner.path))


async def test_who_acts_for_several_finds_them_all(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    [category] = await database.fetch("SELECT id FROM fair_category")
    other = await make_exhibitor(owner.edition, Made(category["id"], ""), owner.person, name="Autre atelier")
    await make_exhibitor(owner.edition, Made(category["id"], ""), name="À d’autres")

    pages = [said(await client.get(path)) for path in (owner.path, "/jn2027/mon-kiosque")]

    assert [("Autre atelier" in words, "À d’autres" in words) for words in pages] == [(True, False)] * 2
    assert f"/jn2027/mon-kiosque/{other.code}" in (await client.get(owner.path)).text


async def test_who_acts_for_nobody_is_told_how_to_be_invited(client: httpx.AsyncClient):
    await make_edition()
    await sign_in(client, await make_person())

    page = await client.get("/jn2027/mon-kiosque")

    assert (page.status_code, "Vous ne représentez aucun exposant" in said(page)) == (200, True)


async def test_stranger_and_organiser_find_no_page(client: httpx.AsyncClient):
    owner = await make_owner()
    paths = ["", "/fiche", "/fiche/apercu", "/equipe", "/equipe/porte-noms.pdf", "/arrivee", "/arrivee.ics"]
    alice = await make_person("Alice", "alice@example.ca")
    await grant(alice, Role.ORGANISER, owner.edition)

    found = {}
    for who in (await make_person("Charlie", "charlie@example.ca"), alice):
        await sign_in(client, who)
        found[who] = {(await client.get(owner.path + path)).status_code for path in paths}

    assert list(found.values()) == [{404}, {404}]


async def test_whoever_acts_for_an_exhibitor_starts_there():
    owner = await make_owner()

    assert await start_page(owner.person) == owner.path


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
async def test_whoever_does_not_take_part_starts_elsewhere(state: str):
    owner = await make_owner(state=state)

    assert await start_page(owner.person) == "/compte"


async def test_own_space_comes_before_the_agenda_and_after_a_role():
    owner = await make_owner()
    attendee = await make_attendee(owner.edition, "Zoé", "zoe@example.ca")
    before = await start_page(attendee.id)
    await make_member(owner.exhibitor.id, attendee.id)
    acting = await start_page(attendee.id)
    await grant(attendee.id, Role.DESK, owner.edition)

    assert (before, acting, await start_page(attendee.id)) == ("/jn2027/mon-agenda", owner.path, "/jn2027/accueil")


async def test_account_leads_to_the_space(client: httpx.AsyncClient):
    await owner_signs_in(client)

    assert 'href="/jn2027/mon-kiosque"' in (await client.get("/compte")).text

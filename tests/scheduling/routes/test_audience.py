"""An audience's own page: the student programme, the business forum, the moments for everybody."""

import re
from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import database, revalidated
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_person, make_room, make_slot
from tests.scheduling.planning import found, texts
from tests.scheduling.programme_factories import make_label, mark
from tests.scheduling.registered import ask_for_place
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")

STUDENTS = "/jn2027/publics/eleves"


@pytest.fixture
async def edition() -> Made:
    return await make_edition()


async def make_audience(edition: Made, slug: str = "eleves", name: str = "Élèves", **texts: str) -> int:
    label = await make_label(edition, "audience", slug, name, name_en="Students")
    for column, text in texts.items():
        await database.fetch(f"UPDATE label SET {column} = $2 WHERE id = $1", label, text)
    return label


async def make_activity_for(audience: int, edition: Made, title: str) -> Made:
    activity = await make_activity(edition, title)
    await mark(activity, "audience", audience)
    return activity


async def test_audience_finds_its_activities_by_day_with_times_rooms_and_places(
    client: httpx.AsyncClient, edition: Made
):
    students = await make_audience(edition, description_fr="Venez créer.\n\nOn vous attend.")
    await make_slot(await make_activity_for(students, edition, "Écrire un jeu"), room=await make_room(edition), seats=3)
    later = await make_activity_for(students, edition, "Enquête")
    await make_slot(later, starts_at=IN_A_YEAR + timedelta(days=1), seats=None)
    await make_slot(await make_activity(edition, "Comptabilité"))

    page = await client.get(STUDENTS)

    assert (page.status_code, texts(page, "//h1")) == (200, ["Élèves"])
    assert texts(page, "//div[@class='prose']/p") == ["Venez créer.", "On vous attend."]
    assert texts(page, "//main//h2") == ["jeudi 21 octobre 2027", "vendredi 22 octobre 2027"]
    assert texts(page, "//ul[@class='slot-list']/li") == [
        "Écrire un jeu 9 h à 10 h Salle des Lilas, Bibliothèque 3 dernières places",
        "Enquête 9 h à 10 h Salle à préciser Entrée libre",
    ]


async def test_audience_leads_to_the_programme_narrowed_to_it(client: httpx.AsyncClient, edition: Made):
    await make_slot(await make_activity_for(await make_audience(edition), edition, "Écrire un jeu"))

    [narrowed] = found(await client.get(STUDENTS), "//a[span='Chercher et filtrer ces activités']/@href")

    assert narrowed == "/jn2027/programme?public=eleves"
    assert "1 activité" in (await client.get(narrowed)).text


async def test_audience_reads_its_page_in_english(client: httpx.AsyncClient, edition: Made):
    await make_audience(edition, description_fr="Venez créer.", description_en="Come and create.")

    page = await client.get(f"/en{STUDENTS}")

    assert (texts(page, "//h1"), texts(page, "//div[@class='prose']/p")) == (["Students"], ["Come and create."])


async def test_audience_is_told_kindly_when_there_is_nothing_for_it_yet(client: httpx.AsyncClient, edition: Made):
    await make_audience(edition)

    page = await client.get(STUDENTS)

    assert page.status_code == 200
    assert texts(page, "//p[@class='empty-state-title']") == ["Rien d’annoncé pour vous encore"]


async def test_activity_without_a_time_is_announced_all_the_same(client: httpx.AsyncClient, edition: Made):
    activity = await make_activity_for(await make_audience(edition), edition, "Écrire un jeu")

    page = await client.get(STUDENTS)

    assert texts(page, "//main//h2") == ["Horaire à venir"]
    assert found(page, "//main//ul[@class='links']//a/@href") == [f"/jn2027/activites/{activity.code}"]


@pytest.mark.parametrize("slug", ["personne", "cybersecurite", "tout-le-monde"])
async def test_what_is_no_audience_of_this_edition_has_no_page(client: httpx.AsyncClient, edition: Made, slug: str):
    await make_label(edition, "theme", "cybersecurite", "Cybersécurité")
    await make_audience(await make_edition("cafe2028"), "tout-le-monde", "Tout le monde")

    answer = await client.get(f"/jn2027/publics/{slug}")

    assert (answer.status_code, "Ce public n’a pas de page" in answer.text) == (404, True)


async def test_page_comes_out_of_memory_until_the_programme_changes(client: httpx.AsyncClient, edition: Made):
    label = await make_audience(edition)
    first = await client.get(STUDENTS)

    async with counted_statements() as sent:
        again = await client.get(STUDENTS, headers={"if-none-match": first.headers["etag"]})
    await database.fetch("UPDATE label SET name_fr = 'Jeunes' WHERE id = $1", label)
    revalidated.forget_all()

    assert (again.status_code, [statement for statement in sent if "FROM label" in statement]) == (304, [])
    assert texts(await client.get(STUDENTS), "//h1") == ["Jeunes"]


async def test_own_place_is_marked_for_who_holds_it(client: httpx.AsyncClient, edition: Made):
    slot = await make_slot(await make_activity_for(await make_audience(edition), edition, "Écrire un jeu"))
    await ask_for_place(slot)
    [bob] = await database.fetch("SELECT id FROM person")
    assert "Votre place" not in (await client.get(STUDENTS)).text

    await sign_in(client, bob["id"])

    assert "Votre place" in (await client.get(STUDENTS)).text


@pytest.mark.parametrize("path", ["/jn2027", "/jn2027/programme"])
async def test_audience_is_reached_from_the_home_page_and_the_programme(
    client: httpx.AsyncClient, edition: Made, path: str
):
    await make_slot(await make_activity_for(await make_audience(edition), edition, "Écrire un jeu"))

    page = (await client.get(path)).text

    assert re.findall(rf'href="({STUDENTS})"', page) == [STUDENTS]


async def test_stranger_and_person_share_no_copy_of_the_page(client: httpx.AsyncClient, edition: Made):
    await make_audience(edition)
    shared = await client.get(STUDENTS)
    await sign_in(client, await make_person())

    own = await client.get(STUDENTS)

    assert shared.headers["vary"] == "accept-encoding, cookie"
    assert own.headers["cache-control"] == "private, no-cache"

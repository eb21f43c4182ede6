"""The front door."""

from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from digital_days.kernel import clock, database, editions
from tests.factories import IN_A_YEAR, make_activity, make_edition, make_slot
from tests.scheduling.programme_factories import make_label, mark

pytestmark = pytest.mark.usefixtures("db")


async def test_home_says_that_nothing_is_planned_when_there_is_no_edition(client: httpx.AsyncClient) -> None:
    answer = await client.get("/")

    assert answer.status_code == 200
    assert "Le prochain rendez-vous se prépare" in answer.text


async def test_home_shows_the_next_edition_large_and_the_others_below(client: httpx.AsyncClient) -> None:
    await make_edition("jn2029", name="Journées de 2029", starts_on=date(2029, 10, 1), ends_on=date(2029, 10, 2))
    await make_edition("jn2027", name="Journées de 2027")
    await make_edition("jn2025", name="Journées de 2025", starts_on=date(2025, 10, 1), ends_on=date(2025, 10, 2))

    with clock.stopped_at(datetime(2027, 10, 22, 20, 0, tzinfo=UTC)):
        page = (await client.get("/")).text

    assert '<h1 id="welcome">Journées de 2027</h1>' in page
    assert 'href="/jn2027/programme"' in page
    assert page.index("Journées de 2029") < page.index("Journées de 2025")


async def test_home_shows_the_last_edition_when_none_is_to_come(client: httpx.AsyncClient) -> None:
    await make_edition("jn2025", name="Journées de 2025", starts_on=date(2025, 10, 1), ends_on=date(2025, 10, 2))
    await make_edition("jn2027", name="Journées de 2027")

    with clock.stopped_at(datetime(2027, 10, 23, 12, 0, tzinfo=UTC)):
        page = (await client.get("/")).text

    assert '<h1 id="welcome">Journées de 2027</h1>' in page


async def test_home_goes_to_french_when_the_next_edition_is_french_only(client: httpx.AsyncClient) -> None:
    await make_edition(english=False)

    answer = await client.get("/en")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert 'hreflang="en"' not in (await client.get("/")).text


async def test_edition_page_is_not_found_when_there_is_no_such_edition(client: httpx.AsyncClient) -> None:
    assert (await client.get("/jn1999")).status_code == 404


@pytest.mark.parametrize("path", ["/jn2027", "/confidentialite", "/accessibilite"])
async def test_public_page_is_reached_from_the_home_page(client: httpx.AsyncClient, path: str) -> None:
    await make_edition()

    assert (await client.get(path)).status_code == 200
    assert path == "/jn2027" or f'href="{path}"' in (await client.get("/")).text


async def test_home_says_how_much_there_is_when_the_edition_says_nothing_itself(client: httpx.AsyncClient) -> None:
    edition = await make_edition()
    activity = await make_activity(edition)
    await make_slot(activity, seats=12)
    await make_slot(activity, seats=30, starts_at=IN_A_YEAR - timedelta(days=1))
    await make_slot(await make_activity(edition), seats=None)
    await database.fetch("UPDATE edition SET tagline_fr = '', tagline_en = ''")
    editions.forget()

    with clock.stopped_at(IN_A_YEAR - timedelta(hours=1)):
        page = (await client.get("/jn2027")).text

    assert "2 activités au programme. Il reste 12 places à réserver." in page


async def test_home_counts_for_an_audience_what_the_programme_counts(client: httpx.AsyncClient) -> None:
    edition = await make_edition()
    public = await make_label(edition, "audience", "public", "Grand public")
    await make_label(edition, "audience", "scolaire", "Élèves")
    for moments in (2, 1, 0):
        activity = await make_activity(edition)
        await mark(activity, "audience", public)
        for number in range(moments):
            await make_slot(activity, starts_at=IN_A_YEAR + timedelta(hours=number))

    home = (await client.get("/jn2027")).text
    programme = (await client.get("/jn2027/programme?public=public")).text

    assert "2 activités pour vous" in home
    assert "2 activités (3 moments)" in programme

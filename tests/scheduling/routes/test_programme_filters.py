"""Choices of the programme that depend on who asks."""

import re
from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import agenda, database
from scheduling.domain.places import Applicant, take_place
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_person, make_slot
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")

FITTING = "/jn2027/programme?libre=oui&jour=tous"


@pytest.fixture
async def slots() -> dict[str, Made]:
    edition = await make_edition()
    return {
        title: await make_slot(
            await make_activity(edition, title), starts_at=IN_A_YEAR + timedelta(hours=hours), seats=seats
        )
        for title, hours, seats in (("Une", 0, 5), ("Autre", 0.5, 5), ("Après", 2, 5), ("Pleine", 4, 0))
    }


def titles(page: httpx.Response) -> list[str]:
    return re.findall(r'class="slot-title"><a[^>]*>(.*?)</a>', page.text)


def plain(page: httpx.Response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text.replace("\N{NO-BREAK SPACE}", " ")).split())


async def test_strangers_day_hides_what_overlaps_it_and_says_how_much(
    client: httpx.AsyncClient, slots: dict[str, Made]
) -> None:
    client.cookies.set("my-day", slots["Une"].code)

    page = await client.get(FITTING)

    assert titles(page) == ["Une", "Après", "Pleine"]
    assert "1 moment est caché, parce qu’il chevauche votre journée. Les montrer" in plain(page)
    assert 'href="/jn2027/programme?jour=tous"' in page.text
    assert (page.headers["cache-control"], page.headers["vary"]) == ("private, no-cache", "cookie")


async def test_what_was_asked_for_without_an_account_is_part_of_the_day(
    client: httpx.AsyncClient, slots: dict[str, Made]
) -> None:
    client.cookies.set("my-day-asked", slots["Autre"].code)

    assert titles(await client.get(FITTING)) == ["Autre", "Après", "Pleine"]


async def test_day_combines_with_other_choices(client: httpx.AsyncClient, slots: dict[str, Made]) -> None:
    client.cookies.set("my-day", slots["Une"].code)

    assert titles(await client.get(f"{FITTING}&places=1")) == ["Une", "Après"]
    page = await client.get(f"{FITTING}&q=autre")
    assert titles(page) == []
    assert "1 moment est caché" in plain(page)


async def test_places_and_other_appointments_of_who_is_signed_in_are_their_day(
    client: httpx.AsyncClient, slots: dict[str, Made]
) -> None:
    bob = await make_person()
    await take_place(slots["Une"].code, Applicant(person_id=bob), consents=[])
    await database.fetch(
        """
        INSERT INTO agenda_entry (person, starts_at, ends_at, source, source_code)
        VALUES ($1, $2, $3, 'matchmaking.meeting', 'X')
        """,
        bob,
        IN_A_YEAR + timedelta(hours=2.5),
        IN_A_YEAR + timedelta(hours=3),
    )
    await sign_in(client, bob)

    page = await client.get(FITTING)

    assert titles(page) == ["Une", "Pleine"]
    assert "2 moments sont cachés, parce qu’ils chevauchent votre journée." in plain(page)
    assert len(await agenda.times_taken(bob)) == 2


async def test_empty_day_hides_nothing_and_leads_to_its_page(client: httpx.AsyncClient, slots: dict[str, Made]) -> None:
    page = await client.get(FITTING)

    assert len(titles(page)) == len(slots)
    assert "Votre journée est vide : rien n’est caché. Composer ma journée" in plain(page)


async def test_day_that_nothing_overlaps_says_so(client: httpx.AsyncClient, slots: dict[str, Made]) -> None:
    client.cookies.set("my-day", slots["Après"].code)

    assert "Rien ne chevauche votre journée : rien n’est caché." in plain(await client.get(FITTING))


async def test_favourites_alone_are_shown_to_who_keeps_some(client: httpx.AsyncClient, slots: dict[str, Made]) -> None:
    [row] = await database.fetch("SELECT code FROM activity WHERE title_fr = 'Après'")
    client.cookies.set("favourites", row["code"])

    page = await client.get("/jn2027/programme?favoris=oui")

    assert titles(page) == ["Après"]
    assert 'aria-pressed="true"' in page.text
    assert page.headers["cache-control"] == "private, no-cache"


async def test_personal_page_is_nobody_elses_and_the_shared_one_stays_in_memory(
    client: httpx.AsyncClient, slots: dict[str, Made]
) -> None:
    client.cookies.set("my-day", slots["Une"].code)
    await client.get(FITTING)
    await client.get("/jn2027/programme?jour=tous")
    client.cookies.clear()

    others = await client.get(FITTING)
    async with counted_statements(remembering=True) as seen:
        shared = await client.get("/jn2027/programme?jour=tous")

    assert len(titles(others)) == len(titles(shared)) == len(slots)
    assert seen == []
    assert (shared.headers["cache-control"], "etag" in shared.headers) == ("no-cache", True)
    assert "etag" not in others.headers

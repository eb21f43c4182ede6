"""One's account and one's devices."""

import httpx
import pytest

from digital_days.kernel import database
from digital_days.kernel.permissions import Role
from digital_days.kernel.web.sessions import start_session
from tests.conftest import sign_in
from tests.factories import grant, make_edition, make_person
from tests.scheduling.registered import registered

pytestmark = pytest.mark.usefixtures("db")


async def sessions() -> list[str]:
    return [row["browser"] for row in await database.fetch("SELECT browser FROM session ORDER BY id")]


async def test_account_asks_to_sign_in_when_nobody_is(client: httpx.AsyncClient) -> None:
    answer = await client.get("/compte")

    assert (answer.status_code, answer.headers["location"]) == (303, "/connexion?next=%2Fcompte")


async def test_account_shows_roles_and_pages_when_somebody_works_for_an_edition(client: httpx.AsyncClient) -> None:
    edition = await make_edition()
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    await grant(alice, Role.ORGANISER, edition)
    await sign_in(client, alice)

    page = (await client.get("/compte")).text

    assert "alice@example.ca" in page
    assert 'href="/jn2027/organisation"' in page
    assert 'href="/jn2027/accueil"' in page


async def test_account_lists_what_one_is_registered_for_when_somebody_only_takes_part(
    client: httpx.AsyncClient,
) -> None:
    bob = await registered()
    for edition in (bob.edition, await make_edition("cafe2028", name="Café numérique")):
        await grant(bob.person, Role.ATTENDEE, edition)
    await sign_in(client, bob.person)

    page = (await client.get("/compte")).text

    assert ('href="/jn2027"' in page, "/jn2027/mon-agenda" in page, "/jn2027/mon-billet" in page) == (True, True, True)
    assert "Participation" not in page
    assert "Café numérique" not in page


async def test_account_leads_to_the_programme_when_somebody_is_registered_for_nothing(
    client: httpx.AsyncClient,
) -> None:
    bob = await make_person()
    await grant(bob, Role.ATTENDEE, await make_edition())
    await sign_in(client, bob)

    assert "Aucune inscription pour l’instant" in (await client.get("/compte")).text


async def test_name_and_language_change_when_saved(client: httpx.AsyncClient) -> None:
    await sign_in(client, await make_person())

    answer = await client.post("/compte", data={"name": " Robert  Tremblay ", "locale": "en"})

    assert answer.headers["location"] == "/compte"
    [person] = await database.fetch("SELECT name, email, locale, search_key FROM person")
    assert dict(person) == {
        "name": "Robert Tremblay",
        "email": "bob@example.ca",
        "locale": "en",
        "search_key": "robert tremblay bob@example.ca",
    }


@pytest.mark.parametrize("fields", [{"name": " ", "locale": "fr"}, {"name": "Bob", "locale": "de"}])
async def test_nothing_changes_when_a_field_is_wrong(client: httpx.AsyncClient, fields: dict[str, str]) -> None:
    await sign_in(client, await make_person())

    answer = await client.post("/compte", data=fields)

    assert answer.status_code == 422
    [person] = await database.fetch("SELECT name, locale FROM person")
    assert dict(person) == {"name": "Bob Tremblay", "locale": "fr"}


async def test_other_device_is_signed_out_when_its_session_is_ended(client: httpx.AsyncClient) -> None:
    bob = await make_person()
    await start_session(bob, browser="Firefox, Windows")
    await sign_in(client, bob)
    [other] = await database.fetch("SELECT id FROM session WHERE browser = 'Firefox, Windows'")

    assert "Firefox, Windows" in (await client.get("/compte")).text
    await client.post("/compte/appareils/deconnecter", data={"session": other["id"]})

    assert await sessions() == ["tests"]


async def test_session_goes_on_when_somebody_else_tries_to_end_it(client: httpx.AsyncClient) -> None:
    await start_session(await make_person(), browser="Bob’s")
    [bobs] = await database.fetch("SELECT id FROM session")
    await sign_in(client, await make_person("Charlie Roy", "charlie@example.ca"))

    await client.post("/compte/appareils/deconnecter", data={"session": bobs["id"]})

    assert await sessions() == ["Bob’s", "tests"]


async def test_every_device_is_signed_out_when_asked_for(client: httpx.AsyncClient) -> None:
    bob = await make_person()
    await start_session(bob, browser="Firefox, Windows")
    await sign_in(client, bob)
    await start_session(await make_person("Charlie Roy", "charlie@example.ca"), browser="Charlie’s")

    await client.post("/compte/appareils/deconnecter-partout")

    assert await sessions() == ["Charlie’s"]
    assert (await client.get("/compte")).status_code == 303

"""Every page of an exhibitor's own space is closed to whoever acts for another one, here or in another edition."""

import httpx
import pytest

from digital_days.kernel import database
from tests.conftest import sign_in
from tests.exhibitors.factories import make_category, make_exhibitor, make_fair
from tests.factories import Made, make_edition, make_person
from tests.pages import ROUTES, Route, parameters

OWN_SPACE = [route for route in ROUTES if "/mon-kiosque/{exhibitor}" in route.path]


def path_of(route: Route, edition: str, exhibitor: str) -> str:
    """Whatever else it names does not exist."""
    given = {"edition_slug": edition, "exhibitor": exhibitor, "kind": "csv"}
    path = route.path
    for parameter in parameters(path):
        path = path.replace("{" + parameter + "}", given.get(parameter, "1"))
    return path


async def ask_all(client: httpx.AsyncClient, edition: str, exhibitor: str) -> dict[str, int]:
    """The status of each route, asked as it wants to be."""
    return {
        f"{method} {route.name}": (await client.request(method, path_of(route, edition, exhibitor))).status_code
        for route in OWN_SPACE
        for method in sorted(route.methods & {"GET", "POST"})
    }


@pytest.fixture
async def bobs() -> Made:
    """Bob's exhibitor, accepted, in the edition jn2027."""
    edition = await make_edition()
    await make_fair(edition)
    return await make_exhibitor(edition, await make_category(edition), await make_person())


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("theirs", ["jn2027", "cafe2028"])
@pytest.mark.parametrize("asked", ["jn2027", "cafe2028"])
async def test_exhibitor_of_another_exhibitor_or_edition_finds_nothing(
    client: httpx.AsyncClient, bobs: Made, theirs: str, asked: str
):
    there = await make_edition("cafe2028")
    await make_fair(there)
    charlie = await make_person("Charlie Roy", "charlie@example.ca")
    [row] = await database.fetch("SELECT edition FROM exhibitor WHERE id = $1", bobs.id)
    edition = there if theirs == "cafe2028" else Made(row["edition"], "jn2027")
    await make_exhibitor(edition, await make_category(edition, "Autre"), charlie, name="Autre")
    await sign_in(client, charlie)

    answers = await ask_all(client, asked, bobs.code)

    assert answers == dict.fromkeys(answers, 404)
    assert len(answers) >= len(OWN_SPACE) > 20


@pytest.mark.usefixtures("db")
async def test_own_member_does_find_those_pages(client: httpx.AsyncClient, bobs: Made):
    [bob] = await database.fetch("SELECT person FROM exhibitor_member WHERE exhibitor = $1", bobs.id)
    await sign_in(client, bob["person"])

    answers = await ask_all(client, "jn2027", bobs.code)

    plain = {f"GET {route.name}" for route in OWN_SPACE if route.is_page and len(list(parameters(route.path))) == 2}
    assert {name: status for name, status in answers.items() if name in plain and status == 404} == {}

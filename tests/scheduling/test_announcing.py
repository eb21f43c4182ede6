"""An edition that is not announced is its organisers' secret; taking it back is for when nobody has registered."""

import asyncio

import httpx
import pytest

from digital_days.kernel import database, editions
from digital_days.kernel.desk_registrations import register_at_desk
from digital_days.kernel.permissions import Role
from digital_days.kernel.registrations import NotAnnounced
from scheduling.domain.announcing import SomebodyRegistered, announce, withdraw
from scheduling.domain.places import Applicant, NoSuchSlot, take_place
from tests.conftest import sign_in
from tests.desk_factories import make_attendee
from tests.factories import Made, grant, make_activity, make_edition, make_person, make_slot
from tests.statements import counted_statements


async def hidden_edition(slug: str = "jn2028") -> Made:
    edition = await make_edition(slug, name="Journées de 2028")
    await withdraw(edition.id)
    return edition


async def is_announced(edition: Made) -> bool:
    [row] = await database.fetch("SELECT announced FROM edition WHERE id = $1", edition.id)
    return bool(row["announced"])


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    "path",
    ["/jn2028", "/jn2028/programme", "/en/jn2028/programme", "/jn2028/nimporte", "/api/v1/programme?edition=jn2028"],
)
async def test_hidden_edition_is_not_there_for_a_stranger(client: httpx.AsyncClient, path: str):
    await make_edition()
    await hidden_edition()

    answer = await client.get(path)

    assert (answer.status_code, "Journées de 2028" in answer.text) == (404, False)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("role", [Role.DESK, Role.ATTENDEE, Role.ORGANISER])
async def test_hidden_edition_is_shown_to_nobody_else_whatever_they_do_elsewhere(client: httpx.AsyncClient, role: Role):
    edition = await make_edition()
    hidden = await hidden_edition()
    bob = await make_person()
    await grant(bob, role, edition if role is Role.ORGANISER else hidden)
    await sign_in(client, bob)

    pages = {path: await client.get(path) for path in ("/jn2028/programme", "/compte", "/")}

    assert {path: page.status_code for path, page in pages.items()} == {
        "/jn2028/programme": 404,
        "/compte": 200,
        "/": 200,
    }
    assert [path for path, page in pages.items() if "Journées de 2028" in page.text] == []


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("everywhere", [False, True])
async def test_organisers_and_administrators_see_it(client: httpx.AsyncClient, everywhere: bool):
    hidden = await hidden_edition()
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    await grant(alice, Role.ADMINISTRATOR if everywhere else Role.ORGANISER, None if everywhere else hidden)
    await sign_in(client, alice)

    assert (await client.get("/jn2028/programme")).status_code == 200
    assert "/jn2028/organisation" in (await client.get("/compte")).text


@pytest.mark.usefixtures("db")
async def test_hidden_edition_stands_on_no_list_and_opens_no_english(client: httpx.AsyncClient):
    await make_edition(english=False)
    await hidden_edition()

    assert "2028" not in (await client.get("/")).text
    assert (await client.get("/en")).headers["location"] == "/"


@pytest.mark.usefixtures("db")
async def test_knowing_who_may_see_it_takes_no_further_statement(client: httpx.AsyncClient):
    edition = await make_edition()
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    await grant(alice, Role.ORGANISER, edition)
    await sign_in(client, alice)
    await client.get("/compte")
    async with counted_statements() as announced:
        await client.get("/compte")
    await withdraw(edition.id)
    async with counted_statements() as hidden:
        await client.get("/compte")

    assert len(hidden) == len(announced)


@pytest.mark.usefixtures("db")
async def test_announcing_shows_it_at_once_and_twice_is_harmless(client: httpx.AsyncClient):
    hidden = await hidden_edition()

    assert [await announce(hidden.id), await announce(hidden.id)] == [True, False]
    assert (await client.get("/jn2028")).status_code == 200


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("state", ["active", "cancelled"])
async def test_edition_with_a_registration_stays_announced(state: str):
    edition = await make_edition()
    await make_attendee(edition, state=state)

    with pytest.raises(SomebodyRegistered):
        await withdraw(edition.id)

    assert await is_announced(edition)


@pytest.mark.usefixtures("db")
async def test_nobody_registers_for_a_hidden_edition():
    edition = await make_edition()
    slot = await make_slot(await make_activity(edition))
    await withdraw(edition.id)

    with pytest.raises(NoSuchSlot):
        await take_place(slot.code, Applicant(name="Bob", email="bob@example.ca"), consents=[])
    with pytest.raises(NotAnnounced):
        await register_at_desk(
            edition_id=edition.id, name="Bob", email="", locale="fr", agreed={"registration"}, form_code="x"
        )

    assert await database.fetch("SELECT 1 FROM registration") == []


@pytest.mark.usefixtures("db")
async def test_programs_are_told_that_a_slot_of_a_hidden_edition_does_not_exist(client: httpx.AsyncClient):
    edition = await make_edition()
    slot = await make_slot(await make_activity(edition))
    await withdraw(edition.id)

    asked = {"slot": slot.code, "name": "Bob", "email": "bob@example.ca", "consents": ["registration"]}
    answer = await client.post("/api/v1/registrations", json=asked)

    assert (answer.status_code, (await client.get("/api/v1/programme")).status_code) == (404, 404)


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("attempt", range(5))
async def test_edition_is_never_hidden_from_somebody_who_registers_at_the_same_moment(attempt: int):
    edition = await make_edition()
    slot = await make_slot(await make_activity(edition), seats=40)
    people = [Applicant(name="Bob", email=f"bob{number}@example.ca") for number in range(8)]

    *answers, withdrawn = await asyncio.gather(
        *(take_place(slot.code, person, consents=[]) for person in people), withdraw(edition.id), return_exceptions=True
    )

    [row] = await database.fetch("SELECT count(*) AS people FROM registration")
    outcomes = {getattr(answer, "outcome", type(answer)) for answer in answers}
    assert (await is_announced(edition), withdrawn is None) in ((True, False), (False, True))
    assert (row["people"] > 0) == await is_announced(edition)
    assert outcomes <= {"confirmed", NoSuchSlot}
    editions.forget()

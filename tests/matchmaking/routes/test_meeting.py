"""A meeting's page: for the two alone; three taps afterwards."""

from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock, database
from tests.conftest import sign_in
from tests.factories import Made, make_edition, make_person
from tests.matchmaking.factories import make_meeting, make_organisation, make_participant

pytestmark = pytest.mark.usefixtures("db")


class World:
    """Bob's mill has met Carole's support resource."""

    edition: Made
    bob: int
    carole: int
    meeting: Made
    seats: tuple[Made, Made]

    @property
    def path(self) -> str:
        return f"/jn2027/mes-rencontres/{self.meeting.code}"


@pytest.fixture
async def world(client: httpx.AsyncClient) -> World:
    made = World()
    made.edition = await make_edition()
    made.bob, made.carole = await make_person(), await make_person("Carole Roy", "carole@example.ca")
    mill = await make_organisation(made.edition, "Moulin du Nord")
    cle = await make_organisation(made.edition, "CLE d’Argenteuil", side="resource", about="Nous aidons les commerces.")
    made.seats = (
        await make_participant(made.edition, mill, made.bob),
        await make_participant(made.edition, cle, made.carole),
    )
    began = clock.now() - timedelta(hours=1)
    made.meeting = await make_meeting(made.edition, *made.seats, began=began)
    await sign_in(client, made.bob)
    return made


async def _outcome() -> dict[str, object]:
    [row] = await database.fetch("SELECT useful, next_step, project, shares_contact, note FROM meeting_outcome")
    return dict(row)


async def test_page_says_whom_where_and_asks_afterwards(client: httpx.AsyncClient, world: World):
    answer = await client.get(world.path)

    assert answer.status_code == 200
    for words in ("Carole Roy", "CLE d’Argenteuil", "Nous aidons les commerces.", "Table 1", "Après la rencontre"):
        assert words in answer.text
    assert "carole@example.ca" not in answer.text


async def test_meeting_to_come_is_shown_without_the_form(client: httpx.AsyncClient, world: World):
    await database.fetch("UPDATE meeting SET starts_at = $1, ends_at = $2", *_tomorrow())

    answer, said = (
        await client.get(world.path),
        await client.post(world.path, data={"useful": "3", "next_step": "nothing"}),
    )

    assert 'name="useful"' not in answer.text
    assert said.status_code == 409
    assert await database.fetch("SELECT FROM meeting_outcome") == []


def _tomorrow() -> tuple[object, object]:
    starts_at = clock.now() + timedelta(days=1)
    return starts_at, starts_at + timedelta(minutes=15)


async def test_three_taps_are_kept_and_shown_again(client: httpx.AsyncClient, world: World):
    said = {"useful": "3", "next_step": "referral", "project": "commerce", "note": "Rappeler lundi."}

    answer = await client.post(world.path, data=said)

    assert (answer.status_code, answer.headers["location"]) == (303, world.path)
    expected = {"useful": 3, "next_step": "referral", "project": "commerce", "note": "Rappeler lundi."}
    assert await _outcome() == {**expected, "shares_contact": False}
    assert "Rappeler lundi." in (await client.get(world.path)).text


async def test_answer_leads_to_the_next_meeting_without_one(client: httpx.AsyncClient, world: World):
    cje = await make_organisation(world.edition, "CJE", side="resource")
    began = clock.now() - timedelta(minutes=30)
    other = await make_participant(world.edition, cje)
    after = await make_meeting(world.edition, world.seats[0], other, number=2, began=began)

    answer = await client.post(world.path, data={"useful": "2", "next_step": "nothing"})

    assert answer.headers["location"].endswith(after.code)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Ce renseignement est nécessaire."),
        ({"useful": "9"}, "Cette réponse ne convient pas."),
        ({"useful": "3", "next_step": "wedding"}, "Cette réponse ne convient pas."),
        ({"useful": "3"}, "Ce renseignement est nécessaire."),
        ({"useful": "3", "next_step": "nothing", "project": "commerce"}, "choisissez aussi"),
        ({"useful": "3", "next_step": "referral"}, "Choisissez le projet qui pourrait aider."),
        ({"useful": "3", "next_step": "nothing", "note": "x" * 1001}, "C’est trop long"),
    ],
)
async def test_wrong_answer_is_said_and_nothing_typed_is_lost(
    client: httpx.AsyncClient, world: World, said: dict[str, str], sentence: str
):
    answer = await client.post(world.path, data={"note": "Rappeler lundi.", **said})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert (said.get("note") or "Rappeler lundi.") in answer.text
    assert await database.fetch("SELECT FROM meeting_outcome") == []


async def test_address_is_shown_once_both_have_agreed_and_no_more_after_one_takes_it_back(
    client: httpx.AsyncClient, world: World
):
    async def seen_by(person: int) -> str:
        await sign_in(client, person)
        return (await client.get(world.path)).text

    async def say(person: int, **more: str) -> None:
        await sign_in(client, person)
        assert (await client.post(world.path, data={"useful": "3", "next_step": "nothing", **more})).status_code == 303

    await say(world.bob, shares="yes")
    assert "carole@example.ca" not in await seen_by(world.bob)
    assert "bob@example.ca" not in await seen_by(world.carole)
    await say(world.carole, shares="yes")
    assert "carole@example.ca" in await seen_by(world.bob)
    assert "bob@example.ca" in await seen_by(world.carole)
    await say(world.bob)
    assert "carole@example.ca" not in await seen_by(world.bob)
    assert "bob@example.ca" not in await seen_by(world.carole)


async def test_note_is_for_nobody_else(client: httpx.AsyncClient, world: World):
    await client.post(world.path, data={"useful": "1", "next_step": "nothing", "note": "Pas pour nous."})
    await sign_in(client, world.carole)

    assert "Pas pour nous." not in (await client.get(world.path)).text


async def test_meeting_that_did_not_take_place_is_noted(client: httpx.AsyncClient, world: World):
    answer = await client.post(f"{world.path}/pas-eu-lieu")

    [row] = await database.fetch("SELECT state FROM meeting")
    assert (answer.status_code, row["state"]) == (303, "missed")


async def test_answer_about_a_missed_meeting_of_two_who_meet_again_is_refused_in_words(
    client: httpx.AsyncClient, world: World
):
    await client.post(f"{world.path}/pas-eu-lieu")
    await make_meeting(world.edition, *world.seats, number=2)

    answer = await client.post(world.path, data={"useful": "3", "next_step": "nothing"})

    assert (answer.status_code, "celle-ci reste manquée" in answer.text) == (409, True)


async def test_stranger_learns_nothing(client: httpx.AsyncClient, world: World):
    await sign_in(client, await make_person("Charlie Roy", "charlie@example.ca"))

    answers = [
        await client.get(world.path),
        await client.post(world.path, data={"useful": "3", "next_step": "nothing"}),
    ]
    answers += [await client.post(f"{world.path}/pas-eu-lieu"), await client.get(world.path + "X")]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert await database.fetch("SELECT FROM meeting_outcome") == []


async def test_meeting_of_another_edition_is_not_here(client: httpx.AsyncClient, world: World):
    await make_edition("jn2028")

    assert (await client.get(world.path.replace("jn2027", "jn2028"))).status_code == 404

"""Needs: said when registering, changed and taken back by their owner, and seen by those who prepare alone."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock, database, purge
from digital_days.kernel.private_links import private_path
from scheduling.domain.needs import Needs, Said, add_own, needs_of, say_own, say_with_place
from scheduling.domain.places import cancel_place
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_person, make_slot
from tests.letters_read import composed
from tests.pages import ROUTES
from tests.scheduling.registered import Registered, another_slot, registered

pytestmark = pytest.mark.usefixtures("app")

BOB = {"name": "Bob Tremblay", "email": "bob@example.ca", "consent": "registration"}
SECRET = "chien guide nommé Zorro"
NEEDS = {"needs": ["interpreter", "other"], "other_need": SECRET}
ALL_SAID = Needs(interpreter=True, other=SECRET)


def places(slot: Made) -> str:
    return f"/jn2027/plages/{slot.code}/places"


@pytest.fixture
async def browser(db: None, client: httpx.AsyncClient) -> httpx.AsyncClient:
    client.headers["origin"] = "http://test.example"
    return client


def needs_link(registration: str) -> str:
    return private_path("scheduling:needs", "needs", registration)


async def registration_of_bob() -> str:
    [row] = await database.fetch(
        "SELECT r.code FROM registration r JOIN person p ON p.id = r.person WHERE p.email = 'bob@example.ca'"
    )
    return str(row["code"])


async def registered_with_needs(browser: httpx.AsyncClient) -> Registered:
    bob = await registered()
    await browser.post(places(bob.slot), data={**BOB, **NEEDS})
    return bob


async def test_what_a_stranger_ticks_counts_until_its_owner_speaks(browser: httpx.AsyncClient):
    bob = await registered_with_needs(browser)
    assert await needs_of(bob.registration) == Needs(interpreter=True, other=SECRET, unconfirmed=True)
    page = await browser.get(needs_link(bob.registration))
    assert "Est-ce bien vous?" in page.text

    said = await browser.post(needs_link(bob.registration), data={"needs": ["wheelchair"]})
    owned = await needs_of(bob.registration)
    await browser.post(places(bob.slot), data={**BOB, **NEEDS})  # somebody else, with Bob's address

    assert said.status_code == 303
    assert owned == Needs(wheelchair=True)
    assert await needs_of(bob.registration) == owned
    [row] = await database.fetch("SELECT proved_at FROM person")
    assert row["proved_at"]


async def test_empty_form_takes_nothing_away_and_a_second_one_adds(browser: httpx.AsyncClient):
    bob = await registered_with_needs(browser)
    other = await another_slot(bob.edition, "Ailleurs", starts_at=IN_A_YEAR + timedelta(hours=3))

    await browser.post(places(other), data=BOB)
    await browser.post(places(other), data={**BOB, "needs": ["hearing"]})

    assert await needs_of(bob.registration) == Needs(interpreter=True, hearing=True, other=SECRET, unconfirmed=True)
    await cancel_place(bob.place)
    assert await needs_of(bob.registration) == Needs(hearing=True, unconfirmed=True)


async def test_signed_in_person_adds_their_own_word_and_takes_it_back_in_one_click(browser: httpx.AsyncClient):
    bob = await registered()
    await sign_in(browser, bob.person)
    other = await another_slot(bob.edition, "Ailleurs", starts_at=IN_A_YEAR + timedelta(hours=3))

    await browser.post(places(other), data={"consent": "registration", **NEEDS})
    said = await needs_of(bob.registration)
    [kept] = await database.fetch("SELECT words, locale FROM need")
    await browser.post("/jn2027/mon-billet/besoins/retirer")

    assert said == ALL_SAID
    assert kept["words"].startswith("En cochant, vous acceptez que seules les personnes qui préparent les salles")
    assert kept["locale"] == "fr"
    assert await database.fetch("SELECT FROM need") == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"other_need": SECRET}, "Cochez aussi « Autre chose »"),
        ({"needs": "other"}, "Dites-nous en quelques mots"),
        ({"needs": "other", "other_need": "x" * 301}, "300 caractères au plus"),
    ],
)
async def test_words_without_their_box_are_not_kept_unasked(
    browser: httpx.AsyncClient, fields: dict[str, str], sentence: str
):
    slot = await make_slot(await make_activity(await make_edition()))

    answer = await browser.post(places(slot), data={**BOB, **fields})

    assert (answer.status_code, sentence in answer.text.replace("\N{NO-BREAK SPACE}", " ")) == (422, True)
    assert fields.get("other_need", "") in answer.text
    assert '<details class="needs" open>' in answer.text
    assert await database.fetch("SELECT FROM person") == []


async def test_needs_follow_a_corrected_address(browser: httpx.AsyncClient):
    slot = await make_slot(await make_activity(await make_edition()))
    sent = await browser.post(places(slot), data={**BOB, "email": "bop@example.ca", **NEEDS})
    page = await browser.get(sent.headers["location"])
    first = page.text.partition('name="first" value="')[2].partition('"')[0]

    await browser.post(places(slot), data={**BOB, "first": first})

    assert await needs_of(await registration_of_bob()) == Needs(interpreter=True, other=SECRET, unconfirmed=True)
    [row] = await database.fetch("SELECT count(*) AS many FROM need")
    assert row["many"] == 1


async def test_whole_day_brings_the_needs_too(browser: httpx.AsyncClient):
    slot = await make_slot(await make_activity(await make_edition()))

    await browser.post("/jn2027/ma-journee", data={**BOB, "slot": slot.code, "listed": slot.code, **NEEDS})

    assert await needs_of(await registration_of_bob()) == Needs(interpreter=True, other=SECRET, unconfirmed=True)


async def test_organiser_prepares_by_slot_and_the_desk_sees_one_person(browser: httpx.AsyncClient):
    bob = await registered_with_needs(browser)
    await database.fetch("UPDATE room SET step_free = false")
    await browser.post(needs_link(bob.registration), data={"needs": ["wheelchair", "other"], "other_need": SECRET})
    await grant_and_sign_in(browser, bob.edition, "organiser")

    page = (await browser.get("/jn2027/organisation/besoins")).text
    ticket = (await browser.get(f"/jn2027/accueil/billets/{bob.registration}")).text

    assert "Mots de passe solides" in page
    assert "Salle des Lilas" in page
    assert "Place pour un fauteuil roulant\N{NO-BREAK SPACE}: 1" in page
    assert "Il y a des marches" in page
    assert SECRET in page
    assert f"Place pour un fauteuil roulant, {SECRET}" in ticket
    with clock.stopped_at(IN_A_YEAR + timedelta(hours=2)):
        assert "Mots de passe solides" not in (await browser.get("/jn2027/organisation/besoins")).text


async def test_needs_stand_on_no_other_page_and_in_no_mail(browser: httpx.AsyncClient):
    """Whatever an organiser can read, whatever leaves: only the pages made for it say it."""
    bob = await registered_with_needs(browser)
    await grant_and_sign_in(browser, bob.edition, "organiser")
    values = {
        "edition_slug": "jn2027",
        "registration": bob.registration,
        "slot": bob.slot.code,
        "activity_code": bob.activity.code,
        "place": bob.place,
        "kind": "xlsx",
    }
    read, telling = 0, set()
    for route in ROUTES:
        path = route.path
        for name, value in values.items():
            path = path.replace("{" + name + "}", value)
        if route.reads and "{" not in path:
            answer = await browser.get(path)
            read += answer.status_code == 200
            if SECRET in answer.text:
                telling.add(route.name)

    assert read > 40
    assert telling == {"scheduling:prepared-needs", "site:desk-ticket", "scheduling:door"}
    mails = [mail for topic in ("scheduling.ticket", "scheduling.agenda") for mail in await composed(topic) if mail]
    assert mails
    assert not [mail for mail in mails if SECRET in mail.text + mail.html]
    rows = await database.fetch("SELECT payload::text AS payload FROM outbox_message")
    assert not [row for row in rows if SECRET in row["payload"]]


async def test_needs_go_with_the_week_after_the_edition_and_with_the_place(browser: httpx.AsyncClient):
    bob = await registered_with_needs(browser)
    last_day = IN_A_YEAR + timedelta(days=1)

    await purge.purge(last_day + timedelta(days=7))
    kept = await needs_of(bob.registration)
    await purge.purge(last_day + timedelta(days=8))

    assert not kept.is_empty
    assert await database.fetch("SELECT FROM need") == []


async def test_needs_go_with_a_place_given_back(browser: httpx.AsyncClient):
    bob = await registered_with_needs(browser)
    await cancel_place(bob.place)

    await purge.purge(clock.now())

    assert await database.fetch("SELECT FROM need") == []


async def grant_and_sign_in(browser: httpx.AsyncClient, edition: Made, role: str) -> None:
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    await database.fetch("INSERT INTO role_grant (person, edition, role) VALUES ($1, $2, $3)", alice, edition.id, role)
    await sign_in(browser, alice)


@pytest.mark.usefixtures("committed")
async def test_own_word_said_many_times_at_once_beside_strangers_is_one():
    bob = await registered()

    await asyncio.gather(
        *(say_own(bob.registration, Said(wheelchair=True), organiser="MRC") for _ in range(6)),
        *(add_own(bob.person, bob.edition.id, Said(wheelchair=True), organiser="MRC") for _ in range(3)),
        *(say_with_place(bob.place, Said(hearing=True), organiser="MRC") for _ in range(6)),
    )

    rows = await database.fetch("SELECT wheelchair, hearing FROM need WHERE place IS NULL")
    assert [tuple(row.values()) for row in rows] == [(True, False)]

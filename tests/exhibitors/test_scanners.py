"""Phones of an exhibitor: paired once by a code, for this exhibitor and edition alone, ended by a button."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from litestar import Litestar

from digital_days.kernel import clock, database
from exhibitors.domain.scanners import MOST
from tests.conftest import sign_in
from tests.exhibitors.factories import make_category, make_exhibitor
from tests.exhibitors.met import Fair, another_browser, make_met_fair, phone_of, ticket_of
from tests.factories import make_edition, make_person

pytestmark = pytest.mark.usefixtures("db")

AFTER_THE_FAIR = datetime(2027, 10, 23, 4, 1, tzinfo=UTC)
"""A minute past midnight in Argenteuil, on the day after the last."""


@pytest.fixture
async def fair(client: httpx.AsyncClient) -> Fair:
    made = await make_met_fair()
    await sign_in(client, made.alice)
    return made


async def pairing_of(client: httpx.AsyncClient, fair: Fair, name: str = "Téléphone de Marie") -> str:
    """The path that the code on the page leads to."""
    answer = await client.post(f"{fair.space}/lecteurs", data={"name": name})
    assert answer.status_code == 200
    [path] = set(re.findall(r"http://test\.example(/jn2027/lecteur/jumeler/[\w-]+)", answer.text))
    return str(path)


async def test_code_pairs_one_phone_and_a_second_one_is_told(client: httpx.AsyncClient, fair: Fair, app: Litestar):
    path = await pairing_of(client, fair)

    async with another_browser(app) as phone, another_browser(app) as second:
        looked = [await phone.get(path) for _twice in (1, 2)]
        paired = await phone.post(path)
        told = await second.get(path), await second.post(path)
        ready, stranger = await phone.get("/jn2027/lecteur"), await second.get("/jn2027/lecteur")

    assert [("Atelier du Nord" in page.text, page.status_code) for page in looked] == [(True, 200)] * 2
    assert (paired.status_code, paired.headers["location"]) == (303, "/jn2027/lecteur")
    assert [(answer.status_code, "Ce code a déjà servi" in answer.text) for answer in told] == [(409, True)] * 2
    assert ("scan-form" in ready.text, "scan-form" in stranger.text) == (True, False)
    assert "Ce téléphone n’est pas jumelé" in stranger.text


async def test_cookie_of_a_phone_is_out_of_reach_and_neither_it_nor_the_code_is_stored(
    client: httpx.AsyncClient, fair: Fair, app: Litestar
):
    path = await pairing_of(client, fair)

    async with another_browser(app) as phone:
        answer = await phone.post(path)

    [cookie] = [line for line in answer.headers.get_list("set-cookie") if line.startswith("scanner=")]
    secret = cookie.partition("=")[2].partition(";")[0]
    [row] = await database.fetch("SELECT scanner::text AS kept, token_hash FROM scanner")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= {part.strip() for part in cookie.split(";")}
    assert [text in row["kept"] for text in (secret, path.rpartition("/")[2])] == [False, False]
    assert len(row["token_hash"]) == 64


async def test_code_serves_for_ten_minutes(client: httpx.AsyncClient, fair: Fair, app: Litestar):
    path = await pairing_of(client, fair)

    async with another_browser(app) as phone:
        with clock.stopped_at(clock.now() + timedelta(minutes=10, seconds=1)):
            looked, pressed = await phone.get(path), await phone.post(path)
        unknown = await phone.get("/jn2027/lecteur/jumeler/nothing-like-it")

    assert [answer.status_code for answer in (looked, pressed, unknown)] == [409, 409, 404]
    assert "il dure dix minutes" in looked.text
    assert "Ce code ne jumelle aucun téléphone" in unknown.text


async def test_code_of_one_edition_pairs_nothing_in_another(client: httpx.AsyncClient, fair: Fair, app: Litestar):
    await make_edition("cafe2028")
    path = (await pairing_of(client, fair)).replace("/jn2027/", "/cafe2028/")

    async with another_browser(app) as phone:
        assert ((await phone.get(path)).status_code, (await phone.post(path)).status_code) == (404, 404)


async def test_list_shows_phones_and_one_that_is_taken_away_reads_nothing_at_once(
    client: httpx.AsyncClient, fair: Fair, app: Litestar
):
    path = await pairing_of(client, fair)
    waiting = await client.get(f"{fair.space}/lecteurs")
    async with another_browser(app) as phone:
        await phone.post(path)
        listed = await client.get(f"{fair.space}/lecteurs")
        [row] = await database.fetch("SELECT code FROM scanner")

        gone = await client.post(f"{fair.space}/lecteurs/{row['code']}/retirer")
        read = await phone.post("/jn2027/lecteur", data={"ticket": ticket_of(fair.bob)})
        shown = await phone.get("/jn2027/lecteur")

    assert ("Code pas encore lu" in waiting.text, "Jumelé le" in listed.text) == (True, True)
    assert "Téléphone de Marie" in listed.text
    assert gone.status_code == 303
    assert (read.status_code, read.headers["location"]) == (303, "/jn2027/lecteur")
    assert "Ce téléphone ne lit plus de billets" in shown.text
    assert await database.fetch("SELECT FROM lead") == []
    assert "Aucun téléphone encore" in (await client.get(f"{fair.space}/lecteurs")).text


async def test_every_phone_ends_with_the_last_day_of_the_edition(fair: Fair, app: Litestar):
    secret, _paired = await phone_of(fair)

    async with another_browser(app) as phone:
        phone.cookies.set("scanner", secret)
        with clock.stopped_at(AFTER_THE_FAIR - timedelta(minutes=2)):
            on_the_last_day = await phone.get("/jn2027/lecteur")
        with clock.stopped_at(AFTER_THE_FAIR):
            after = await phone.get("/jn2027/lecteur")

    assert ("scan-form" in on_the_last_day.text, "scan-form" in after.text) == (True, False)


async def test_phone_of_an_exhibitor_who_withdrew_reads_nothing(fair: Fair, app: Litestar):
    secret, _paired = await phone_of(fair)
    await database.fetch("UPDATE exhibitor SET state = 'withdrawn' WHERE id = $1", fair.exhibitor.id)

    async with another_browser(app) as phone:
        phone.cookies.set("scanner", secret)
        assert "Ce téléphone ne lit plus de billets" in (await phone.get("/jn2027/lecteur")).text


async def test_phone_of_one_edition_is_none_in_another(fair: Fair, app: Litestar):
    await make_edition("cafe2028")
    secret, _paired = await phone_of(fair)

    async with another_browser(app) as phone:
        phone.cookies.set("scanner", secret)
        assert "scan-form" not in (await phone.get("/cafe2028/lecteur")).text


async def test_member_makes_the_present_browser_a_phone(client: httpx.AsyncClient, fair: Fair):
    answer = await client.post(f"{fair.space}/lecteurs/ici", data={"name": "Le mien"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/jn2027/lecteur")
    assert "scan-form" in (await client.get("/jn2027/lecteur")).text


async def test_phones_wait_until_the_exhibitor_is_accepted(client: httpx.AsyncClient, fair: Fair):
    await database.fetch("UPDATE exhibitor SET state = 'submitted' WHERE id = $1", fair.exhibitor.id)

    page = await client.get(f"{fair.space}/lecteurs")
    asked = await client.post(f"{fair.space}/lecteurs", data={"name": ""})

    assert "une fois la candidature acceptée" in page.text
    assert (asked.status_code, "une fois la candidature acceptée" in asked.text) == (409, True)


async def test_number_of_phones_has_an_end_and_codes_that_nobody_used_free_their_place(
    client: httpx.AsyncClient, fair: Fair
):
    for _number in range(MOST):
        await pairing_of(client, fair)

    refused = await client.post(f"{fair.space}/lecteurs", data={"name": ""})
    with clock.stopped_at(clock.now() + timedelta(minutes=11)):
        later = await client.post(f"{fair.space}/lecteurs", data={"name": ""})

    assert (refused.status_code, f"Au plus {MOST} téléphones" in refused.text) == (409, True)
    assert later.status_code == 200
    [row] = await database.fetch("SELECT count(*) AS kept FROM scanner")
    assert row["kept"] == 1


async def test_name_that_is_too_long_is_told_and_kept(client: httpx.AsyncClient, fair: Fair):
    answer = await client.post(f"{fair.space}/lecteurs", data={"name": "x" * 61})

    assert (answer.status_code, "60 caractères au plus" in answer.text) == (422, True)
    assert "x" * 61 in answer.text


async def test_phones_of_somebody_else_do_not_exist(client: httpx.AsyncClient, fair: Fair):
    charlie = await make_person("Charlie Roy", "charlie@example.ca")
    foreign = await make_exhibitor(fair.edition, await make_category(fair.edition), charlie, name="Ailleurs inc.")
    _secret, paired = await phone_of(fair, foreign, charlie)
    theirs = f"/jn2027/mon-kiosque/{foreign.code}/lecteurs"

    answers = [
        await client.get(theirs),
        await client.post(theirs, data={"name": ""}),
        await client.post(f"{theirs}/ici", data={"name": ""}),
        await client.post(f"{theirs}/{paired.code}/retirer"),
        await client.post(f"{fair.space}/lecteurs/{paired.code}/retirer"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    [row] = await database.fetch("SELECT revoked_at FROM scanner")
    assert row["revoked_at"] is None

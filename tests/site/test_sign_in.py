"""Signing in by mail: one use, a quarter of an hour, the browser that asked."""

from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock, database, outbox
from digital_days.kernel.permissions import Role
from digital_days.kernel.web.sessions import LASTS, hash_of
from digital_days.site.sign_in_links import make_link
from tests.conftest import sign_in
from tests.factories import grant, make_edition, make_person
from tests.letters_read import composed, letter, link_to, promised

pytestmark = pytest.mark.usefixtures("db")

ORIGIN = {"origin": "http://test.example"}


async def ask(client: httpx.AsyncClient, email: str = "bob@example.ca", **more: str) -> httpx.Response:
    return await client.post("/connexion", data={"email": email, **more}, headers=ORIGIN)


async def asked_link(client: httpx.AsyncClient, **more: str) -> str:
    answer = await ask(client, **more)
    await client.get(answer.headers["location"])
    return link_to(await letter("site.sign-in"), "/connexion/")


async def press(client: httpx.AsyncClient, link: str, **fields: str) -> httpx.Response:
    return await client.post(link, data=fields, headers=ORIGIN)


async def test_form_names_the_field_in_its_summary_when_the_address_is_missing(client: httpx.AsyncClient) -> None:
    answer = await ask(client, "")

    assert answer.status_code == 422
    assert '<a href="#field-email">Écrivez votre adresse courriel.</a>' in answer.text


async def test_link_signs_in_once_when_its_button_is_pressed(client: httpx.AsyncClient) -> None:
    bob = await make_person()
    link = await asked_link(client)

    first, second = await client.get(link), await client.get(link)
    pressed = await press(client, link)
    account = await client.get("/compte")
    again = await press(client, link)

    assert (first.status_code, first.text) == (200, second.text)
    assert "Me connecter" in first.text
    assert (pressed.status_code, pressed.headers["location"]) == (303, "/compte")
    assert (account.status_code, "bob@example.ca" in account.text) == (200, True)
    assert again.status_code == 410
    [person] = await database.fetch("SELECT id, proved_at IS NOT NULL AS proved FROM person")
    assert dict(person) == {"id": bob, "proved": True}


async def test_only_fingerprints_are_stored_when_a_link_and_a_session_are_made(client: httpx.AsyncClient) -> None:
    await make_person()
    link = await asked_link(client)
    await press(client, link)

    [stored] = await database.fetch("SELECT l.token_hash, s.token_hash AS session FROM sign_in_link l, session s")
    assert dict(stored) == {
        "token_hash": hash_of(link.rpartition("/")[2]),
        "session": hash_of(client.cookies["session"]),
    }


async def test_link_says_so_when_it_is_too_old(client: httpx.AsyncClient) -> None:
    await make_person()
    link = await asked_link(client)

    with clock.stopped_at(clock.now() + timedelta(minutes=15)):
        looked, pressed = await client.get(link), await press(client, link, confirm="yes")

    assert (looked.status_code, pressed.status_code) == (410, 410)
    assert "plus de 15 minutes" in pressed.text
    assert "session" not in client.cookies


async def test_link_asks_for_a_confirmation_when_another_browser_opens_it(client: httpx.AsyncClient) -> None:
    await make_person()
    link = await asked_link(client)
    client.cookies.clear()

    looked = await client.get(link)
    unconfirmed = await press(client, link)
    confirmed = await press(client, link, confirm="yes")

    assert "Est-ce bien vous?" in looked.text
    assert (unconfirmed.status_code, "Est-ce bien vous?" in unconfirmed.text) == (409, True)
    assert (confirmed.status_code, "session" in client.cookies) == (303, True)


async def test_link_asks_for_a_confirmation_when_it_belongs_to_no_browser(client: httpx.AsyncClient) -> None:
    link = (await make_link(await make_person())).removeprefix("http://test.example")

    assert "Est-ce bien vous?" in (await client.get(link)).text
    assert (await press(client, link)).status_code == 409


async def test_link_is_refused_when_it_is_made_up(client: httpx.AsyncClient) -> None:
    answer = await client.get("/connexion/made-up")

    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")
    assert "Recevoir un nouveau lien" in answer.text


async def test_answer_is_the_same_but_for_what_was_typed_when_the_address_is_unknown(
    client: httpx.AsyncClient,
) -> None:
    await make_person()
    answers = []
    for email in ("bob@example.ca", "charlie@example.ca"):
        client.cookies.clear()
        answer = await ask(client, email)
        shown = await client.get(answer.headers["location"])
        headers = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
        assert email in shown.text
        assert email not in str(headers)
        answers.append((answer.status_code, headers, answer.content, shown.status_code, shown.text.replace(email, "")))

    assert answers[0] == answers[1]
    assert [bool(written) for written in await composed("site.sign-in")] == [True, False]


async def test_address_typed_is_shown_to_nobody_else_when_the_page_is_opened_elsewhere(
    client: httpx.AsyncClient,
) -> None:
    await ask(client, "bob@exmaple.ca")
    client.cookies.clear()

    assert "bob@exmaple.ca" not in (await client.get("/connexion/courriel-envoye")).text


async def test_link_leaves_first_when_a_large_mailing_waits(client: httpx.AsyncClient) -> None:
    await make_person()
    await database.fetch(
        """
        INSERT INTO outbox_message (kind, topic, dedup_key, due_at)
        SELECT 'mail', 'news', 'news:' || n, $1 FROM generate_series(1, 500) n
        """,
        clock.now() - timedelta(hours=1),
    )
    await ask(client)

    [first] = await outbox.claim(by="one", kinds=["mail"], limit=1, lease=timedelta(minutes=1))

    assert first.topic == "site.sign-in"


async def test_unknown_address_costs_the_same_rows_when_it_asks(client: httpx.AsyncClient) -> None:
    await make_person()

    await ask(client, "bob@example.ca")
    await ask(client, "charlie@example.ca")

    rows = await database.fetch("SELECT person IS NULL AS stranger, payload FROM outbox_message ORDER BY id")
    assert [row["stranger"] for row in rows] == [False, True]
    assert "charlie" not in rows[1]["payload"]
    assert (await database.fetch("SELECT FROM sign_in_link")) == []


async def test_address_gets_few_mails_and_no_other_answer_when_anybody_asks_often(client: httpx.AsyncClient) -> None:
    await make_person()

    answers = [await ask(client) for _ in range(14)]

    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {
        (303, "/connexion/courriel-envoye")
    }
    assert len(await promised("site.sign-in")) == 3


async def test_owner_signs_in_with_any_of_the_mails_when_a_stranger_has_asked_for_them(
    client: httpx.AsyncClient,
) -> None:
    await make_person()
    for _ in range(14):
        await ask(client)
    client.cookies.clear()

    first, *_others = [link_to(written, "/connexion/") for written in await composed("site.sign-in") if written]
    pressed = await press(client, first, confirm="yes")

    assert (pressed.status_code, "session" in client.cookies) == (303, True)


@pytest.mark.parametrize("spent", [True, False], ids=["used", "old"])
async def test_new_mail_is_sent_when_no_earlier_one_helps(client: httpx.AsyncClient, spent: bool) -> None:
    await make_person()
    for _ in range(4):
        await ask(client)
    if spent:
        written = (await composed("site.sign-in"))[0]
        assert written
        await press(client, link_to(written, "/connexion/"), confirm="yes")
        client.cookies.clear()

    with clock.stopped_at(clock.now() + timedelta(minutes=0 if spent else 11)):
        await ask(client)

    assert len(await promised("site.sign-in")) == 4


async def test_network_is_refused_when_it_asks_for_hundreds(client: httpx.AsyncClient) -> None:
    statuses = [(await ask(client, f"eleve{n}@ecole.example")).status_code for n in range(601)]

    assert statuses == [303] * 600 + [429]


async def test_form_says_what_is_wrong_when_the_address_is_none(client: httpx.AsyncClient) -> None:
    answer = await ask(client, "bob", next="/jn2027/mon-billet")

    assert answer.status_code == 422
    assert "adresse courriel complète" in answer.text
    assert 'value="/jn2027/mon-billet"' in answer.text


async def test_link_leads_where_the_person_was_going_when_that_is_ours(client: httpx.AsyncClient) -> None:
    await make_person()
    link = await asked_link(client, next="/jn2027/mon-billet")

    assert (await press(client, link)).headers["location"] == "/jn2027/mon-billet"


@pytest.mark.parametrize("elsewhere", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example"])
async def test_link_leads_to_no_other_site_when_asked_to(client: httpx.AsyncClient, elsewhere: str) -> None:
    await make_person()
    asked = await asked_link(client, next=elsewhere)
    client.cookies.clear()

    tampered = str(httpx.URL(asked, params={"next": elsewhere}))
    answer = await press(client, tampered, confirm="yes")

    assert "next" not in asked
    assert answer.headers["location"] == "/compte"


async def test_session_is_a_new_one_when_the_browser_had_one_before(client: httpx.AsyncClient) -> None:
    await make_person()
    charlie = await make_person("Charlie Roy", "charlie@example.ca")
    await sign_in(client, charlie)
    before = client.cookies["session"]
    link = await asked_link(client)

    answer = await press(client, link)

    after = answer.cookies["session"]
    assert after != before
    assert [row["token_hash"] for row in await database.fetch("SELECT token_hash FROM session")] == [hash_of(after)]


@pytest.mark.parametrize(
    ("role", "page"),
    [(Role.ORGANISER, "/jn2027/organisation"), (Role.DESK, "/jn2027/accueil"), (Role.ATTENDEE, "/compte")],
)
async def test_role_decides_where_one_goes_when_signing_in(client: httpx.AsyncClient, role: Role, page: str) -> None:
    edition = await make_edition()
    await grant(await make_person(), role, edition)

    link = await asked_link(client)

    assert (await press(client, link)).headers["location"] == page


async def test_session_is_over_when_signing_out(client: httpx.AsyncClient) -> None:
    await sign_in(client, await make_person())
    stolen = client.cookies["session"]

    answer = await client.post("/deconnexion")
    client.cookies.clear()
    client.cookies.set("session", stolen)

    assert answer.headers["location"] == "/connexion"
    assert (await client.get("/compte")).status_code == 303


async def test_session_opens_nothing_once_its_days_are_over(client: httpx.AsyncClient) -> None:
    await sign_in(client, await make_person())

    with clock.stopped_at(clock.now() + LASTS):
        assert (await client.get("/compte")).status_code == 303


async def test_mail_is_empty_handed_when_the_person_has_no_account(client: httpx.AsyncClient) -> None:
    bob = await make_person()
    await ask(client)
    await database.fetch("UPDATE person SET account_email = NULL WHERE id = $1", bob)

    assert await composed("site.sign-in") == [None]


async def test_mail_leaves_out_the_name_when_it_carries_a_link(client: httpx.AsyncClient) -> None:
    await make_person("Gagnez sur evil.example")
    await ask(client)

    written = await letter("site.sign-in")

    assert "evil.example" not in written.text + written.html + written.to_name
    assert "Bonjour," in written.text


async def test_name_makes_an_account_of_an_unknown_address_and_changes_nothing_of_a_known_one(
    client: httpx.AsyncClient,
) -> None:
    await make_person("Bob Tremblay", "bob@example.ca")

    known = await ask(client, name="Robert")
    unknown = await ask(client, "zoe@example.ca", name="Zoé Roy")

    assert (known.status_code, known.headers["location"]) == (unknown.status_code, unknown.headers["location"])
    rows = await database.fetch("SELECT name, account_email, proved_at FROM person ORDER BY id")
    assert [tuple(row.values()) for row in rows] == [
        ("Bob Tremblay", "bob@example.ca", None),
        ("Zoé Roy", "zoe@example.ca", None),
    ]
    assert [mail.to_email for mail in await composed("site.sign-in") if mail] == ["bob@example.ca", "zoe@example.ca"]
    assert "Si nous connaissons" not in (await client.get(unknown.headers["location"])).text

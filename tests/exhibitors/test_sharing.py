"""Leads are the visitor's: yes in three ways, no, taken back in one click, and never asked again."""

from collections.abc import Iterator

import httpx
import pytest
from litestar import Litestar

from digital_days.kernel import database
from digital_days.kernel.private_links import private_path
from exhibitors.domain.contact_links import contacts_path
from exhibitors.domain.leads import lead_called
from tests.conftest import sign_in
from tests.exhibitors.listening import TOPICS, listening, told
from tests.exhibitors.met import (
    Fair,
    agreements_of,
    another_browser,
    make_met_fair,
    make_visitor,
    met,
    phone_of,
    shared,
    ticket_of,
)

pytestmark = pytest.mark.usefixtures("db")

MINE = "/jn2027/mes-contacts"
SUPPORT, WITHDRAWN = TOPICS


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    with listening():
        yield


@pytest.fixture
async def fair(app: Litestar, client: httpx.AsyncClient) -> Fair:
    client.headers["origin"] = "http://test.example"
    return await make_met_fair()


async def seen_by_exhibitor(fair: Fair, lead: str) -> tuple[str, str, str]:
    """Name, address, state."""
    known = await lead_called(fair.exhibitor.id, lead)
    return known.name, known.email, known.state


async def test_visitor_sees_who_read_the_ticket_shares_by_a_link_and_takes_it_back_in_one_click(
    client: httpx.AsyncClient, fair: Fair
):
    lead, page = await met(fair), contacts_path(fair.bob.code)

    before = await client.get(page)
    yes = await client.post(page, data={"lead": lead, "answer": "yes"})
    during, known = await client.get(page), await seen_by_exhibitor(fair, lead)
    no = await client.post(page, data={"lead": lead, "answer": "no"})
    after, hidden = await client.get(page), await seen_by_exhibitor(fair, lead)

    assert ("Atelier du Nord" in before.text, "En attente de votre réponse" in before.text) == (True, True)
    assert (yes.status_code, known) == (303, ("Bob Tremblay", "bob@example.ca", "shared"))
    assert "Cet exposant a votre nom et votre adresse" in during.text
    assert ("par le lien d’un courriel" in during.text, "bob@example.ca" in during.text) == (True, True)
    assert (no.status_code, hidden) == (303, ("", "", "withdrawn"))
    assert "Vous avez repris votre accord" in after.text
    [(purpose, how, withdrawn_at)] = await agreements_of(lead)
    assert (purpose, how, withdrawn_at is not None) == ("share", "link", True)
    [person] = await database.fetch("SELECT proved_at FROM person WHERE id = $1", fair.bob.id)
    assert person["proved_at"]
    assert [event["lead"] for event in await told(WITHDRAWN)] == [lead]


async def test_signed_in_visitor_shares_on_their_own_phone(client: httpx.AsyncClient, fair: Fair):
    lead = await met(fair)
    await sign_in(client, fair.bob.id)

    await client.post(MINE, data={"lead": lead, "answer": "yes"})

    assert await agreements_of(lead) == [("share", "own_phone", None)]
    assert "dans votre compte" in (await client.get(MINE)).text


async def test_words_on_record_are_those_on_the_page_and_stay_when_given_again(client: httpx.AsyncClient, fair: Fair):
    lead, page = await met(fair), contacts_path(fair.bob.code)
    shown = (await client.get(page)).text

    for _twice in (1, 2):
        await client.post(page, data={"lead": lead, "answer": "yes"})

    [row] = await database.fetch("SELECT text, locale, version FROM lead_consent")
    assert row["text"] in shown
    assert all(said in row["text"] for said in ("nom", "adresse courriel", "Atelier du Nord", "à tout moment"))
    assert (row["locale"], row["version"]) == ("fr", 1)


async def test_who_took_it_back_gives_it_again_and_both_stay_on_record(client: httpx.AsyncClient, fair: Fair):
    lead, page = await shared(fair), contacts_path(fair.bob.code)

    for answer in ("no", "yes"):
        await client.post(page, data={"lead": lead, "answer": answer})

    assert [(how, at is None) for _purpose, how, at in await agreements_of(lead)] == [("link", False), ("link", True)]
    assert (await seen_by_exhibitor(fair, lead))[2] == "shared"


async def test_never_again_is_not_asked_on_the_exhibitors_phone(client: httpx.AsyncClient, fair: Fair, app: Litestar):
    lead = await met(fair)
    await client.post(contacts_path(fair.bob.code), data={"lead": lead, "answer": "never"})

    async with another_browser(app) as phone:
        phone.cookies.set("scanner", (await phone_of(fair))[0])
        read = await phone.post("/jn2027/lecteur", data={"ticket": ticket_of(fair.bob)})
        asked = await phone.get(f"/jn2027/lecteur/contacts/{lead}/accord")
        said = await phone.post(f"/jn2027/lecteur/contacts/{lead}/accord", data={"answer": "yes"})

    assert ("Tendre le téléphone" in read.text, "Oui, je partage" in asked.text, said.status_code) == (
        False,
        False,
        409,
    )
    assert await agreements_of(lead) == []
    page = contacts_path(fair.bob.code)
    assert "Il ne peut plus vous le demander" in (await client.get(page)).text
    await client.post(page, data={"lead": lead, "answer": "yes"})  # they may change their mind
    assert await agreements_of(lead) == [("share", "link", None)]


async def test_standing_choice_is_off_until_said_and_holds_for_tickets_read_from_then_on(
    client: httpx.AsyncClient, fair: Fair
):
    page = contacts_path(fair.bob.code)
    before = await met(fair)
    shown = (await client.get(page)).text

    await client.post(f"{page}/choix", data={"wanted": "yes"})
    [standing] = await database.fetch("SELECT text, proved_at, purpose, edition FROM consent")
    untouched = await agreements_of(before)
    _secret, paired = await phone_of(fair)
    again = await met(fair, phone=paired)
    given = await agreements_of(again)
    await client.post(f"{page}/choix", data={"wanted": "no"})

    assert untouched == []
    assert (again, given) == (before, [("share", "standing", None)])
    assert (standing["purpose"], standing["edition"], standing["proved_at"] is not None) == (
        "leads",
        fair.edition.id,
        True,
    )
    [row] = await database.fetch("SELECT text FROM lead_consent")
    assert (row["text"] == standing["text"], standing["text"] in shown) == (True, True)
    [after] = await database.fetch("SELECT withdrawn_at FROM consent")
    assert after["withdrawn_at"]
    assert (await seen_by_exhibitor(fair, again))[2] == "shared"  # taken back one by one


async def test_standing_choice_never_overrules_a_no_to_one_exhibitor(client: httpx.AsyncClient, fair: Fair):
    page = contacts_path(fair.bob.code)
    await client.post(f"{page}/choix", data={"wanted": "yes"})
    lead = await met(fair)
    await client.post(page, data={"lead": lead, "answer": "no"})

    assert await met(fair) == lead

    assert (await seen_by_exhibitor(fair, lead)) == ("", "", "withdrawn")


async def test_standing_choice_is_of_one_person_and_edition(client: httpx.AsyncClient, fair: Fair):
    zoe = await make_visitor(fair.edition, "Zoé Roy", "zoe@example.ca")
    for _twice in (1, 2):
        await client.post(f"{contacts_path(fair.bob.code)}/choix", data={"wanted": "yes"})

    assert await agreements_of(await met(fair, zoe)) == []
    [row] = await database.fetch("SELECT count(*) AS given FROM consent WHERE purpose = 'leads'")
    assert row["given"] == 1


async def test_support_is_told_once_when_the_visitor_ticks_it(client: httpx.AsyncClient, fair: Fair):
    lead, page = await met(fair), contacts_path(fair.bob.code)

    for _twice in (1, 2):
        await client.post(page, data={"lead": lead, "answer": "yes", "support": "yes"})

    assert await told(SUPPORT) == [
        {
            "lead": lead,
            "exhibitor": fair.exhibitor.code,
            "registration": fair.bob.code,
            "edition": "jn2027",
            "said_by": "visitor",
        }
    ]
    assert [(purpose, at) for purpose, _how, at in await agreements_of(lead)] == [("share", None), ("support", None)]
    assert (await lead_called(fair.exhibitor.id, lead)).next_step == "support"
    await client.post(page, data={"lead": lead, "answer": "no"})
    assert [at is None for _purpose, _how, at in await agreements_of(lead)] == [False, False]


async def test_support_is_told_when_the_exhibitor_notes_it_of_a_shared_lead_and_waits_otherwise(
    client: httpx.AsyncClient, fair: Fair
):
    zoe = await make_visitor(fair.edition, "Zoé Roy", "zoe@example.ca")
    open_lead, unshared = await shared(fair), await met(fair, zoe)
    await sign_in(client, fair.alice)
    for lead in (open_lead, unshared):
        version = (await lead_called(fair.exhibitor.id, lead)).version
        await client.post(f"{fair.space}/contacts/{lead}", data={"next_step": "support", "version": version})

    at_first = await told(SUPPORT)
    await client.post(contacts_path(zoe.code), data={"lead": unshared, "answer": "yes"})

    assert [(event["lead"], event["said_by"]) for event in at_first] == [(open_lead, "exhibitor")]
    assert [event["lead"] for event in await told(SUPPORT)] == [open_lead, unshared]


async def test_events_hold_no_personal_data(client: httpx.AsyncClient, fair: Fair):
    await shared(fair, support=True)

    assert [word for word in ("Bob", "Tremblay", "example.ca", "Atelier") if word in str(await told(SUPPORT))] == []


async def test_answer_about_somebody_elses_lead_is_not_found(client: httpx.AsyncClient, fair: Fair):
    zoe = await make_visitor(fair.edition, "Zoé Roy", "zoe@example.ca")
    lead = await met(fair, zoe)

    answers = [
        await client.post(contacts_path(fair.bob.code), data={"lead": lead, "answer": said}) for said in ("yes", "no")
    ]
    nonsense = await client.post(contacts_path(fair.bob.code), data={"answer": "maybe"})

    assert [answer.status_code for answer in answers] == [404, 404]
    assert (nonsense.status_code, await agreements_of(lead)) == (303, [])


async def test_opening_the_link_changes_nothing_and_another_links_token_opens_nothing(
    client: httpx.AsyncClient, fair: Fair
):
    lead = await met(fair)

    opened = [(await client.get(contacts_path(fair.bob.code))).status_code for _twice in (1, 2)]
    wrong = private_path("exhibitors:contacts", "ticket", fair.bob.code)

    assert (opened, await agreements_of(lead)) == ([200, 200], [])
    assert ((await client.get(wrong)).status_code, (await client.post(wrong)).status_code) == (404, 404)


async def test_ticket_and_agenda_lead_to_the_page(client: httpx.AsyncClient, fair: Fair):
    ticket = await client.get(private_path("site:ticket", "ticket", fair.bob.code))
    agenda = private_path("site:agenda", "agenda", fair.bob.code)
    before = await client.get(agenda)

    await met(fair)

    assert contacts_path(fair.bob.code) in ticket.text
    assert contacts_path(fair.bob.code) not in before.text
    assert "Un exposant a lu votre billet" in (await client.get(agenda)).text
    await sign_in(client, fair.bob.id)
    assert MINE in (await client.get("/jn2027/mon-billet")).text
    assert MINE in (await client.get("/jn2027/mon-agenda")).text


async def test_visitor_without_ticket_is_led_to_one(client: httpx.AsyncClient, fair: Fair):
    await sign_in(client, fair.alice)

    assert (await client.get(MINE)).headers["location"] == "/jn2027/mon-billet"
    assert (await client.post(MINE, data={"lead": "x", "answer": "yes"})).status_code == 404

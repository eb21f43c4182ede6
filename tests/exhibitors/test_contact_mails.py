"""The evening's mail: who read the ticket and waits for an answer, once a day, with the link to decide."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from digital_days.kernel import clock, database
from exhibitors.domain.by_the_clock import sweep
from exhibitors.domain.contact_links import contacts_path
from exhibitors.domain.contact_mails import TOPIC
from exhibitors.domain.lead_words import share_words
from exhibitors.domain.sharing import refuse, share
from tests.exhibitors.factories import make_category, make_exhibitor
from tests.exhibitors.met import Fair, make_met_fair, make_visitor, met, phone_of
from tests.factories import make_person
from tests.letters_read import composed, letter, link_to, promised

pytestmark = pytest.mark.usefixtures("db")

NOON = datetime(2027, 10, 21, 16, tzinfo=UTC)
EVENING = datetime(2027, 10, 21, 22, tzinfo=UTC)
"""18 h in Argenteuil."""


@pytest.fixture
async def fair(client: httpx.AsyncClient) -> Fair:
    return await make_met_fair()


async def met_at_noon(fair: Fair) -> str:
    with clock.stopped_at(NOON):
        return await met(fair)


async def answered_yes(fair: Fair, lead: str, *, how: str) -> None:
    words = share_words("Atelier du Nord")
    await share(lead, registration=fair.bob.code, how="exhibitor_phone" if how == "phone" else "link", share_in=words)


async def test_one_mail_a_visitor_and_day_lists_who_waits_and_its_link_shares(client: httpx.AsyncClient, fair: Fair):
    lead = await met_at_noon(fair)
    charlie = await make_person("Charlie Roy", "charlie@example.ca")
    other = await make_exhibitor(fair.edition, await make_category(fair.edition), charlie, name="Ailleurs inc.")
    with clock.stopped_at(NOON):
        await met(fair, phone=(await phone_of(fair, other, charlie))[1])

    for late in (0, 1, 59):
        await sweep(EVENING + timedelta(minutes=late))

    [message] = await promised(TOPIC)
    assert (message.dedup_key, message.person_id) == (f"contacts:{fair.bob.code}:2027-10-21", fair.bob.id)
    mail = await letter(TOPIC)
    assert (mail.to_email, mail.subject.replace("\N{NO-BREAK SPACE}", " ")) == (
        "bob@example.ca",
        "Au salon : 2 exposants aimeraient vous recontacter",
    )
    assert [name in mail.text for name in ("Atelier du Nord", "Ailleurs inc.")] == [True, True]
    page = link_to(mail, "/contacts/")
    assert page == contacts_path(fair.bob.code)
    client.headers["origin"] = "http://test.example"
    await client.post(page, data={"lead": lead, "answer": "yes"})
    assert [name in (await letter(TOPIC)).text for name in ("Atelier du Nord", "Ailleurs inc.")] == [False, True]


async def test_nothing_leaves_before_the_evening_at_night_or_two_days_later(fair: Fair):
    await met_at_noon(fair)

    for moment in (EVENING - timedelta(seconds=1), EVENING + timedelta(hours=4), EVENING + timedelta(hours=28)):
        await sweep(moment)
    before = await promised(TOPIC)
    await sweep(EVENING + timedelta(hours=13))  # the next morning, where no worker was there in time

    assert (before, len(await promised(TOPIC))) == ([], 1)


async def test_who_has_answered_gets_none_and_what_was_promised_is_left_unsent(fair: Fair):
    lead = await met_at_noon(fair)
    await sweep(EVENING)

    await refuse(lead, registration=fair.bob.code)

    assert await composed(TOPIC) == [None]
    zoe = await make_visitor(fair.edition, "Zoé Roy", "zoe@example.ca")
    with clock.stopped_at(NOON):
        await refuse(await met(fair, zoe), registration=zoe.code)
    await sweep(EVENING + timedelta(minutes=5))
    assert len(await promised(TOPIC)) == 1


async def test_yes_on_an_exhibitors_phone_is_told_to_its_owner_and_one_by_a_link_is_not(fair: Fair):
    lead = await met_at_noon(fair)
    await answered_yes(fair, lead, how="phone")

    await sweep(EVENING)

    mail = await letter(TOPIC)
    assert mail.subject.replace("\N{NO-BREAK SPACE}", " ") == "Au salon : ce que vous avez partagé"
    assert "Ce n’était pas vous, ou vous avez changé d’idée?" in mail.text
    await refuse(lead, registration=fair.bob.code)
    await answered_yes(fair, lead, how="link")
    assert await composed(TOPIC) == [None]


@pytest.mark.parametrize("statement", ["UPDATE registration SET reminders = false", "UPDATE person SET email = ''"])
async def test_who_wants_no_reminders_or_has_no_address_gets_none(fair: Fair, statement: str):
    await met_at_noon(fair)
    await database.fetch(statement)

    await sweep(EVENING)

    assert await promised(TOPIC) == []


async def test_mail_speaks_the_visitors_language(fair: Fair):
    await met_at_noon(fair)
    await database.fetch("UPDATE person SET locale = 'en'")

    await sweep(EVENING)

    assert (await letter(TOPIC)).locale == "en"

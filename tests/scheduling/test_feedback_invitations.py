"""The evening's question how it was: once a ticket and day, only about what may be answered, by links alone."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from digital_days.kernel import clock, database, sweeping
from digital_days.kernel.mail import Mail
from digital_days.kernel.private_links import private_path
from scheduling.domain.feedback import Opinion, say_opinions
from scheduling.domain.feedback_invitations import TOPIC, days_to_ask_about
from scheduling.domain.places import Applicant
from tests.factories import IN_A_YEAR, make_activity, make_slot
from tests.letters_read import composed, letter, link_to, links, promised
from tests.scheduling.grouped import make_group
from tests.scheduling.planning import texts
from tests.scheduling.registered import Registered, another_slot, ask_for_place, registered
from tests.scheduling.test_certificates import seen

WEEKS_BEFORE = datetime(2027, 10, 1, 12, 0, tzinfo=UTC)
AT_SIX = datetime(2027, 10, 21, 22, 0, tzinfo=UTC)  # 18 h in Lachute, on the day of IN_A_YEAR
A_MINUTE, AN_HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
async def bob(db: None, app: object) -> Registered:
    """His place is of 9 to 10 h."""
    with clock.stopped_at(WEEKS_BEFORE):
        return await registered()


async def sweep(at: datetime) -> None:
    with clock.stopped_at(at):
        await sweeping.sweep(at)


async def keys() -> list[str]:
    return [message.dedup_key for message in await promised(TOPIC)]


async def left_at(at: datetime) -> list[Mail]:
    with clock.stopped_at(at):
        return [mail for mail in await composed(TOPIC) if mail]


def plain(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


async def test_one_mail_at_six_lists_the_day_with_a_link_each_that_opens_the_form(
    bob: Registered, client: httpx.AsyncClient
):
    with clock.stopped_at(WEEKS_BEFORE):
        await ask_for_place(await another_slot(bob.edition, "Photos", starts_at=IN_A_YEAR + 3 * AN_HOUR))
        await ask_for_place(await another_slot(bob.edition, "Demain", starts_at=IN_A_YEAR + timedelta(days=1)))

    await sweep(AT_SIX - A_MINUTE)
    before = await keys()
    for minutes in (0, 1, 200):
        await sweep(AT_SIX + minutes * A_MINUTE)

    assert (before, await keys()) == ([], [f"feedback:{bob.registration}:2027-10-21"])
    [mail] = await left_at(AT_SIX)
    form = private_path("scheduling:feedback", "feedback", bob.registration)
    assert plain(mail.subject) == "Votre avis sur 2 activités"
    assert "votre journée du jeudi 21 octobre 2027 : deux minutes" in plain(mail.text)
    assert "Demain" not in mail.text
    assert [path.partition("#")[0] for path in links(mail)][:2] == [form, form]
    assert link_to(mail, f"{form}#activity-{bob.activity.code}")
    with clock.stopped_at(AT_SIX):
        page = await client.get(link_to(mail, form))
    assert texts(page, "//main//h2") == ["Mots de passe solides", "Photos"]
    assert texts(page, f"//h2[@id='activity-{bob.activity.code}']") == ["Mots de passe solides"]


async def test_mail_waits_for_an_hour_after_the_last_activity_and_for_the_morning_after_a_late_one(bob: Registered):
    with clock.stopped_at(WEEKS_BEFORE):
        late = await another_slot(bob.edition, "Soirée", starts_at=AT_SIX, lasts=2 * AN_HOUR)
        await ask_for_place(late)
        night = await another_slot(bob.edition, "Nuit", starts_at=AT_SIX + 5 * AN_HOUR, lasts=3 * AN_HOUR)
        await ask_for_place(night, Applicant(name="Charlie Roy", email="charlie@example.ca"))

    found = []
    for at in (AT_SIX, AT_SIX + 3 * AN_HOUR - A_MINUTE, AT_SIX + 3 * AN_HOUR, AT_SIX + 10 * AN_HOUR):
        await sweep(at)
        found.append(len(await keys()))
    morning = datetime(2027, 10, 22, 11, 0, tzinfo=UTC)  # 7 h
    await sweep(morning - A_MINUTE)
    found.append(len(await keys()))
    await sweep(morning)

    assert found == [0, 0, 1, 1, 1]
    assert [key.rpartition(":")[2] for key in await keys()] == ["2027-10-21", "2027-10-21"]
    assert [(mail.to_name, plain(mail.subject)) for mail in await left_at(morning)] == [
        ("Bob Tremblay", "Votre avis sur 2 activités"),
        ("Charlie Roy", "Votre avis : Nuit"),
    ]


async def test_who_was_seen_where_entry_is_free_is_asked_with_the_certificate_and_who_was_missed_is_not(
    bob: Registered, client: httpx.AsyncClient
):
    with clock.stopped_at(WEEKS_BEFORE):
        await ask_for_place(bob.slot, Applicant(name="Charlie Roy", email="charlie@example.ca"))
    free = await make_slot(await make_activity(bob.edition, "Entrée libre"), seats=None)
    await seen(bob, bob.slot.id, "absent")
    await seen(bob, free.id)

    await sweep(AT_SIX)

    for_bob, for_charlie = await left_at(AT_SIX)
    assert (plain(for_bob.subject), plain(for_charlie.subject)) == (
        "Votre avis : Entrée libre",
        "Votre avis : Mots de passe solides",
    )
    certificate = private_path("scheduling:certificate", "certificate", bob.registration)
    with clock.stopped_at(AT_SIX):
        page = await client.get(link_to(for_bob, certificate))
    assert (page.status_code, "Entrée libre" in page.text) == (200, True)
    assert "attestation" not in for_charlie.text + for_charlie.html


@pytest.mark.parametrize("gone", ["answered", "missed", "given back", "called off", "cancelled", "no reminders"])
async def test_nothing_is_asked_where_nothing_is_left_to_answer(bob: Registered, gone: str):
    await sweep(AT_SIX)
    promised_before = len(await keys())
    with clock.stopped_at(AT_SIX):
        if gone == "answered":
            await say_opinions(bob.registration, [Opinion(activity=str(bob.activity.code), rating=5)])
        elif gone == "missed":
            await seen(bob, bob.slot.id, "absent")
        elif gone == "given back":
            await database.fetch("UPDATE place SET state = 'cancelled'")
        elif gone == "called off":
            await database.fetch("UPDATE slot SET state = 'cancelled'")
        elif gone == "cancelled":
            await database.fetch("UPDATE registration SET state = 'cancelled'")
        else:
            await database.fetch("UPDATE registration SET reminders = false")

    assert (promised_before, await left_at(AT_SIX)) == (1, [])
    await database.fetch("DELETE FROM outbox_message")
    await sweep(AT_SIX)
    assert await keys() == []


async def test_mail_and_its_links_are_in_the_persons_language(bob: Registered):
    await database.fetch("UPDATE person SET locale = 'en'")
    await sweep(AT_SIX)

    with clock.stopped_at(AT_SIX):
        written = await letter(TOPIC)

    assert (written.subject, written.locale) == ("Your opinion: Strong passwords", "en")
    assert [path for path in links(written) if not path.startswith("/en/")] == []


async def test_link_at_the_foot_ends_it(bob: Registered, client: httpx.AsyncClient):
    await sweep(AT_SIX)
    [mail] = await left_at(AT_SIX)

    ended = await client.post(link_to(mail, "/rappels/"), headers={"origin": "http://test.example"})

    assert (ended.status_code, await left_at(AT_SIX)) == (303, [])


async def test_members_without_an_address_are_not_asked(bob: Registered):
    with clock.stopped_at(WEEKS_BEFORE):
        await make_group(bob.edition, [bob.slot], count=3, kind="class")

    await sweep(AT_SIX)

    assert await keys() == [f"feedback:{bob.registration}:2027-10-21"]


@pytest.mark.usefixtures("committed", "app")
async def test_workers_at_once_promise_each_mail_once():
    with clock.stopped_at(WEEKS_BEFORE):
        bob = await registered()
        for number in range(5):
            await ask_for_place(bob.slot, Applicant(name=f"N{number}", email=f"n{number}@example.ca"))

    await asyncio.gather(*(sweep(AT_SIX) for _ in range(8)))

    assert len(await keys()) == 6


def test_days_asked_about_are_by_the_clocks_of_the_day():
    """Six in the evening, summer and winter; nobody is written to at night."""

    def asked(at: datetime) -> list[str]:
        return [str(day) for day in days_to_ask_about(at)]

    winter = datetime(2027, 11, 7, 23, 0, tzinfo=UTC)
    assert asked(AT_SIX - A_MINUTE) == ["2027-10-20"]
    assert asked(AT_SIX) == ["2027-10-20", "2027-10-21"]
    assert asked(AT_SIX + 4 * AN_HOUR) == []
    assert asked(winter - A_MINUTE) == ["2027-11-06"]
    assert asked(winter) == ["2027-11-06", "2027-11-07"]

"""Reminders by the clock: once each, at the hour, true when they leave, and none for who wants none."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from digital_days.kernel import clock, database, sweeping
from digital_days.kernel.mail import Mail
from scheduling.domain.places import Applicant, cancel_place
from scheduling.domain.reminders import SOON, TOMORROW, days_to_remind_of
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, make_activity, make_edition, make_slot
from tests.letters_read import composed, letter, link_to, promised, scanned
from tests.scheduling.registered import BOB, Registered, another_slot, ask_for_place, registered
from tests.scheduling.releasing import move, release

WEEKS_BEFORE = datetime(2027, 10, 1, 12, 0, tzinfo=UTC)
EVENING = datetime(2027, 10, 20, 21, 0, tzinfo=UTC)  # 17 h in Lachute, the day before IN_A_YEAR
A_MINUTE, AN_HOUR = timedelta(minutes=1), timedelta(hours=1)
CHARLIE = Applicant(name="Charlie Roy", email="charlie@example.ca")


@pytest.fixture
async def bob(db: None, app: object) -> Registered:
    """His place of 9 to 10 h was taken weeks ago."""
    with clock.stopped_at(WEEKS_BEFORE):
        return await registered()


async def sweep(at: datetime) -> None:
    with clock.stopped_at(at):
        await sweeping.sweep(at)


async def keys(topic: str) -> list[str]:
    return [message.dedup_key for message in await promised(topic)]


async def left_at(topic: str, at: datetime) -> list[Mail | None]:
    with clock.stopped_at(at):
        return await composed(topic)


async def test_everything_of_tomorrow_comes_in_one_mail_at_five_in_the_evening(bob: Registered):
    with clock.stopped_at(WEEKS_BEFORE):
        later = await another_slot(bob.edition, "Photos sans souci", starts_at=IN_A_YEAR + 3 * AN_HOUR)
        await ask_for_place(later)
        await ask_for_place(await another_slot(bob.edition, "Un autre jour", starts_at=IN_A_YEAR + timedelta(days=1)))
    await database.fetch("UPDATE room SET step_free = true, equipment_fr = 'Boucle auditive'")

    await sweep(EVENING - A_MINUTE)
    before = await keys(TOMORROW)
    for minutes in (0, 1, 240):
        await sweep(EVENING + minutes * A_MINUTE)

    assert before == []
    assert await keys(TOMORROW) == [f"tomorrow:{bob.registration}:2027-10-21"]
    with clock.stopped_at(EVENING):
        written = await letter(TOMORROW)
    said = " ".join(written.text.replace("\N{NO-BREAK SPACE}", " ").split())
    assert written.subject == "Demain\N{NO-BREAK SPACE}: vos 2 activités"
    assert "demain, jeudi 21 octobre 2027" in said
    assert "Mots de passe solides jeudi 21 octobre 2027, 9 h à 10 h Salle des Lilas, Bibliothèque" in said
    assert "Accès sans marche Sur place : Boucle auditive" in said
    assert "Photos sans souci jeudi 21 octobre 2027, 12 h à 13 h" in said
    assert "Un autre jour" not in said
    assert written.text.count("/places/") == 2
    assert link_to(written, "/billet/") == bob.ticket_link
    assert scanned(written).startswith(f"DD1{bob.registration}")


async def test_place_of_the_last_evening_and_of_the_last_hours_brings_its_ticket_only(bob: Registered):
    with clock.stopped_at(EVENING + A_MINUTE):
        await ask_for_place(bob.slot, CHARLIE)
    with clock.stopped_at(IN_A_YEAR - 2 * AN_HOUR + A_MINUTE):
        await ask_for_place(bob.slot, Applicant(name="Eve", email="eve@example.ca"))

    await sweep(EVENING + AN_HOUR)
    await sweep(IN_A_YEAR - AN_HOUR)

    assert await keys(TOMORROW) == [f"tomorrow:{bob.registration}:2027-10-21"]
    names = [mail.to_name for mail in await left_at(SOON, IN_A_YEAR - AN_HOUR) if mail]
    assert names == ["Bob Tremblay", "Charlie Roy"]


async def test_short_mail_comes_an_hour_before_and_never_after_the_start(bob: Registered):
    await sweep(IN_A_YEAR - AN_HOUR - A_MINUTE)
    before = await keys(SOON)
    await sweep(IN_A_YEAR - AN_HOUR)
    await sweep(IN_A_YEAR - A_MINUTE)

    assert (before, len(await keys(SOON))) == ([], 1)
    [due] = await left_at(SOON, IN_A_YEAR - AN_HOUR)
    assert due
    assert due.subject == "À 9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}: Mots de passe solides"
    assert await left_at(SOON, IN_A_YEAR) == [None]


async def test_worker_that_comes_late_sends_what_still_helps_by_day(bob: Registered):
    night = datetime(2027, 10, 21, 6, 0, tzinfo=UTC)  # 2 h
    await sweep(night)
    at_night = await keys(TOMORROW)
    morning = datetime(2027, 10, 21, 11, 30, tzinfo=UTC)  # 7 h 30
    await sweep(morning)

    assert at_night == []
    [late] = await left_at(TOMORROW, morning)
    assert late
    assert late.subject == "Aujourd’hui\N{NO-BREAK SPACE}: votre activité"
    assert await left_at(TOMORROW, IN_A_YEAR) == [None]


async def test_worker_that_comes_after_the_start_sends_nothing(bob: Registered):
    for minutes in (0, 5, 60):
        await sweep(IN_A_YEAR + minutes * A_MINUTE)

    assert (await keys(TOMORROW), await keys(SOON)) == ([], [])


async def test_slot_that_moves_is_reminded_of_at_its_new_time(bob: Registered):
    with clock.stopped_at(WEEKS_BEFORE):
        await release(bob.edition)
    await sweep(EVENING)
    await sweep(IN_A_YEAR - AN_HOUR)
    with clock.stopped_at(IN_A_YEAR - AN_HOUR):
        await move(bob.edition, bob.slot, IN_A_YEAR + 4 * AN_HOUR)
        await release(bob.edition, "Plus tard")
    assert await left_at(SOON, IN_A_YEAR - AN_HOUR) == [None]
    [moved] = await left_at(TOMORROW, IN_A_YEAR - AN_HOUR)
    assert moved
    assert "13\N{NO-BREAK SPACE}h à 14\N{NO-BREAK SPACE}h" in moved.text

    await sweep(IN_A_YEAR)
    none_yet = await keys(SOON)
    await sweep(IN_A_YEAR + 3 * AN_HOUR)

    assert (len(none_yet), len(await keys(SOON))) == (1, 2)
    mails = await left_at(SOON, IN_A_YEAR + 3 * AN_HOUR)
    assert [mail and mail.subject for mail in mails] == [
        None,
        "À 13\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}: Mots de passe solides",
    ]


@pytest.mark.parametrize("gone", ["given back", "called off", "registration cancelled", "no reminders"])
async def test_nothing_is_said_of_what_is_gone(bob: Registered, gone: str):
    await sweep(EVENING)
    await sweep(IN_A_YEAR - AN_HOUR)
    with clock.stopped_at(EVENING):
        if gone == "given back":
            await cancel_place(bob.place)
        elif gone == "called off":
            await database.fetch("UPDATE slot SET state = 'cancelled'")
        elif gone == "registration cancelled":
            await database.fetch("UPDATE registration SET state = 'cancelled'")
        else:
            await database.fetch("UPDATE registration SET reminders = false")

    assert await left_at(TOMORROW, EVENING) == [None]
    assert await left_at(SOON, IN_A_YEAR - AN_HOUR) == [None]
    await database.fetch("DELETE FROM outbox_message")
    await sweep(EVENING)
    await sweep(IN_A_YEAR - AN_HOUR)
    assert (await keys(TOMORROW), await keys(SOON)) == ([], [])


def test_five_in_the_evening_is_by_the_clocks_of_the_day():
    """They go back in the night to November 7, 2027, and forward in that to March 12, 2028."""
    summer = datetime(2027, 11, 6, 21, 0, tzinfo=UTC)
    winter = datetime(2027, 11, 7, 22, 0, tzinfo=UTC)
    spring = datetime(2028, 3, 12, 21, 0, tzinfo=UTC)

    def tomorrow(at: datetime) -> list[str]:
        return [str(day) for day, _evening in days_to_remind_of(at)]

    assert tomorrow(summer - A_MINUTE) == ["2027-11-06"]
    assert tomorrow(summer) == ["2027-11-06", "2027-11-07"]
    assert tomorrow(winter - A_MINUTE) == ["2027-11-07"]
    assert tomorrow(winter) == ["2027-11-07", "2027-11-08"]
    assert tomorrow(spring - A_MINUTE) == ["2028-03-12"]
    assert tomorrow(spring) == ["2028-03-12", "2028-03-13"]


async def test_last_hour_of_the_day_of_25_hours_belongs_to_it(db: None, app: object):
    with clock.stopped_at(WEEKS_BEFORE):
        edition = await make_edition()
        activity = await make_activity(edition)
        late = datetime(2027, 11, 8, 4, 30, tzinfo=UTC)  # 23 h 30 on November 7, which began 24 h 30 before
        await ask_for_place(await make_slot(activity, starts_at=late), BOB)

    await sweep(datetime(2027, 11, 6, 21, 0, tzinfo=UTC))

    assert [key.rpartition(":")[2] for key in await keys(TOMORROW)] == ["2027-11-07"]


@pytest.mark.usefixtures("committed", "app")
async def test_workers_at_once_promise_each_mail_once():
    with clock.stopped_at(WEEKS_BEFORE):
        bob = await registered()
        for number in range(5):
            await ask_for_place(bob.slot, Applicant(name=f"N{number}", email=f"n{number}@example.ca"))

    await asyncio.gather(*(sweep(EVENING) for _ in range(8)), *(sweep(IN_A_YEAR - AN_HOUR) for _ in range(8)))

    assert (len(await keys(TOMORROW)), len(await keys(SOON))) == (6, 6)


async def test_link_at_the_foot_and_the_account_end_reminders(bob: Registered, client: httpx.AsyncClient):
    await sweep(EVENING)
    with clock.stopped_at(EVENING):
        path = link_to(await letter(TOMORROW), "/rappels/")
    client.headers["origin"] = "http://test.example"

    looked = [await client.get(path) for _twice in (1, 2)]
    still = [mail.subject for mail in await left_at(TOMORROW, EVENING) if mail]
    ended = await client.post(path)
    afterwards = await left_at(TOMORROW, EVENING)
    await sign_in(client, bob.person)
    again = await client.post("/compte/rappels", data={"edition": "jn2027", "wanted": "yes"})

    assert ["Ne plus recevoir de rappels?" in page.text for page in looked] == [True, True]
    assert (len(still), ended.status_code, afterwards) == (1, 303, [None])
    assert (again.status_code, len([each for each in await left_at(TOMORROW, EVENING) if each])) == (303, 1)
    assert "Ne plus recevoir de rappels" in (await client.get("/compte")).text

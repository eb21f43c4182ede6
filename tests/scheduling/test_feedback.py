"""Feedback: once a person and activity, by a link alone, and nobody can tell whose it is."""

import asyncio
from datetime import datetime, timedelta

import httpx
import msgspec
import pytest

from digital_days.kernel import clock, database
from digital_days.kernel.private_links import private_path
from digital_days.kernel.purge import purge
from digital_days.kernel.registrations import registration_called
from scheduling.domain.afterwards import afterwards
from scheduling.domain.feedback import OPEN_FOR, Opinion, occasions, say_opinions
from scheduling.domain.places import Applicant
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_slot
from tests.scheduling.planning import organiser_signs_in, texts
from tests.scheduling.registered import another_slot, ask_for_place, registered
from tests.scheduling.test_certificates import OVER, seen

RESULTS = "/jn2027/organisation/avis"
LAST_DAY = datetime.fromisoformat("2027-10-22T16:00:00+00:00")


async def somebody(slot: Made, name: str) -> str:
    """The code of the ticket of somebody with a place."""
    await ask_for_place(slot, Applicant(name=name, email=f"{name}@example.ca"))
    [row] = await database.fetch(
        "SELECT r.code FROM registration r JOIN person p ON p.id = r.person WHERE p.name = $1", name
    )
    return str(row["code"])


async def send(client: httpx.AsyncClient, registration: str, **fields: str) -> httpx.Response:
    path = private_path("scheduling:feedback", "feedback", registration)
    data = {name.replace("__", "-"): value for name, value in fields.items()}
    return await client.post(path, data=data, headers={"origin": "http://test.example"})


def about(activity: Made, rating: str, helped: str = "", better: str = "") -> dict[str, str]:
    code = activity.code
    return {f"rating-{code}": rating, f"helped-{code}": helped, f"better-{code}": better}


@pytest.mark.usefixtures("db")
async def test_person_answers_once_about_what_is_over(client: httpx.AsyncClient):
    bob = await registered()
    await ask_for_place(await another_slot(bob.edition, "Plus tard", starts_at=IN_A_YEAR + timedelta(days=1)))
    path = private_path("scheduling:feedback", "feedback", bob.registration)

    with clock.stopped_at(IN_A_YEAR + timedelta(minutes=59)):
        before = await client.get(path)
    with clock.stopped_at(OVER):
        asked = await client.get(path)
        thanked = await send(client, bob.registration, **about(bob.activity, "5", "  Les exemples\x00 ", ""))
        again = await send(client, bob.registration, **about(bob.activity, "1"))
        after = await client.get(path)

    assert texts(before, "//main//h2") == []
    assert texts(asked, "//main//h2") == ["Mots de passe solides"]
    assert (thanked.status_code, again.status_code, texts(after, "//main//h2")) == (303, 303, [])
    [row] = await database.fetch("SELECT one, five, helped, better FROM feedback")
    assert list(row.values()) == [0, 1, '["Les exemples"]', "[]"]


@pytest.mark.usefixtures("db")
async def test_words_without_a_choice_are_kept_and_asked_about(client: httpx.AsyncClient):
    bob = await registered()

    with clock.stopped_at(OVER):
        answers = [
            await send(client, bob.registration, **fields)
            for fields in (
                about(bob.activity, "", "Bravo <b>"),
                about(bob.activity, "9"),
                about(bob.activity, "5", "x" * 1001),
                {},
            )
        ]

    assert [answer.status_code for answer in answers] == [422] * 4
    assert "Bravo &lt;b&gt;</textarea>" in answers[0].text
    said = [texts(answer, "//p[@class='field-error']") for answer in answers]
    assert [len(each) for each in said] == [1, 1, 1, 0]
    assert "Choisissez une réponse pour au moins une activité." in answers[3].text
    assert await database.fetch("SELECT FROM feedback_given") == []


@pytest.mark.usefixtures("db")
async def test_only_who_was_there_is_asked():
    bob = await registered()
    free = await make_slot(await make_activity(bob.edition, "Entrée libre"), seats=None)
    missed = await another_slot(bob.edition, "Manquée", starts_at=IN_A_YEAR - timedelta(hours=3))
    await ask_for_place(missed)
    await seen(bob, missed.id, "absent")
    await seen(bob, free.id)
    stranger = await make_slot(await make_activity(bob.edition, "D’autres"))
    await database.fetch("UPDATE slot SET state = 'cancelled' WHERE id = $1", bob.slot.id)

    with clock.stopped_at(OVER):
        open_now = await occasions(bob.registration)
        others = [str(stranger.code), bob.activity.code]
        counted = await say_opinions(bob.registration, [Opinion(activity=code, rating=5) for code in others])

    assert [each.title for each in open_now] == ["Entrée libre"]
    assert open_now[0].path == private_path("scheduling:feedback", "feedback", bob.registration)
    assert (counted, await database.fetch("SELECT FROM feedback")) == (0, [])


@pytest.mark.usefixtures("db")
async def test_organiser_reads_nothing_before_three_have_answered(client: httpx.AsyncClient):
    edition = await make_edition()
    activity = await make_activity(edition)
    slot = await make_slot(activity)
    people = [await somebody(slot, name) for name in ("anne", "bob", "chloe")]
    await organiser_signs_in(client, edition)
    pages = []

    with clock.stopped_at(OVER):
        for who, words in zip(people, ("Zut", "Bon <i>rythme", ""), strict=True):
            await send(client, who, **about(activity, "4" if words else "1", words))
            pages.append(await client.get(RESULTS))

    assert ["Pas encore assez de réponses" in page.text for page in pages] == [True, True, False]
    assert ["Zut" in page.text for page in pages] == [False, False, True]
    assert texts(pages[2], "//main//dd") == ["0 sur 3", "2 sur 3", "0 sur 3", "0 sur 3", "1 sur 3"]
    assert texts(pages[2], "//main//section//li") == ["Bon <i>rythme", "Zut"]  # by the alphabet, not as they came
    assert [name for name in ("anne", "bob", "chloe") if name in pages[2].text.lower()] == []


@pytest.mark.usefixtures("db")
async def test_nothing_joins_an_answer_to_a_person():
    rows = await database.fetch(
        """
        SELECT table_name, column_name FROM information_schema.columns
        WHERE table_name IN ('feedback', 'feedback_given') AND column_name <> 'id' ORDER BY 1, ordinal_position
        """
    )

    columns = {
        table: [row["column_name"] for row in rows if row["table_name"] == table]
        for table in ("feedback", "feedback_given")
    }
    assert columns == {
        "feedback": ["activity", "one", "two", "three", "four", "five", "helped", "better"],  # one row an activity
        "feedback_given": ["registration", "activity"],  # and no time
    }


@pytest.mark.usefixtures("committed", "app")
async def test_answers_at_once_are_all_counted_and_each_person_once():
    edition = await make_edition()
    activities = [await make_activity(edition, f"Atelier {number}") for number in range(2)]
    slots = [
        await make_slot(activity, starts_at=IN_A_YEAR + timedelta(hours=number))
        for number, activity in enumerate(activities)
    ]
    people = [await somebody(slots[0], f"p{number}") for number in range(4)]
    for number in range(4):
        await ask_for_place(slots[1], Applicant(name=f"p{number}", email=f"p{number}@example.ca"))
    opinions = [Opinion(activity=activity.code, rating=3, helped="oui") for activity in activities]

    with clock.stopped_at(OVER):
        counted = await asyncio.gather(
            *(say_opinions(who, order) for who in people for order in (opinions, opinions[::-1]))
        )

    rows = await database.fetch("SELECT three, helped FROM feedback")
    assert sum(counted) == 8
    assert [(row["three"], msgspec.json.decode(row["helped"])) for row in rows] == [(4, ["oui"] * 4)] * 2


@pytest.mark.usefixtures("db", "app")
async def test_who_answered_is_forgotten_when_nobody_may_answer_any_more():
    bob = await registered()
    with clock.stopped_at(OVER):
        await say_opinions(bob.registration, [Opinion(activity=bob.activity.code, rating=2)])

    kept = []
    for moment in (LAST_DAY + OPEN_FOR, LAST_DAY + OPEN_FOR + timedelta(days=1)):
        await database.fetch("UPDATE person SET proved_at = now()")
        await purge(moment)
        marks, sums = await database.fetch("SELECT FROM feedback_given"), await database.fetch("SELECT FROM feedback")
        with clock.stopped_at(moment):
            kept.append((len(marks), len(sums), len(await occasions(bob.registration))))

    assert kept == [(1, 1, 0), (0, 1, 0)]


@pytest.mark.usefixtures("db")
async def test_agenda_leads_to_certificate_and_form_once_there_is_something(client: httpx.AsyncClient):
    bob = await registered()
    await seen(bob, bob.slot.id)

    pages = []
    for moment in (IN_A_YEAR, OVER):
        with clock.stopped_at(moment):
            pages.append(await client.get(bob.agenda_link))
            links = await afterwards(await registration_called(bob.registration))

    assert [texts(page, "//section[@aria-labelledby='afterwards']//h3") for page in pages] == [
        [],
        ["Mon attestation de présence", "Donner mon avis"],
    ]
    assert [(await client.get(link.path)).status_code for link in links] == [200, 200]

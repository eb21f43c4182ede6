"""The question after the meetings: once a person and day, about what is still to be said, with a way out."""

from datetime import datetime, timedelta

import pytest
from litestar import Litestar

from digital_days.kernel import clock, codes, database, sweeping
from digital_days.kernel.mail import Mail
from matchmaking.domain.outcome_invitations import TOPIC
from matchmaking.domain.outcomes import Said, say_outcome
from matchmaking.domain.publishing import publish_plan
from tests.letters_read import composed, promised
from tests.matchmaking.factories import MORNING
from tests.matchmaking.published import Fair, make_matched

MINUTE = timedelta(minutes=1)
LAST = MORNING + 35 * MINUTE
"""When Bob's second meeting ends."""


@pytest.fixture
async def fair(db: None, app: Litestar) -> Fair:
    """Bob meets Carole, then Dora; Ève meets nobody. All hold a ticket."""
    with clock.stopped_at(MORNING - timedelta(days=9)):
        fair = await make_matched()
        plan = [fair.place("Bob", "Carole", 1, 1), fair.place("Bob", "Dora", 2, 1)]
        await publish_plan(fair.edition.id, plan, fair.rounds, expected=0, by=None)
        for person in fair.people.values():
            await database.fetch(
                "INSERT INTO registration (code, person, edition) VALUES ($1, $2, $3)",
                codes.new_code(),
                person,
                fair.edition.id,
            )
    return fair


async def asked_by(at: datetime) -> list[str]:
    """Who is asked, by name."""
    with clock.stopped_at(at):
        await sweeping.sweep(at)
    names = {
        row["id"]: row["name"].split()[0] for row in await database.fetch("SELECT id, name FROM person ORDER BY id")
    }
    return [names[message.person_id or 0] for message in await promised(TOPIC)]


async def letters(at: datetime) -> dict[str, Mail]:
    with clock.stopped_at(at):
        return {mail.to_name.split()[0]: mail for mail in await composed(TOPIC) if mail}


async def codes_of(fair: Fair) -> list[str]:
    return [row["code"] for row in await database.fetch("SELECT code FROM meeting ORDER BY starts_at")]


async def say(fair: Fair, meeting: str, name: str) -> None:
    with clock.stopped_at(LAST):
        await say_outcome(fair.people[name], fair.edition.id, meeting, Said(useful=3))


async def test_each_is_asked_once_half_an_hour_after_their_last_meeting(fair: Fair):
    assert await asked_by(MORNING + 44 * MINUTE) == []
    assert await asked_by(MORNING + 45 * MINUTE) == ["Carole"]
    assert sorted(await asked_by(LAST + 30 * MINUTE)) == ["Bob", "Carole", "Dora"]
    assert sorted(await asked_by(LAST + 60 * MINUTE)) == ["Bob", "Carole", "Dora"]


async def test_mail_leads_to_each_meeting_and_to_a_way_out(fair: Fair):
    await asked_by(LAST + 30 * MINUTE)

    mail = (await letters(LAST + 30 * MINUTE))["Bob"]

    assert mail.subject == "Vos 2 rencontres éclair\N{NO-BREAK SPACE}: utiles?"
    for body in (mail.html, mail.text):
        assert [name in body for name in ("Carole Roy", "Dora Roy", "Maison Dora")] == [True] * 3
        assert [f"/mes-rencontres/{code}" in body for code in await codes_of(fair)] == [True] * 2
        assert "/rappels/" in body


async def test_only_what_is_still_to_be_said_is_asked(fair: Fair):
    first, second = await codes_of(fair)
    await say(fair, first, "Carole")
    await say(fair, first, "Bob")
    assert sorted(await asked_by(LAST + 30 * MINUTE)) == ["Bob", "Dora"]

    mail = (await letters(LAST + 30 * MINUTE))["Bob"]
    assert ("Dora Roy" in mail.text, "Carole Roy" in mail.text) == (True, False)

    await say(fair, second, "Bob")  # meanwhile, on their phone
    assert [*await letters(LAST + 31 * MINUTE)] == ["Dora"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE registration SET reminders = false",
        "UPDATE registration SET state = 'cancelled'",
        "UPDATE match_participant SET left_at = now()",
        "UPDATE meeting SET state = 'cancelled'",
        "UPDATE meeting SET state = 'missed'",
    ],
)
async def test_nobody_is_asked_in_vain(fair: Fair, change: str):
    await database.fetch(change)

    assert await asked_by(LAST + 30 * MINUTE) == []


async def test_mail_that_waited_does_not_leave_when_there_is_no_more_reason(fair: Fair):
    await asked_by(LAST + 30 * MINUTE)

    await database.fetch("UPDATE registration SET reminders = false")

    assert await letters(LAST + 40 * MINUTE) == {}


async def test_nobody_is_woken_up_and_what_was_missed_is_asked_in_the_morning(fair: Fair):
    night, next_day = MORNING + timedelta(hours=14), MORNING + timedelta(hours=23)

    assert await asked_by(night) == []
    assert sorted(await asked_by(next_day)) == ["Bob", "Carole", "Dora"]
    assert len(await asked_by(next_day + timedelta(days=2))) == 3

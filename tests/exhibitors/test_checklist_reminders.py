"""Reminders of the check-list: a week before, and on the day after; never twice, never at night, never for nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from digital_days.kernel import clock, database
from exhibitors.domain.checklist_reminders import TOPIC, remind
from tests.exhibitors.factories import make_category, make_exhibitor, make_fair, make_member
from tests.factories import Made, make_edition, make_person
from tests.letters_read import composed, letter, links, promised

pytestmark = pytest.mark.usefixtures("db", "app")

NOON = datetime(2027, 9, 10, 16, tzinfo=UTC)
"""12 h in Toronto on the tenth of September."""


async def make_one(**fair: object) -> tuple[Made, int]:
    edition = await make_edition()
    await make_fair(edition, **fair)
    bob = await make_person()
    category = await make_category(edition, price_cents=0, needs_insurance=False)
    return await make_exhibitor(edition, category, bob), bob


async def days_written(*moments: datetime) -> list[str]:
    for moment in moments:
        await remind(moment)
    return [str(message.payload["day"]) for message in await promised(TOPIC)]


def noons(first: date, last: date) -> list[datetime]:
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [datetime(day.year, day.month, day.day, 16, tzinfo=UTC) for day in days]


async def test_one_mail_leaves_a_week_before_and_one_on_the_day_after():
    await make_one(profile_due=date(2027, 9, 17))

    assert await days_written(*noons(date(2027, 9, 1), date(2027, 10, 10))) == ["2027-09-10", "2027-09-18"]


async def test_mail_of_the_week_before_is_about_the_nearest_day_only():
    await make_one(profile_due=date(2027, 9, 17), badges_due=date(2027, 9, 20))

    found = await days_written(*noons(date(2027, 9, 1), date(2027, 9, 17)))

    assert found == ["2027-09-10"]


async def test_same_minute_in_several_workers_promises_one_mail_for_each_contact():
    exhibitor, _bob = await make_one(profile_due=date(2027, 9, 17))
    await make_member(exhibitor.id, await make_person("Zoé", "zoe@example.ca"))
    await make_member(exhibitor.id, await make_person("Noé", "noe@example.ca"), is_contact=False)

    await days_written(NOON, NOON, NOON + timedelta(minutes=1))

    assert [mail.to_email if mail else "" for mail in await composed(TOPIC)] == ["bob@example.ca", "zoe@example.ca"]


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        (datetime(2027, 9, 10, 11, 59, tzinfo=UTC), False),
        (datetime(2027, 9, 10, 12, tzinfo=UTC), True),
        (datetime(2027, 9, 10, 23, 59, tzinfo=UTC), True),
        (datetime(2027, 9, 11, 0, tzinfo=UTC), False),
    ],
)
async def test_mail_leaves_between_8_and_20_in_toronto(moment: datetime, leaves: bool):
    await make_one(profile_due=date(2027, 9, 17))

    assert bool(await days_written(moment)) is leaves


async def test_mail_leaves_two_days_late_at_most_where_no_worker_was_there():
    await make_one(profile_due=date(2027, 9, 17))

    late = [await days_written(moment) for moment in noons(date(2027, 9, 12), date(2027, 9, 13))]
    await database.fetch("DELETE FROM outbox_message")

    assert (late[0], await days_written(*noons(date(2027, 9, 13), date(2027, 9, 14)))) == (["2027-09-10"], [])


async def test_nothing_is_promised_when_all_is_done():
    exhibitor, _bob = await make_one(profile_due=date(2027, 9, 17))
    await finish(exhibitor)

    assert await days_written(NOON) == []


async def finish(exhibitor: Made) -> None:
    await database.fetch("UPDATE exhibitor SET listed = true WHERE id = $1", exhibitor.id)


async def test_nothing_leaves_when_all_was_done_meanwhile():
    exhibitor, _bob = await make_one(profile_due=date(2027, 9, 17), booking_opens_at=None)
    await database.fetch(
        "INSERT INTO staff_badge (code, exhibitor, name, created_at) VALUES ('B', $1, 'Zoé', now())", exhibitor.id
    )
    await days_written(NOON)
    await finish(exhibitor)

    with clock.stopped_at(NOON):
        assert await composed(TOPIC) == [None]


async def test_mail_lists_all_that_is_left_with_where_it_is_done():
    exhibitor, _bob = await make_one(profile_due=date(2027, 9, 9), badges_due=date(2027, 10, 1))
    await days_written(NOON)

    with clock.stopped_at(NOON):
        mail = await letter(TOPIC)

    text = mail.text.replace("\N{NO-BREAK SPACE}", " ")
    assert mail.subject.replace("\N{NO-BREAK SPACE}", " ") == "En retard pour le salon : Atelier du Nord"
    assert [line for line in text.splitlines() if line.startswith("- ")] == [
        "- Choisir un kiosque. À faire.",
        "- Compléter et publier la fiche. En retard : c’était à faire au plus tard le 9 septembre 2027.",
        "- Nommer les personnes du kiosque. À faire au plus tard le 1er octobre 2027.",
    ]
    own = f"/jn2027/mon-kiosque/{exhibitor.code}"
    assert links(mail) == [f"{own}/kiosque", f"{own}/fiche", f"{own}/equipe", own]


@pytest.mark.parametrize(("in_quebec", "locale"), [(True, "fr"), (False, "en")])
async def test_business_in_quebec_is_written_to_in_french(in_quebec: bool, locale: str):
    exhibitor, bob = await make_one(profile_due=date(2027, 9, 17))
    await database.fetch("UPDATE person SET locale = 'en' WHERE id = $1", bob)
    await database.fetch("UPDATE exhibitor SET in_quebec = $2 WHERE id = $1", exhibitor.id, in_quebec)
    await days_written(NOON)

    with clock.stopped_at(NOON):
        assert (await letter(TOPIC)).locale == locale


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE exhibitor SET state = 'withdrawn'",
        "UPDATE exhibitor_member SET is_contact = false",
        "UPDATE edition SET announced = false",
        "UPDATE edition SET ends_on = '2027-09-09', starts_on = '2027-09-09'",
    ],
)
async def test_nobody_is_reminded_without_reason(change: str):
    await make_one(profile_due=date(2027, 9, 17))
    await database.fetch(change)

    assert await days_written(NOON) == []


@pytest.mark.parametrize("change", ["DELETE FROM exhibitor_member", "UPDATE exhibitor_member SET is_contact = false"])
async def test_nothing_leaves_to_who_is_no_longer_its_contact(change: str):
    await make_one(profile_due=date(2027, 9, 17))
    await days_written(NOON)
    await database.fetch(change)

    with clock.stopped_at(NOON):
        assert await composed(TOPIC) == [None]

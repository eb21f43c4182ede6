"""Reminders of members without an address: one to their contact a group and moment, with who is expected where."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from digital_days.kernel import clock, database, sweeping
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.mail import Mail
from scheduling.domain import reminders
from scheduling.domain.group_changes import write_members
from scheduling.domain.group_lines import NewMember
from scheduling.domain.group_reading import group_called
from scheduling.domain.group_reminders import SOON, TOMORROW
from scheduling.domain.places import Applicant
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_room, make_slot
from tests.letters_read import composed, link_to, promised
from tests.scheduling.grouped import FIVE, make_contact, make_group
from tests.scheduling.registered import ask_for_place
from tests.scheduling.releasing import move, release

WEEKS_BEFORE = datetime(2027, 10, 1, 12, 0, tzinfo=UTC)
EVENING = datetime(2027, 10, 20, 21, 0, tzinfo=UTC)  # 17 h in Lachute, the day before IN_A_YEAR
A_MINUTE, AN_HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
async def edition(db: None, app: object) -> Made:
    return await make_edition(english=True)


@pytest.fixture
async def slots(edition: Made) -> list[Made]:
    """From 9 to 10 h, and from 11 to 12 h."""
    room = await make_room(edition)
    return [
        await make_slot(await make_activity(edition, title), seats=40, room=room, starts_at=IN_A_YEAR + hours * AN_HOUR)
        for hours, title in ((0, "Mots de passe"), (2, "Réseaux sociaux"))
    ]


async def sweep(at: datetime) -> None:
    with clock.stopped_at(at):
        await sweeping.sweep(at)


async def left_at(topic: str, at: datetime) -> list[Mail]:
    with clock.stopped_at(at):
        return [mail for mail in await composed(topic) if mail]


async def keys(topic: str) -> list[str]:
    return [message.dedup_key for message in await promised(topic)]


def plain(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


async def test_teacher_gets_one_reminder_the_evening_before_for_the_whole_class(
    edition: Made, slots: list[Made], client: httpx.AsyncClient
):
    with clock.stopped_at(WEEKS_BEFORE):
        group = (await make_group(edition, slots, [NewMember(name="Léa")], count=3, kind="class")).code

    await sweep(EVENING - A_MINUTE)
    before = await keys(TOMORROW)
    for minutes in (0, 1, 240):
        await sweep(EVENING + minutes * A_MINUTE)

    assert (before, await keys(TOMORROW)) == ([], [f"group-tomorrow:{group}:2027-10-21"])
    assert await keys(reminders.TOMORROW) == []
    [mail] = await left_at(TOMORROW, EVENING)
    assert (mail.to_email, plain(mail.subject)) == ("carole@garage.example", "Demain : votre groupe est attendu")
    assert (
        "École Saint-Philippe Mots de passe jeudi 21 octobre 2027, 9 h à 10 h Salle des Lilas, Bibliothèque "
        "3 personnes : Léa, Élève 2, Élève 3 "
        "Réseaux sociaux jeudi 21 octobre 2027, 11 h à 12 h Salle des Lilas, Bibliothèque "
        "3 personnes : Léa, Élève 2, Élève 3 "
        "À apporter" in plain(mail.text)
    )
    with clock.stopped_at(EVENING):
        pages = [await client.get(link_to(mail, "/groupes/")) for _twice in (1, 2)]
    assert [page.status_code for page in pages] == [200, 200]


async def test_contact_hears_an_hour_before_each_moment_once_and_never_after_the_start(
    edition: Made, slots: list[Made]
):
    with clock.stopped_at(WEEKS_BEFORE):
        group = (await make_group(edition, slots, count=25, kind="class")).code

    for minutes in (-61, -60, -1, 0, 60, 119, 180):
        await sweep(IN_A_YEAR + minutes * A_MINUTE)

    at = [int((IN_A_YEAR + hours * AN_HOUR).timestamp()) for hours in (0, 2)]
    assert await keys(SOON) == [f"group-soon:{group}:{each}" for each in at]
    [first, _second] = await left_at(SOON, IN_A_YEAR - AN_HOUR)
    assert plain(first.subject) == "À 9 h : votre groupe est attendu"
    assert "25 personnes : Élève 1, Élève 2," in plain(first.text)
    assert "Réseaux sociaux" not in first.text
    assert [plain(mail.subject) for mail in await left_at(SOON, IN_A_YEAR)] == ["À 11 h : votre groupe est attendu"]


async def test_who_has_an_address_gets_their_own_and_the_contact_is_told_of_the_others_alone(
    edition: Made, slots: list[Made]
):
    with clock.stopped_at(WEEKS_BEFORE):
        await make_group(edition, slots[:1], FIVE)

    await sweep(EVENING)
    await sweep(IN_A_YEAR - AN_HOUR)

    [to_contact] = await left_at(TOMORROW, EVENING)
    assert "2 personnes : Diane Émond, Éric Fortin Ces personnes n’ont pas d’adresse courriel" in plain(to_contact.text)
    assert "Alain Roy" not in to_contact.text + to_contact.html
    for topic in (reminders.TOMORROW, reminders.SOON):
        own = [mail.to_email for mail in await left_at(topic, EVENING)]
        assert sorted(own) == [f"p{n}@garage.example" for n in range(3)]
    assert len(await left_at(SOON, EVENING)) == 1


async def test_two_groups_of_one_contact_are_two_reminders(edition: Made, slots: list[Made]):
    with clock.stopped_at(WEEKS_BEFORE):
        contact = await make_contact()
        for _group in (1, 2):
            await make_group(edition, slots[:1], count=2, kind="class", contact=contact)

    await sweep(EVENING)

    assert [mail.to_name for mail in await left_at(TOMORROW, EVENING)] == ["Carole Gagné", "Carole Gagné"]


async def test_contact_hears_nothing_where_everybody_has_an_address_or_the_tickets_have_just_come(
    edition: Made, slots: list[Made]
):
    with clock.stopped_at(WEEKS_BEFORE):
        contact = await make_contact()
        await make_group(edition, slots, FIVE[:3], contact=contact)
    with clock.stopped_at(EVENING + A_MINUTE):
        await make_group(edition, slots[1:], count=2, kind="class", contact=contact)
    with clock.stopped_at(IN_A_YEAR - AN_HOUR - A_MINUTE):
        await make_group(edition, slots[:1], count=2, kind="class", contact=contact)

    await sweep(EVENING + AN_HOUR)
    await sweep(IN_A_YEAR - AN_HOUR)

    assert (await keys(TOMORROW), await keys(SOON)) == ([], [])


@pytest.mark.parametrize(
    "gone", ["given back", "called off", "ticket ended", "no contact", "no reminders", "addresses"]
)
async def test_nothing_is_said_of_what_is_gone(edition: Made, slots: list[Made], gone: str):
    with clock.stopped_at(WEEKS_BEFORE):
        contact = await make_contact()
        code = (await make_group(edition, slots[:1], [NewMember(name="Léo")], contact=contact)).code
        await ask_for_place(slots[1], Applicant(name="Carole Gagné", email="carole@garage.example"))
    await sweep(EVENING)
    await sweep(IN_A_YEAR - AN_HOUR)
    found = (len(await keys(TOMORROW)), len(await keys(SOON)))
    members = "person IN (SELECT person FROM group_member)"
    if gone == "given back":
        await database.fetch(f"UPDATE place SET state = 'cancelled' WHERE {members}")
    elif gone == "called off":
        await database.fetch("UPDATE slot SET state = 'cancelled'")
    elif gone == "ticket ended":
        await database.fetch(f"UPDATE registration SET state = 'cancelled' WHERE {members}")
    elif gone == "no contact":
        await database.fetch("UPDATE group_registration SET contact = NULL")
    elif gone == "no reminders":
        await database.fetch(
            "UPDATE registration SET reminders = false WHERE person NOT IN (SELECT person FROM group_member)"
        )
    else:
        with clock.stopped_at(EVENING):
            [member] = (await group_called(code)).members
            named = {member.code: NewMember(name="Léo", email="leo@garage.example")}
            await write_members(code, await edition_numbered(edition.id), named)

    assert found == (1, 1)
    assert (await left_at(TOMORROW, EVENING), await left_at(SOON, IN_A_YEAR - AN_HOUR)) == ([], [])
    await database.fetch("DELETE FROM outbox_message")
    await sweep(EVENING)
    await sweep(IN_A_YEAR - AN_HOUR)
    assert (await keys(TOMORROW), await keys(SOON)) == ([], [])


async def test_foot_ends_reminders_of_a_contact_with_a_ticket(
    edition: Made, slots: list[Made], client: httpx.AsyncClient
):
    with clock.stopped_at(WEEKS_BEFORE):
        contact = await make_contact()
        await make_group(edition, slots[:1], count=2, kind="class", contact=contact)
    await sweep(EVENING)
    [without] = await left_at(TOMORROW, EVENING)
    with clock.stopped_at(WEEKS_BEFORE):
        await database.fetch(
            """
            INSERT INTO registration (code, person, edition, state, origin, created_at, updated_at)
            VALUES ('CAR0LE0000', $1, $2, 'active', 'online', now(), now())
            """,
            contact,
            edition.id,
        )
    [mail] = await left_at(TOMORROW, EVENING)

    ended = await client.post(link_to(mail, "/rappels/"), headers={"origin": "http://test.example"})

    assert "/rappels/" not in without.text
    assert (ended.status_code, await left_at(TOMORROW, EVENING)) == (303, [])


async def test_what_moves_is_told_at_its_new_time(edition: Made, slots: list[Made]):
    with clock.stopped_at(WEEKS_BEFORE):
        await make_group(edition, slots[:1], count=2, kind="class")
        await release(edition)
    await sweep(IN_A_YEAR - AN_HOUR)
    with clock.stopped_at(IN_A_YEAR - AN_HOUR):
        await move(edition, slots[0], IN_A_YEAR + 4 * AN_HOUR)
        await release(edition, "Plus tard")

    assert await left_at(SOON, IN_A_YEAR - AN_HOUR) == []
    await sweep(IN_A_YEAR + 3 * AN_HOUR)
    [mail] = await left_at(SOON, IN_A_YEAR + 3 * AN_HOUR)
    assert plain(mail.subject) == "À 13 h : votre groupe est attendu"


async def test_reminder_is_in_the_contacts_language(edition: Made, slots: list[Made]):
    with clock.stopped_at(WEEKS_BEFORE):
        contact = await make_contact()
        await make_group(edition, slots[:1], count=2, kind="class", contact=contact)
    await database.fetch("UPDATE person SET locale = 'en' WHERE id = $1", contact)

    await sweep(EVENING)

    [mail] = await left_at(TOMORROW, EVENING)
    assert (mail.subject, mail.locale) == ("Tomorrow: your group is expected", "en")
    assert "2 people: Pupil 1, Pupil 2" in plain(mail.text)


@pytest.mark.usefixtures("committed", "app")
async def test_workers_at_once_promise_each_reminder_once():
    with clock.stopped_at(WEEKS_BEFORE):
        edition = await make_edition()
        slot = await make_slot(await make_activity(edition), seats=40)
        await make_group(edition, [slot], count=10, kind="class")

    await asyncio.gather(*(sweep(EVENING) for _ in range(8)), *(sweep(IN_A_YEAR - AN_HOUR) for _ in range(8)))

    assert (len(await keys(TOMORROW)), len(await keys(SOON))) == (1, 1)

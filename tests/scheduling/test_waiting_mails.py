"""What people in line read: the mails that explain, and the page of their entry in each of its states."""

from datetime import timedelta

import httpx
import pytest

from digital_days.kernel import clock, database
from scheduling.domain.offers import sweep
from scheduling.domain.places import cancel_place
from scheduling.domain.waiting import accept, leave, remove
from tests.factories import IN_A_YEAR, make_activity, make_edition, make_person, make_slot
from tests.letters_read import letter
from tests.scheduling.lines import a_line, ask

pytestmark = pytest.mark.usefixtures("db", "client")


async def test_who_has_as_many_as_allowed_reads_how_many_that_is() -> None:
    edition = await make_edition()
    await database.fetch("INSERT INTO edition_rules (edition, most) VALUES ($1, 1)", edition.id)
    bob = await make_person()
    for hours in (0, 2):
        slot = await make_slot(await make_activity(edition), starts_at=IN_A_YEAR + timedelta(hours=hours))
        answer = await ask(slot, bob)

    assert answer.outcome == "limit"
    assert "Le maximum d’ateliers par personne est de 1" in " ".join((await letter("scheduling.limit")).text.split())


async def test_ticket_says_what_is_no_longer_waited_for() -> None:
    full = await a_line(waiting=1, title="Infonuagique")
    other = await make_slot(await make_activity(full.edition, "Courriel"))

    await ask(other, full.people[0])

    tickets = await database.fetch("SELECT id FROM outbox_message WHERE topic = 'scheduling.ticket' ORDER BY id")
    await database.fetch("DELETE FROM outbox_message WHERE topic = 'scheduling.ticket' AND id < $1", tickets[-1]["id"])
    text = " ".join((await letter("scheduling.ticket")).text.split())
    assert "Vous n’attendez plus pour « Infonuagique », qui a lieu en même temps." in text.replace("\u00a0", " ")


async def test_page_says_each_state_in_words(client: httpx.AsyncClient) -> None:
    full = await a_line(waiting=3)
    seen = [await heading(client, full.link(1))]
    await cancel_place(full.place)
    seen.append(await heading(client, full.link(0)))
    await leave(full.entries[0])
    seen.append(await heading(client, full.link(0)))
    await accept(full.entries[1])
    seen.append(await heading(client, full.link(1)))
    await remove(full.entries[2], by=full.bob, words="Inscrite deux fois")
    seen.append(await heading(client, full.link(2)))

    assert seen == [
        "Vous êtes au numéro 2",
        "Une place est à vous, si vous la voulez",
        "Vous avez refusé la place",
        "La place est à vous",
        "L’équipe vous a retiré de cette liste d’attente",
    ]
    assert "Inscrite deux fois" in (await client.get(full.link(2))).text


async def test_deadline_is_said_with_the_time_left_on_the_page_and_the_time_given_in_the_mail(
    client: httpx.AsyncClient,
) -> None:
    now = clock.now()
    with clock.stopped_at(now):
        full = await a_line(waiting=1)
        await cancel_place(full.place)
        mail = plain((await letter("scheduling.offer")).text)
    with clock.stopped_at(now + timedelta(hours=9)):
        page = plain((await client.get(full.link(0))).text)

    assert "Vous avez 12 heures pour répondre, jusqu’au" in mail
    assert " : il vous reste 3 heures. Sans réponse d’ici là" in page


@pytest.mark.parametrize(
    ("others", "taken", "page_says", "mail_says"),
    [
        (1, False, "La place a été offerte à la personne suivante.", "elle a été offerte à la personne suivante."),
        (0, False, "il en reste une : réservez-la", "Il en reste pourtant une : vous pouvez encore la réserver."),
        (0, True, "La place n’est plus gardée pour vous. La page", "elle n’est plus gardée pour vous."),
    ],
)
async def test_what_became_of_a_seat_that_nobody_answered_for_is_said_as_it_is(
    client: httpx.AsyncClient, others: int, taken: bool, page_says: str, mail_says: str
) -> None:
    full = await a_line(waiting=1 + others)
    await cancel_place(full.place)
    late = clock.now() + timedelta(hours=13)
    with clock.stopped_at(late):
        unswept = plain((await client.get(full.link(0))).text)
        await sweep(late)
        if taken:
            await ask(full.slot, full.bob)
        page = plain((await client.get(full.link(0))).text)
        mail = plain((await letter("scheduling.waiting_over")).text)

    assert "La place n’est plus gardée pour vous. La page de l’activité dit s’il en reste." in unswept
    assert (page_says in page, mail_says in mail) == (True, True)


@pytest.mark.parametrize(
    ("waiting", "said"),
    [(2, "Elle a été offerte à la personne suivante."), (1, "Elle est de nouveau libre. Changé d’idée?")],
)
async def test_declined_seat_goes_to_the_next_person_where_there_is_one(
    client: httpx.AsyncClient, waiting: int, said: str
) -> None:
    full = await a_line(waiting=waiting)
    await cancel_place(full.place)
    await leave(full.entries[0])

    assert said in plain((await client.get(full.link(0))).text)


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


async def heading(client: httpx.AsyncClient, address: str) -> str:
    page = (await client.get(address)).text
    return page.partition("<h1")[2].partition(">")[2].partition("</h1>")[0].replace("\u00a0", " ").strip()

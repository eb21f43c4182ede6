"""One's agenda as a page and as a feed."""

from datetime import timedelta

import httpx
import pytest
from icalendar import Calendar

from digital_days.kernel import clock, database
from scheduling.domain.places import cancel_place
from tests.conftest import sign_in
from tests.factories import IN_A_YEAR, make_edition, make_person
from tests.kernel.calendar_readers import Reader, read_with_icalendar, read_with_vobject
from tests.letters_read import attached, letter
from tests.scheduling.registered import another_slot, ask_for_place, registered
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")


async def test_agenda_shows_items_with_activity_and_cancel_page_when_opened_by_link(client: httpx.AsyncClient) -> None:
    bob = await registered()

    answer = await client.get(bob.agenda_link)

    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert f'href="/jn2027/activites/{bob.activity.code}?plage={bob.slot.code}"' in answer.text
    assert f'href="{bob.place_link}"' in answer.text
    assert f'href="{bob.ticket_link}"' in answer.text
    assert f"http://test.example{bob.feed_link}" in answer.text
    assert f'href="webcal://test.example{bob.feed_link}"' in answer.text


async def test_agenda_is_the_same_when_opened_signed_in(client: httpx.AsyncClient) -> None:
    bob = await registered()
    await sign_in(client, bob.person)

    page = (await client.get("/jn2027/mon-agenda")).text

    assert "Mots de passe solides" in page
    assert f'href="{bob.place_link}"' in page
    assert 'href="/jn2027/mon-billet"' in page


async def test_agenda_offers_no_cancelling_when_the_activity_has_started(client: httpx.AsyncClient) -> None:
    bob = await registered()
    await database.fetch("UPDATE slot SET starts_at = now() - interval '1 hour', ends_at = now() + interval '1 hour'")

    page = (await client.get(bob.agenda_link)).text

    assert ("Mots de passe solides" in page, "/places/" in page) == (True, False)


async def test_agenda_is_by_time_and_without_cancelled_places(client: httpx.AsyncClient) -> None:
    bob = await registered()
    await ask_for_place(await another_slot(bob.edition, "Premier", starts_at=IN_A_YEAR - timedelta(hours=3)))
    gone = await ask_for_place(await another_slot(bob.edition, "Rendu", starts_at=IN_A_YEAR + timedelta(days=1)))
    await cancel_place(gone.code)

    page = (await client.get(bob.agenda_link)).text

    assert "2 activités vous attendent" in page
    assert page.index("Premier") < page.index("Mots de passe solides")
    assert "Rendu" not in page


@pytest.mark.parametrize("path", ["/jn2027/mon-agenda", "/jn2027/mon-billet"])
async def test_way_to_the_programme_is_shown_when_nothing_is_booked(client: httpx.AsyncClient, path: str) -> None:
    await make_edition()
    await sign_in(client, await make_person())

    answer = await client.get(path)

    assert (answer.status_code, 'href="/jn2027/programme"' in answer.text) == (200, True)


@pytest.mark.parametrize("path", ["/jn2027/mon-agenda", "/jn2027/mon-billet", "/jn2027/mes-places/X"])
async def test_own_pages_ask_to_sign_in_when_nobody_is(client: httpx.AsyncClient, path: str) -> None:
    await make_edition()

    answer = await client.get(path)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/connexion?next=%2Fjn2027")


async def test_public_codes_open_nothing(client: httpx.AsyncClient) -> None:
    bob = await registered()
    tokens = {
        "ticket": bob.ticket_link.rpartition("/")[2],
        "agenda": bob.agenda_link.rpartition("/")[2],
        "place": bob.place_link.rpartition("/")[2],
    }

    for page, wrong in [("billet", "agenda"), ("agenda", "ticket"), ("places", "ticket"), ("billet", "place")]:
        for token in (bob.registration, bob.place, tokens[wrong], f"{bob.registration}.{'0' * 26}"):
            answer = await client.get(f"/{page}/{token}")
            assert (answer.status_code, "Tremblay" in answer.text) == (404, False)
    assert (await client.get(f"/agenda/{tokens['ticket']}/agenda.ics")).status_code == 404


async def test_address_given_to_a_calendar_program_opens_the_feed_and_no_page(client: httpx.AsyncClient) -> None:
    bob = await registered()
    page, feed = bob.agenda_link.rpartition("/")[2], bob.feed_link.split("/")[2]

    assert (await client.get(f"/agenda/{feed}/agenda.ics")).status_code == 200
    assert (await client.get(f"/agenda/{feed}")).status_code == 404
    assert (await client.get(f"/agenda/{page}/agenda.ics")).status_code == 404


async def test_feed_keeps_a_place_given_back_cancelled_when_it_was_asked_for_again_in_vain(
    client: httpx.AsyncClient,
) -> None:
    bob = await registered()
    await cancel_place(bob.place)
    await database.fetch("UPDATE slot SET seats = 0")
    await ask_for_place(bob.slot)

    assert "STATUS:CANCELLED" in (await client.get(bob.feed_link)).text


@pytest.mark.parametrize("read", [read_with_icalendar, read_with_vobject])
async def test_feed_agrees_with_the_mail_and_gives_no_address_away(client: httpx.AsyncClient, read: Reader) -> None:
    bob = await registered()
    invited = read(attached(await letter("scheduling.ticket"), ".ics"))

    answer = await client.get(bob.feed_link)

    published = read(answer.content)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert published.method == "PUBLISH"
    [event], [invitation] = published.events, invited.events
    invitation.attendees = []
    assert event == invitation
    assert b"bob@" not in answer.content


async def test_feed_keeps_a_cancelled_place_as_such(client: httpx.AsyncClient) -> None:
    bob = await registered()
    await cancel_place(bob.place)

    [event] = Calendar.from_ical((await client.get(bob.feed_link)).content).events

    assert (event["STATUS"], event["SEQUENCE"], event["UID"]) == ("CANCELLED", 1, f"{bob.place}@places.digital-days")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE place SET sequence = sequence + 1, updated_at = $1",
        "UPDATE slot SET sequence = sequence + 1, updated_at = $1",
        "UPDATE activity SET title_fr = 'Mots de passe oubliés', updated_at = $1",
    ],
)
async def test_feed_says_when_the_place_its_slot_or_its_activity_last_changed(
    client: httpx.AsyncClient, change: str
) -> None:
    bob = await registered()
    later = clock.now().replace(microsecond=0) + timedelta(days=2)
    await database.fetch(change, later)

    [event] = Calendar.from_ical((await client.get(bob.feed_link)).content).events

    assert [event.decoded(name) for name in ("LAST-MODIFIED", "DTSTAMP")] == [later] * 2


async def test_feed_answers_304_when_nothing_has_changed(client: httpx.AsyncClient) -> None:
    bob = await registered()
    first = await client.get(bob.feed_link)
    tag = first.headers["etag"]

    same = [await client.get(bob.feed_link, headers={"if-none-match": known}) for known in (tag, f'"x", W/{tag}')]
    await cancel_place(bob.place)
    changed = await client.get(bob.feed_link, headers={"if-none-match": tag})

    assert first.headers["cache-control"] == "private, no-cache"
    assert [(answer.status_code, answer.content, answer.headers["etag"]) for answer in same] == [(304, b"", tag)] * 2
    assert (changed.status_code, changed.headers["etag"] != tag) == (200, True)


async def test_agenda_takes_as_many_statements_for_one_place_as_for_three(client: httpx.AsyncClient) -> None:
    bob = await registered()
    await client.get(bob.agenda_link)  # the edition is known from now on

    async with counted_statements() as for_one:
        await client.get(bob.agenda_link)
    for hours in (2, 4):
        await ask_for_place(await another_slot(bob.edition, "Encore", starts_at=IN_A_YEAR + timedelta(hours=hours)))
    async with counted_statements() as for_three:
        await client.get(bob.agenda_link)

    assert len(for_one) == len(for_three)


async def test_french_only_agenda_is_shown_in_french_when_asked_for_in_english(client: httpx.AsyncClient) -> None:
    bob = await registered(english=False)

    answer = await client.get(f"/en{bob.agenda_link}")

    assert (answer.status_code, answer.headers["location"]) == (303, bob.agenda_link)

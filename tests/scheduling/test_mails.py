"""The mails about places, read as their reader's programs read them."""

from datetime import timedelta
from typing import Any

import httpx
import icalendar
import pytest

from digital_days.kernel import clock, consents, database, mail, signing
from digital_days.kernel.mail import queue_mail
from digital_days.kernel.settings import Settings, current
from scheduling.domain.held_places import held_place
from scheduling.domain.places import Applicant, cancel_place, take_place
from tests.factories import IN_A_YEAR, make_activity, make_edition, make_slot
from tests.kernel.calendar_readers import (
    ReadCalendar,
    Reader,
    ReadEvent,
    read_with_icalendar,
    read_with_vobject,
)
from tests.letters_read import attached, composed, letter, link_to, links, promised, scanned
from tests.scheduling.registered import BOB, Registered, another_slot, ask_for_place, registered
from tests.scheduling.releasing import move, release
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db", "app")

ROOM = "Salle des Lilas, Bibliothèque"
READERS = [read_with_icalendar, read_with_vobject]


def event_of(bob: Registered, **changed: object) -> ReadEvent:
    expected = ReadEvent(
        uid=f"{bob.place}@places.digital-days",
        sequence=0,
        status="CONFIRMED",
        summary="Mots de passe solides",
        description=None,
        location=ROOM,
        starts_at=int(IN_A_YEAR.timestamp()),
        ends_at=int((IN_A_YEAR + timedelta(hours=1)).timestamp()),
        organizer="mailto:billets@journees-numeriques.example",
        attendees=["mailto:bob@example.ca"],
    )
    for name, value in changed.items():
        setattr(expected, name, value)
    return expected


def plain(text: str) -> str:
    """The words with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


async def test_ticket_brings_what_when_where_and_every_link() -> None:
    bob = await registered()

    written = await letter("scheduling.ticket")

    assert (written.to_email, written.to_name) == ("bob@example.ca", "Bob Tremblay")
    assert plain(written.subject) == "Votre billet : Mots de passe solides"
    assert links(written) == [bob.ticket_link, bob.agenda_link, f"{bob.agenda_link}#calendrier", bob.place_link]
    for text in (written.text, written.html):
        for said in ("Bonjour Bob Tremblay,", "jeudi 21 octobre 2027", "Salle des Lilas", "Hôtel de ville, Lachute"):
            assert said in plain(text)
    assert f"{bob.registration[:5]}-{bob.registration[5:]}" in written.text


async def test_ticket_links_all_open_without_signing_in(client: httpx.AsyncClient) -> None:
    await registered()
    written = await letter("scheduling.ticket")

    answers = [await client.get(path) for path in links(written)]

    assert [answer.status_code for answer in answers] == [200] * 4


async def test_tickets_picture_says_the_signed_token_and_nothing_else(settings: Settings) -> None:
    bob = await registered()

    said = scanned(await letter("scheduling.ticket"))

    assert said == signing.ticket_token(bob.registration, key=settings.secret_key)
    assert signing.read_ticket_token(said, keys=settings.secret_keys) == bob.registration


@pytest.mark.parametrize("read", READERS)
async def test_tickets_calendar_file_is_an_invitation(read: Reader) -> None:
    bob = await registered()

    content = attached(await letter("scheduling.ticket"), ".ics")

    assert read(content) == ReadCalendar(method="REQUEST", events=[event_of(bob)])
    assert b"DTSTART;TZID=America/Toronto:20271021T090000" in content
    assert b"BEGIN:VTIMEZONE" in content


@pytest.mark.parametrize("read", READERS)
async def test_cancellation_has_the_same_uid_and_a_higher_sequence(read: Reader) -> None:
    bob = await registered()
    await cancel_place(bob.place)

    content = attached(await letter("scheduling.cancelled"), ".ics")

    expected = event_of(bob, sequence=1, status="CANCELLED")
    assert read(content) == ReadCalendar(method="CANCEL", events=[expected])


async def test_calendar_file_says_when_the_place_last_changed() -> None:
    bob = await registered()
    later = clock.now().replace(microsecond=0) + timedelta(days=2)
    with clock.stopped_at(later):
        await cancel_place(bob.place)

    content = attached(await letter("scheduling.cancelled"), ".ics")

    calendar: Any = icalendar.Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    assert [event[name].dt for name in ("LAST-MODIFIED", "DTSTAMP")] == [later] * 2


async def test_sequence_only_grows_when_a_place_goes_comes_and_moves() -> None:
    bob = await registered()
    seen = [read_with_icalendar(attached(await letter("scheduling.ticket"), ".ics"))]
    await cancel_place(bob.place)
    seen.append(read_with_icalendar(attached(await letter("scheduling.cancelled"), ".ics")))
    await ask_for_place(bob.slot)
    seen.append(read_with_icalendar(attached(await letter("scheduling.ticket"), ".ics")))
    await move(bob.edition, bob.slot, IN_A_YEAR + timedelta(hours=2))
    await release(bob.edition)
    seen.append(read_with_icalendar(attached(await letter("scheduling.release"), ".ics")))
    await cancel_place(bob.place)
    seen.append(read_with_icalendar(attached(await letter("scheduling.cancelled"), ".ics")))

    told = [(calendar.method, calendar.events[0].uid, calendar.events[0].sequence) for calendar in seen]
    uid = f"{bob.place}@places.digital-days"
    assert told == [
        ("REQUEST", uid, 0),
        ("CANCEL", uid, 1),
        ("REQUEST", uid, 2),
        ("REQUEST", uid, 4),
        ("CANCEL", uid, 5),
    ]


async def test_ticket_is_not_sent_when_the_place_was_given_back_meanwhile() -> None:
    bob = await registered()
    await cancel_place(bob.place)

    assert await composed("scheduling.ticket") == [None]


async def test_only_the_last_ticket_is_sent_when_the_place_came_back_meanwhile() -> None:
    bob = await registered()
    await cancel_place(bob.place)
    await ask_for_place(bob.slot)

    assert [bool(mail) for mail in await composed("scheduling.ticket")] == [False, True]
    assert await composed("scheduling.cancelled") == [None]


async def test_ticket_is_still_sent_when_the_slot_moved_meanwhile() -> None:
    bob = await registered()
    await move(bob.edition, bob.slot, IN_A_YEAR + timedelta(hours=2))
    await release(bob.edition)

    assert "11 h à 12 h" in plain((await letter("scheduling.ticket")).text)


async def test_keys_are_no_data_when_mails_are_written() -> None:
    bob = await registered()
    await cancel_place(bob.place)
    for _ in range(2):
        await ask_for_place(bob.slot)
    await database.fetch("UPDATE outbox_message SET dedup_key = 'key ' || id")

    stale, ticket, again = await composed("scheduling.ticket")

    assert stale is None
    assert ticket
    assert again
    assert ("déjà votre place" in ticket.text, "déjà votre place" in again.text) == (False, True)
    assert await composed("scheduling.cancelled") == [None]


async def test_calendar_entry_stays_the_same_when_the_program_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    bob = await registered()
    before = (await held_place(bob.place)).uid
    monkeypatch.setenv("BASE_URL", "https://ailleurs.example")
    current.cache_clear()
    after = (await held_place(bob.place)).uid
    monkeypatch.undo()
    current.cache_clear()

    assert before == after


async def test_ticket_is_sent_again_when_the_place_is_asked_for_twice() -> None:
    bob = await registered()
    await ask_for_place(bob.slot)

    first, again = await composed("scheduling.ticket")

    assert first
    assert again
    assert "Votre place est réservée" in first.text
    assert "Vous avez déjà votre place" in again.text
    assert links(again) == links(first)


async def test_overlap_names_both_activities_and_links_to_them(client: httpx.AsyncClient) -> None:
    bob = await registered()
    other = await another_slot(bob.edition, "Vendre en ligne", starts_at=IN_A_YEAR + timedelta(minutes=30))
    await ask_for_place(other)

    written = await letter("scheduling.overlap")

    for text in (written.text, written.html):
        for said in ("Vendre en ligne", "9 h 30 à 10 h 30", "Mots de passe solides", "9 h à 10 h"):
            assert said in plain(text)
    assert link_to(written, f"/jn2027/activites/{bob.activity.code}")
    assert link_to(written, "/agenda/") == bob.agenda_link
    assert written.attachments == ()
    assert [(await client.get(path)).status_code for path in links(written)] == [200] * 3


async def test_overlap_names_the_activity_of_another_edition() -> None:
    await registered()
    other = await another_slot(await make_edition("cafe2028"), "Café et tablettes")
    await ask_for_place(other)

    assert "Mots de passe solides" in (await letter("scheduling.overlap")).text


async def test_overlap_says_that_the_time_is_free_when_the_other_place_was_given_back() -> None:
    bob = await registered()
    await ask_for_place(await another_slot(bob.edition, "Vendre en ligne"))
    await cancel_place(bob.place)

    assert "Il est libre maintenant" in (await letter("scheduling.overlap")).text


async def test_overlap_is_not_sent_when_the_person_got_the_place_since() -> None:
    bob = await registered()
    other = await another_slot(bob.edition, "Vendre en ligne")
    await ask_for_place(other)
    await cancel_place(bob.place)
    await ask_for_place(other)

    assert await composed("scheduling.overlap") == [None]


@pytest.mark.parametrize("refused_for", ["full", "overlap"])
async def test_cancellation_is_still_sent_when_the_person_asked_again_in_vain(refused_for: str) -> None:
    bob = await registered()
    await cancel_place(bob.place)
    if refused_for == "full":
        await database.fetch("UPDATE slot SET seats = 0")
    else:
        await ask_for_place(await another_slot(bob.edition, "Vendre en ligne"))

    assert (await ask_for_place(bob.slot)).outcome == refused_for

    written = await letter("scheduling.cancelled")
    [event] = read_with_icalendar(attached(written, ".ics")).events
    assert event == event_of(bob, sequence=1, status="CANCELLED")


@pytest.mark.parametrize(("payload", "thanks"), [({}, True), ({"by": "organiser"}, False), ({"by": "desk"}, False)])
async def test_cancellation_thanks_only_whoever_cancelled(payload: dict[str, str], thanks: bool) -> None:
    bob = await registered()
    await database.fetch("UPDATE place SET state = 'cancelled', sequence = 1")
    promise = {"place": bob.place, **payload}
    await queue_mail("scheduling.cancelled", dedup_key="c:1", payload=promise, person_id=bob.person)

    written = await letter("scheduling.cancelled")

    for text in (written.text, written.html):
        assert ("Merci de nous avoir prévenus" in text, "par l’équipe de l’événement" in text) == (thanks, not thanks)


async def test_stranger_whose_address_was_mistyped_is_told_so_and_invited_to_nothing() -> None:
    bob = await registered()
    await database.fetch("UPDATE place SET state = 'cancelled', sequence = 1")
    promise = {"place": bob.place, "by": "correction"}
    await queue_mail("scheduling.cancelled", dedup_key="c:1", payload=promise, person_id=bob.person)

    written = await letter("scheduling.cancelled")

    for text in (written.text, written.html):
        assert "cette adresse avait été écrite par erreur" in text
        assert "vous aviez une place" not in text
    assert links(written) == []


async def test_cancellation_apologises_when_the_slot_was_called_off() -> None:
    bob = await registered()
    await database.fetch("UPDATE slot SET state = 'cancelled', sequence = sequence + 1")
    await queue_mail("scheduling.cancelled", dedup_key="off:1", payload={"place": bob.place}, person_id=bob.person)

    written = await letter("scheduling.cancelled")

    assert plain(written.subject) == "Activité annulée : Mots de passe solides"
    [event] = read_with_icalendar(attached(written, ".ics")).events
    assert event == event_of(bob, sequence=1, status="CANCELLED")


async def test_mail_is_in_french_when_the_edition_opens_no_english() -> None:
    await registered(english=False)
    await database.fetch('UPDATE outbox_message SET payload = payload || \'{"locale": "en"}\'')

    assert (await letter("scheduling.ticket")).subject.startswith("Votre billet")


async def test_nothing_is_sent_when_there_is_no_address() -> None:
    await registered()
    await database.fetch("UPDATE person SET email = ''")

    assert await composed("scheduling.ticket") == [None]


async def test_mail_carries_no_advertisement_when_the_name_is_one() -> None:
    bob = await registered()
    await ask_for_place(bob.slot, Applicant(name="Gagnez sur https://evil.example", email="charlie@example.ca"))

    [_, written] = await composed("scheduling.ticket")

    assert written
    assert "evil.example" not in written.text + written.html + written.to_name
    assert b"evil.example" not in attached(written, ".ics")


async def test_title_is_text_and_not_markup_when_it_looks_like_html() -> None:
    await registered(title="<b>Zéro & un</b>")

    written = await letter("scheduling.ticket")

    assert "<b>Zéro & un</b>" in written.text
    assert "&lt;b&gt;Zéro &amp; un&lt;/b&gt;" in written.html
    assert "<b>" not in written.html


async def test_tickets_take_one_statement_each_and_one_for_their_edition() -> None:
    await registered()
    [message] = await promised("scheduling.ticket")

    async with counted_statements() as statements:
        for _ in range(3):
            await mail.compose(message)

    assert len(statements) == 4


async def test_mail_is_in_english_when_the_person_asked_in_english(client: httpx.AsyncClient) -> None:
    bob = await registered()
    await database.fetch('UPDATE outbox_message SET payload = payload || \'{"locale": "en"}\'')

    written = await letter("scheduling.ticket")

    assert 'lang="en"' in written.html
    assert "Thursday, October 21, 2027" in written.text
    assert "Strong passwords" in written.subject
    assert links(written) == [
        f"/en{link}" for link in (bob.ticket_link, bob.agenda_link, f"{bob.agenda_link}#calendrier", bob.place_link)
    ]
    assert [(await client.get(path)).status_code for path in links(written)] == [200] * 4
    assert read_with_icalendar(attached(written, ".ics")).events == [event_of(bob, summary="Strong passwords")]


async def test_ticket_says_after_all_else_what_another_person_at_the_address_does() -> None:
    await registered()

    mail = await letter("scheduling.ticket")

    for part in (mail.text, mail.html):
        assert part.index("Annule") < part.index("Deux personnes, une seule adresse?")


@pytest.mark.parametrize("ticked", [True, False])
async def test_ticket_asks_about_a_box_that_nobody_has_confirmed(ticked: bool) -> None:
    slot = await make_slot(await make_activity(await make_edition()))
    purposes = {"registration", "news"} if ticked else {"registration"}
    await take_place(slot.code, BOB, consents=consents.given(purposes, organiser="MRC d’Argenteuil"))

    written = await letter("scheduling.ticket")

    assert [("Vous avez demandé nos nouvelles?" in text) for text in (written.text, written.html)] == [ticked] * 2
    assert any(path.startswith("/billet/") and path.endswith("#agreements") for path in links(written)) == ticked

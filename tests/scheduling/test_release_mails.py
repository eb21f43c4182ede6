"""What a release tells people: one message each, with every calendar file they need."""

from datetime import timedelta
from typing import Any

import icalendar
import pytest

from digital_days.kernel import database
from scheduling.domain.choosing import ExpectedElsewhere, keep_place
from scheduling.domain.drafts import draft_of
from scheduling.domain.places import cancel_place
from scheduling.domain.rehearsal import rehearse
from scheduling.domain.releases import prepared
from tests.factories import IN_A_YEAR, make_person
from tests.letters_read import attached, composed, letter
from tests.scheduling.registered import Registered, another_slot, ask_for_place, registered, state_of
from tests.scheduling.releasing import make_speaker, move, release, remove, twin

pytestmark = pytest.mark.usefixtures("db", "app")
TOPIC = "scheduling.release"
LATER = IN_A_YEAR + timedelta(hours=3)


def entries(mail: Any) -> list[tuple[str, str, int, str]]:
    """Method, UID, sequence and start of each calendar file of a mail."""
    found = []
    for part in mail.attachments:
        if not part.filename.endswith(".ics"):
            continue
        calendar: Any = icalendar.Calendar.from_ical(part.content)
        [event] = calendar.walk("VEVENT")
        found.append(
            (str(calendar["METHOD"]), str(event["UID"]), int(event["SEQUENCE"]), f"{event['DTSTART'].dt:%H:%M}")
        )
    return found


def uid(place: str) -> str:
    return f"{place}@places.digital-days"


async def two_places() -> tuple[Registered, Any, str]:
    """Bob's at 9 h and at 12 h: the first, the other slot, and the code of his place in it."""
    bob = await registered()
    other = await another_slot(bob.edition, "Acheter en ligne", starts_at=LATER)
    answer = await ask_for_place(other)
    await draft_of(bob.edition.id)
    return bob, other, answer.code


async def test_moved_place_is_told_once_with_the_same_uid_and_a_higher_sequence() -> None:
    bob = await registered()
    before = entries(await letter("scheduling.ticket"))
    await move(bob.edition, bob.slot, LATER)

    await release(bob.edition)

    mail = await letter(TOPIC)
    assert before == [("REQUEST", uid(bob.place), 0, "09:00")]
    assert entries(mail) == [("REQUEST", uid(bob.place), 2, "12:00")]
    assert mail.to_email == "bob@example.ca"
    assert "Avant" in mail.text
    assert "9 h à 10 h" in mail.text.replace("\N{NO-BREAK SPACE}", " ")


async def test_two_changes_are_one_message_with_a_file_each() -> None:
    bob, other, place = await two_places()
    await move(bob.edition, bob.slot, IN_A_YEAR + timedelta(hours=1))
    await remove(bob.edition, other)

    await release(bob.edition)

    assert entries(await letter(TOPIC)) == [
        ("REQUEST", uid(bob.place), 2, "10:00"),
        ("CANCEL", uid(place), 2, "12:00"),
    ]


async def test_who_has_no_place_in_what_changed_is_told_nothing() -> None:
    bob, other, _place = await two_places()
    await database.fetch("UPDATE person SET email = ''")
    charlie = await make_person("Charlie Roy", "charlie@example.ca")
    await ask_for_place(bob.slot)
    await move(bob.edition, other, LATER + timedelta(hours=1))

    await release(bob.edition)

    told = await database.fetch("SELECT person FROM outbox_message WHERE topic = $1", TOPIC)
    assert [row["person"] for row in told] == [bob.person]
    assert charlie != bob.person
    assert await composed(TOPIC) == [None]


async def test_person_whose_places_overlap_now_keeps_both_and_is_asked_which() -> None:
    bob, _other, place = await two_places()
    await move(bob.edition, bob.slot, LATER)

    await release(bob.edition)

    mail = await letter(TOPIC)
    assert "Vous avez les deux places pour l’instant" in mail.text
    assert "/places/" in mail.text
    assert await state_of(bob.place) == ("confirmed", 1)
    assert await state_of(place) == ("confirmed", 1)


async def test_keeping_one_gives_the_other_back_and_puts_the_kept_one_in_the_agenda() -> None:
    bob, _other, place = await two_places()
    await move(bob.edition, bob.slot, LATER)
    await release(bob.edition)

    given_back = await keep_place(bob.place)

    assert [each.code for each in given_back] == [place]
    assert await state_of(place) == ("cancelled", 0)
    agenda = await database.fetch("SELECT source_code, starts_at FROM agenda_entry")
    assert [(row["source_code"], row["starts_at"]) for row in agenda] == [(bob.place, LATER)]
    assert [bool(mail) for mail in await composed("scheduling.cancelled")] == [True]


async def test_giving_the_moved_place_back_leaves_the_other_alone() -> None:
    bob, _other, place = await two_places()
    await move(bob.edition, bob.slot, LATER)
    await release(bob.edition)

    await cancel_place(bob.place)

    assert await state_of(bob.place) == ("cancelled", 0)
    assert await state_of(place) == ("confirmed", 1)
    assert await keep_place(place) == []


async def test_giving_the_other_back_settles_the_moved_one() -> None:
    bob, _other, place = await two_places()
    await move(bob.edition, bob.slot, LATER)
    await release(bob.edition)

    await cancel_place(place)

    [row] = await database.fetch("SELECT reason FROM place WHERE code = $1", bob.place)
    assert row["reason"] == ""
    agenda = await database.fetch("SELECT source_code FROM agenda_entry")
    assert [row["source_code"] for row in agenda] == [bob.place]


async def test_keeping_is_refused_when_the_other_thing_is_no_place_of_ours() -> None:
    bob = await registered()
    await draft_of(bob.edition.id)
    await database.fetch(
        """
        INSERT INTO agenda_entry (person, starts_at, ends_at, source, source_code)
        VALUES ($1, $2::timestamptz, $2::timestamptz + interval '1 hour', 'matchmaking.meeting', 'X')
        """,
        bob.person,
        LATER,
    )
    await move(bob.edition, bob.slot, LATER)
    await release(bob.edition)

    with pytest.raises(ExpectedElsewhere):
        await keep_place(bob.place)

    assert await state_of(bob.place) == ("confirmed", 1)


async def test_second_release_tells_only_the_last_state() -> None:
    bob = await registered()
    for hours in (3, 5):
        await move(bob.edition, bob.slot, IN_A_YEAR + timedelta(hours=hours))
        await release(bob.edition, f"Version {hours}")

    assert [bool(mail) for mail in await composed(TOPIC)] == [False, True]
    assert entries(await letter(TOPIC)) == [("REQUEST", uid(bob.place), 4, "14:00")]


async def speaking() -> tuple[Registered, int]:
    """Denise presents Bob's activity, in the draft."""
    bob = await registered()
    denise = await make_person("Denise Roy", "denise@example.ca")
    await make_speaker(await draft_of(bob.edition.id), await twin(bob.edition, bob.activity), person=denise)
    return bob, denise


async def test_speaker_is_told_when_and_where_then_of_a_move_then_of_the_end() -> None:
    bob, _denise = await speaking()
    await release(bob.edition, "Une")
    first = await letter(TOPIC)
    await database.fetch("DELETE FROM outbox_message")
    await move(bob.edition, bob.slot, LATER)
    await release(bob.edition, "Deux")
    moved = next(mail for mail in await composed(TOPIC) if mail and mail.to_email == "denise@example.ca")
    await database.fetch("DELETE FROM outbox_message")
    await database.fetch("DELETE FROM activity_speaker WHERE activity = $1", (await twin(bob.edition, bob.activity)).id)
    await release(bob.edition, "Trois")
    gone = await letter(TOPIC)

    told = [entries(mail)[0] for mail in (first, moved, gone)]
    assert len({entry[1] for entry in told}) == 1
    assert [(method, sequence, start) for method, _uid, sequence, start in told] == [
        ("REQUEST", 1, "09:00"),
        ("REQUEST", 2, "12:00"),
        ("CANCEL", 3, "12:00"),
    ]
    assert first.subject.startswith("Votre place au programme")
    assert "Vous y intervenez. Merci!" in first.text
    assert "Vous n’y intervenez plus." in gone.text


async def test_speaker_lost_by_the_draft_is_told_too() -> None:
    bob, _denise = await speaking()
    await release(bob.edition, "Une")
    await database.fetch("DELETE FROM outbox_message")
    await database.fetch("DELETE FROM speaker WHERE edition = $1", await draft_of(bob.edition.id))

    await release(bob.edition, "Deux")

    assert [entry[0] for entry in entries(await letter(TOPIC))] == ["CANCEL"]


async def test_who_speaks_and_has_a_place_gets_one_message() -> None:
    bob, other, place = await two_places()
    await make_speaker(await draft_of(bob.edition.id), await twin(bob.edition, bob.activity), person=bob.person)
    await move(bob.edition, other, LATER + timedelta(hours=1))

    await release(bob.edition)

    mail = await letter(TOPIC)
    assert [(method, start) for method, _uid, _sequence, start in entries(mail)] == [
        ("REQUEST", "13:00"),
        ("REQUEST", "09:00"),
    ]
    assert entries(mail)[0][1] == uid(place)


async def test_rehearsal_shows_the_messages_that_leave_and_changes_nothing() -> None:
    bob, _other, _place = await two_places()
    await move(bob.edition, bob.slot, LATER)
    looked = await prepared(bob.edition.id)
    before = await database.fetch("SELECT * FROM slot ORDER BY id")

    rehearsal = await rehearse(bob.edition.id, looked)

    assert await database.fetch("SELECT * FROM slot ORDER BY id") == before
    assert await database.fetch("SELECT id FROM release") == []
    assert await composed(TOPIC) == []
    await release(bob.edition)
    mail = await letter(TOPIC)
    assert rehearsal is not None
    assert (rehearsal.count, [(each.email, each.subject, each.text) for each in rehearsal.messages]) == (
        1,
        [(mail.to_email, mail.subject, mail.text)],
    )
    assert attached(mail, ".ics")

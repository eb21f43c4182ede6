"""The programme as a calendar, as three calendar parsers read it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from scheduling.exports.programme_ics import programme_ics
from scheduling.exports.public_slots import PublicEdition, PublicPerson, PublicSlot
from tests.kernel.calendar_readers import (
    ReadCalendar,
    Reader,
    ReadEvent,
    ical_js,
    read_with_icalendar,
    read_with_vobject,
)

EDITION = PublicEdition(
    name="Journées numériques",
    description="Apprivoiser le numérique",
    place="Lachute",
    starts_on=date(2027, 10, 21),
    ends_on=date(2027, 10, 22),
    url="https://example.org/jn2027/programme",
    organiser="MRC d’Argenteuil",
    email="info@example.org",
    language="fr",
)
SLOT = PublicSlot(
    code="7K3M9QXABC",
    sequence=3,
    updated_at=datetime(2027, 9, 1, 12, tzinfo=UTC),
    starts_at=datetime(2027, 10, 21, 17, 30, tzinfo=UTC),
    ends_at=datetime(2027, 10, 21, 19, 0, tzinfo=UTC),
    cancelled=False,
    title="Mots de passe, sans jargon",
    summary="Un atelier pour commencer.",
    language="fr",
    speakers=(PublicPerson("Denise Roy", "https://example.org/d"), PublicPerson("Bob", "https://example.org/b")),
    room="Salle 2",
    venue="Bibliothèque",
    address="Bibliothèque",
    seats=12,
    left=3,
    url="https://example.org/jn2027/activites/A?plage=7K3M9QXABC",
)
READ = ReadEvent(
    uid="7K3M9QXABC@programme.digital-days",
    sequence=3,
    status="CONFIRMED",
    summary=SLOT.title,
    description="Un atelier pour commencer.\n\nAvec\N{NO-BREAK SPACE}: Denise Roy, Bob",
    location="Salle 2, Bibliothèque",
    starts_at=int(SLOT.starts_at.timestamp()),
    ends_at=int(SLOT.ends_at.timestamp()),
    organizer="mailto:billets@example.org",
    attendees=[],
)


def calendar(*slots: PublicSlot, name: str = "") -> bytes:
    return programme_ics(slots, EDITION, sender="billets@example.org", name=name)


@pytest.fixture(scope="module")
def readers() -> Iterator[list[Reader]]:
    with ical_js() as read_with_ical_js:
        yield [read_with_icalendar, read_with_vobject, read_with_ical_js]


def test_slot_is_read_as_it_was_said(readers: list[Reader]) -> None:
    gone = replace(SLOT, code="B", cancelled=True, speakers=(), summary="", starts_at=SLOT.starts_at + timedelta(1))
    gone = replace(gone, ends_at=gone.starts_at + timedelta(hours=1))

    for read in readers:
        first, second = read(calendar(SLOT, gone)).events
        assert first == READ
        assert (second.uid, second.status, second.description) == (
            "B@programme.digital-days",
            "CANCELLED",
            None,
        )


def test_calendar_is_named_after_the_edition_unless_it_has_a_name() -> None:
    assert b"X-WR-CALNAME:Journ\xc3\xa9es num\xc3\xa9riques\r\n" in calendar(SLOT)
    assert b"X-WR-CALNAME:Journ\xc3\xa9es : th\xc3\xa8me\r\n" in calendar(SLOT, name="Journées : thème")


def test_bytes_depend_on_the_slots_alone_and_leak_nobody() -> None:
    other = replace(SLOT, code="B", starts_at=SLOT.starts_at - timedelta(hours=2))

    assert calendar(SLOT, other) == calendar(other, SLOT)
    assert b"DTSTAMP:20270901T120000Z" in calendar(SLOT)
    assert b"DTSTART;TZID=America/Toronto:20271021T133000" in calendar(SLOT)
    assert b"BEGIN:VTIMEZONE" in calendar(SLOT)
    assert b"ATTENDEE" not in calendar(SLOT)


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(TEXTS, TEXTS, st.integers(0, 10**8), st.booleans()), min_size=1, max_size=4))
def test_any_programme_is_the_same_to_all_readers(
    readers: list[Reader], said: list[tuple[str, str, int, bool]]
) -> None:
    slots = [
        replace(
            SLOT,
            code=f"S{number}",
            title=title,
            summary=summary,
            starts_at=SLOT.starts_at + timedelta(seconds=seconds),
            ends_at=SLOT.starts_at + timedelta(seconds=seconds + 60),
            cancelled=cancelled,
        )
        for number, (title, summary, seconds, cancelled) in enumerate(said)
    ]

    read: list[ReadCalendar] = [reader(calendar(*slots)) for reader in readers]

    assert read[0] == read[1] == read[2]
    assert len(read[0].events) == len(slots)

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from digital_days.kernel.calendar_file import (
    Attendee,
    CalendarEntry,
    Organizer,
    cancellation,
    feed,
    invitation,
)
from digital_days.kernel.calendar_timezone import vtimezone
from digital_days.kernel.i18n import TORONTO
from tests.kernel.calendar_readers import (
    ReadCalendar,
    Reader,
    ReadEvent,
    ical_js,
    read_with_icalendar,
    read_with_vobject,
)

DESK = Organizer("Journées numériques d’Argenteuil", "bonjour@example.org")
BOB = Attendee("Bob Tremblay, fils", "bob@example.org")
PLACE = CalendarEntry(
    uid="7K3M9QXABC@jn2027.example.org",
    sequence=2,
    summary="Se protéger, sans jargon; dès 50 ans 🙂",
    description="Un atelier pour commencer.\n\nVoir mon billet : https://example.org/jn2027/billet\nC:\\Nouveau\\nom",
    location="Bibliothèque, salle 2",
    starts_at=datetime(2027, 10, 20, 17, 30, tzinfo=UTC),
    ends_at=datetime(2027, 10, 20, 19, 0, tzinfo=UTC),
    status="CONFIRMED",
    updated_at=datetime(2027, 9, 1, 12, 0, 59, 123456, tzinfo=UTC),
    url="https://example.org/jn2027/billet",
)
READ_PLACE = ReadEvent(
    uid=PLACE.uid,
    sequence=2,
    status="CONFIRMED",
    summary=PLACE.summary,
    description=PLACE.description,
    location=PLACE.location,
    starts_at=int(PLACE.starts_at.timestamp()),
    ends_at=int(PLACE.ends_at.timestamp()),
    organizer="mailto:bonjour@example.org",
    attendees=["mailto:bob@example.org"],
)

INVITATION = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Digital Days//Digital Days//FR
CALSCALE:GREGORIAN
METHOD:REQUEST
{timezone}BEGIN:VEVENT
SUMMARY;LANGUAGE=fr-CA:Se protéger\\, sans jargon\\; dès 50 ans 🙂
DTSTART;TZID=America/Toronto:20271020T133000
DTEND;TZID=America/Toronto:20271020T150000
DTSTAMP:20270901T120059Z
UID:7K3M9QXABC@jn2027.example.org
SEQUENCE:2
ATTENDEE;CN="Bob Tremblay, fils";CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;ROLE=
 REQ-PARTICIPANT;RSVP=FALSE:mailto:bob@example.org
DESCRIPTION;LANGUAGE=fr-CA:Un atelier pour commencer.\\n\\nVoir mon billet :
  https://example.org/jn2027/billet\\nC:\\\\Nouveau\\\\nom
LAST-MODIFIED:20270901T120059Z
LOCATION;LANGUAGE=fr-CA:Bibliothèque\\, salle 2
ORGANIZER;CN="Journées numériques d’Argenteuil":mailto:bonjour@example
 .org
STATUS:CONFIRMED
URL:https://example.org/jn2027/billet
END:VEVENT
END:VCALENDAR
"""

SPRING_FORWARD = datetime(2027, 3, 14, 7, 0, tzinfo=UTC)
FALL_BACK = datetime(2027, 11, 7, 6, 0, tzinfo=UTC)
AROUND_THE_CHANGES = [
    change + timedelta(minutes=30 * halves) for change in (SPRING_FORWARD, FALL_BACK) for halves in range(-4, 5)
]

any_text = st.text(max_size=200) | st.text(alphabet='aé,;:\\nN\n\r\t"^🙂 ', max_size=200)
any_time = st.integers(0, 29 * 366 * 86_400).map(
    lambda seconds: datetime(2008, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
) | st.sampled_from(AROUND_THE_CHANGES)
any_entry = st.builds(
    CalendarEntry,
    uid=st.from_regex(r"[A-Z0-9]{10}@example\.org", fullmatch=True),
    sequence=st.integers(0, 2**31 - 1),
    summary=any_text,
    description=any_text,
    location=any_text,
    starts_at=any_time,
    ends_at=any_time,
    status=st.sampled_from(["CONFIRMED", "CANCELLED"]),
    updated_at=any_time,
)


@pytest.fixture(scope="module", params=["icalendar", "vobject", "ical.js"])
def read(request: pytest.FixtureRequest) -> Iterator[Reader]:
    if request.param == "icalendar":
        yield read_with_icalendar
    elif request.param == "vobject":
        yield read_with_vobject
    else:
        with ical_js() as reader:
            yield reader


def test_invitation_is_understood(read: Reader) -> None:
    data = invitation(PLACE, DESK, BOB, "fr")

    assert read(data) == ReadCalendar(method="REQUEST", events=[READ_PLACE])


def test_cancellation_names_the_same_place_and_times(read: Reader) -> None:
    data = cancellation(replace(PLACE, sequence=3), DESK, BOB, "fr")

    cancelled = replace(READ_PLACE, sequence=3, status="CANCELLED")
    assert read(data) == ReadCalendar(method="CANCEL", events=[cancelled])


def test_feed_keeps_cancelled_places_and_names_nobody_but_the_organizer(read: Reader) -> None:
    later = replace(PLACE, uid="ZZ@example.org", status="CANCELLED", starts_at=PLACE.ends_at, ends_at=PLACE.ends_at)

    data = feed([later, PLACE], name="Mon agenda", organizer=DESK, language="fr")

    read_place = replace(READ_PLACE, attendees=[])
    read_later = replace(
        read_place,
        uid="ZZ@example.org",
        status="CANCELLED",
        starts_at=READ_PLACE.ends_at,
        ends_at=READ_PLACE.ends_at,
    )
    assert read(data) == ReadCalendar(method="PUBLISH", events=[read_place, read_later])
    assert b"ATTENDEE" not in data


@pytest.mark.parametrize("moment", AROUND_THE_CHANGES, ids=str)
def test_invitation_keeps_the_instant_when_the_clocks_change(read: Reader, moment: datetime) -> None:
    entry = replace(PLACE, starts_at=moment, ends_at=moment + timedelta(minutes=90))

    [event] = read(invitation(entry, DESK, BOB, "fr")).events

    assert (event.starts_at, event.ends_at) == (moment.timestamp(), entry.ends_at.timestamp())


@settings(max_examples=150)
@given(entries=st.lists(any_entry, min_size=1, max_size=3, unique_by=lambda entry: entry.uid))
def test_feed_is_understood_whatever_the_texts_and_times(read: Reader, entries: list[CalendarEntry]) -> None:
    data = feed(entries, name="Mon agenda", organizer=DESK, language="en")

    expected = [as_read(entry) for entry in sorted(entries, key=lambda entry: (entry.starts_at, entry.uid))]
    assert read(data) == ReadCalendar(method="PUBLISH", events=expected)


@given(any_entry, st.text(), st.text(), any_text)
def test_invitation_has_well_formed_lines_and_the_same_properties_whatever_the_texts(
    entry: CalendarEntry, name: str, email: str, url: str
) -> None:
    full = replace(entry, summary=f"s{entry.summary}", description=f"d{entry.description}", location="l")
    attendee, organizer = Attendee(f"a{name}", email), Organizer(f"o{name}", email)

    data = invitation(replace(full, url=f"https://example.org/{url}"), organizer, attendee, "fr")

    assert data.endswith(b"\r\n")
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert [line for line in lines if len(line) > 75 or re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line.decode())] == []
    assert property_names(data) == property_names(invitation(PLACE, DESK, BOB, "fr"))


@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r", "\u2028", "\x85"])
def test_invitation_gains_no_property_when_a_text_brings_line_breaks(line_break: str) -> None:
    evil = f"x{line_break}ATTENDEE:mailto:charlie@example.org{line_break}END:VEVENT"
    entry = replace(PLACE, uid=evil, summary=evil, description=evil, location=evil, url=evil)

    data = invitation(entry, Organizer(evil, evil), Attendee(evil, evil), "fr")

    assert property_names(data) == property_names(invitation(PLACE, DESK, BOB, "fr"))


def test_invitation_is_the_same_bytes_for_the_same_place() -> None:
    expected = INVITATION.replace("\n", "\r\n").format(timezone=vtimezone(TORONTO).decode())

    assert invitation(PLACE, DESK, BOB, "fr").decode() == expected


def test_invitation_says_utc_when_an_hour_comes_twice() -> None:
    entry = replace(PLACE, starts_at=FALL_BACK - timedelta(hours=2), ends_at=FALL_BACK - timedelta(minutes=30))

    data = invitation(entry, DESK, BOB, "fr")

    assert b"DTSTART:20271107T040000Z\r\nDTEND:20271107T053000Z\r\n" in data


def test_invitation_leaves_out_what_is_not_known() -> None:
    unknown = replace(PLACE, description="", location="\x00", url="")

    data = invitation(unknown, DESK, BOB, "fr")

    missing = set(property_names(invitation(PLACE, DESK, BOB, "fr"))) - set(property_names(data))
    assert missing == {"DESCRIPTION", "LOCATION", "URL"}


@pytest.mark.parametrize(
    ("person", "line"),
    [
        (Attendee("", "bob@example.org"), "ATTENDEE:mailto:bob@example.org"),
        (Attendee('Bob "B." T\\^', "b+o@example.org"), "ATTENDEE;CN=\"Bob 'B.' T/\":mailto:b+o@example.org"),
        (Attendee("Bob\n: T", "b@é.org"), 'ATTENDEE;CN="Bob : T":mailto:b@%C3%A9.org'),
    ],
)
def test_cancellation_names_the_attendee_in_plain_signs(person: Attendee, line: str) -> None:
    data = cancellation(PLACE, DESK, person, "fr")

    assert line in data.decode().split("\r\n")


def test_feed_is_the_same_bytes_whatever_the_order_of_the_rows() -> None:
    other = replace(PLACE, uid="AA@example.org")

    feeds = {feed(rows, name="Mon agenda", organizer=DESK, language="fr") for rows in ([PLACE, other], [other, PLACE])}

    assert len(feeds) == 1


def test_feed_says_its_name_and_how_often_to_ask() -> None:
    data = feed([], name="Mon agenda, Bob", organizer=DESK, language="en")

    assert data.decode().split("\r\nBEGIN:VTIMEZONE")[0].split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Digital Days//Digital Days//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Mon agenda\\, Bob",
        "X-WR-CALNAME:Mon agenda\\, Bob",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "X-WR-TIMEZONE:America/Toronto",
    ]


def as_read(entry: CalendarEntry) -> ReadEvent:
    return ReadEvent(
        uid=entry.uid,
        sequence=entry.sequence,
        status=entry.status,
        summary=shown(entry.summary),
        description=shown(entry.description),
        location=shown(entry.location),
        starts_at=int(entry.starts_at.timestamp()),
        ends_at=int(entry.ends_at.timestamp()),
        organizer="mailto:bonjour@example.org",
        attendees=[],
    )


def shown(text: str) -> str | None:
    """One sign for all line breaks; control characters have no place in a content line."""
    broken = re.sub("\r\n|[\r\x0b\x0c\x85\u2028\u2029]", "\n", text)
    return re.sub("[\x00-\x08\x0e-\x1f\x7f]", "", broken) or None


def property_names(data: bytes) -> list[str]:
    unfolded = data.decode().replace("\r\n ", "")
    return [re.split("[;:]", line)[0] for line in unfolded.split("\r\n")]

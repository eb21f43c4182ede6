"""Places as calendar files: invitations and cancellations for mails, feeds for subscriptions."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import quote

from icalendar import Calendar, Event
from icalendar.prop import vCalAddress, vDatetime, vInt, vText, vUri
from msgspec import Struct

from digital_days.kernel.calendar_timezone import vtimezone
from digital_days.kernel.i18n import TORONTO

REFRESH = "PT1H"

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
# Few programs know RFC 6868, so a name does without the signs that would need it.
_PLAIN_NAME = str.maketrans({'"': "'", "\\": "/", "^": ""})
_END = b"END:VCALENDAR\r\n"


class CalendarEntry(Struct, frozen=True, kw_only=True):
    """One person's place, or what they only think of (tentative).

    The sequence must have grown whenever start, end, place or status changed.
    """

    uid: str
    sequence: int
    summary: str
    description: str
    location: str
    starts_at: datetime
    ends_at: datetime
    status: Status
    updated_at: datetime
    url: str = ""


class Organizer(Struct, frozen=True):
    """Outlook wants the address that the mail comes from."""

    name: str
    email: str


class Attendee(Struct, frozen=True):
    name: str
    email: str


def invitation(entry: CalendarEntry, organizer: Organizer, attendee: Attendee, language: str) -> bytes:
    """For the confirmation mail (iTIP REQUEST, RFC 5546 section 3.2.2): confirmed, and no answer asked."""
    event = _event(entry, "CONFIRMED", organizer, language)
    event["ATTENDEE"] = _address(
        attendee, CUTYPE="INDIVIDUAL", ROLE="REQ-PARTICIPANT", PARTSTAT="ACCEPTED", RSVP="FALSE"
    )
    return _file(_calendar("REQUEST", language), [event])


def cancellation(entry: CalendarEntry, organizer: Organizer, attendee: Attendee, language: str) -> bytes:
    """For the mail that a place is given up (iTIP CANCEL): same UID and times, a higher sequence."""
    event = _event(entry, "CANCELLED", organizer, language)
    event["ATTENDEE"] = _address(attendee)
    return _file(_calendar("CANCEL", language), [event])


def feed(entries: Iterable[CalendarEntry], *, name: str, organizer: Organizer, language: str) -> bytes:
    """For subscriptions and downloads (iTIP PUBLISH): the same entries in any order give the same bytes."""
    calendar = _calendar("PUBLISH", language)
    calendar["NAME"] = calendar["X-WR-CALNAME"] = _text(name)
    calendar["X-WR-TIMEZONE"] = vText(TORONTO.key)
    calendar["REFRESH-INTERVAL"] = vText(REFRESH, params={"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = vText(REFRESH)
    ordered = sorted(entries, key=lambda entry: (entry.starts_at, entry.uid))
    return _file(calendar, [_event(entry, entry.status, organizer, language) for entry in ordered])


def _calendar(method: str, language: str) -> Calendar:
    calendar = Calendar()
    calendar["VERSION"] = vText("2.0")
    calendar["PRODID"] = vText(f"-//Digital Days//Digital Days//{language.upper()}")
    calendar["CALSCALE"] = vText("GREGORIAN")
    calendar["METHOD"] = vText(method)
    return calendar


def _event(entry: CalendarEntry, status: Status, organizer: Organizer, language: str) -> Event:
    event = Event()
    event["UID"] = _text(entry.uid)
    event["SEQUENCE"] = vInt(entry.sequence)
    event["STATUS"] = vText(status)
    event["DTSTAMP"] = event["LAST-MODIFIED"] = vDatetime(entry.updated_at.astimezone(UTC))
    event["DTSTART"], event["DTEND"] = _times(entry)
    event["ORGANIZER"] = _address(organizer)
    texts = {"SUMMARY": entry.summary, "DESCRIPTION": entry.description, "LOCATION": entry.location}
    for name, text in texts.items():
        if value := _text(text, LANGUAGE=f"{language}-CA"):
            event[name] = value
    if entry.url:
        event["URL"] = vUri(_FORBIDDEN.sub("", "".join(entry.url.split())))
    return event


def _times(entry: CalendarEntry) -> list[vDatetime]:
    local = [moment.astimezone(TORONTO) for moment in (entry.starts_at, entry.ends_at)]
    # An hour that comes twice means its first coming (section 3.3.5), but not to every reader: UTC is clear.
    if any(moment.utcoffset() != moment.replace(fold=not moment.fold).utcoffset() for moment in local):
        return [vDatetime(moment.astimezone(UTC)) for moment in local]
    return [vDatetime(moment, params={"TZID": TORONTO.key}) for moment in local]


class _Text(vText):
    def to_ical(self) -> bytes:
        # The library's own escaping takes a typed « \\N » for a line break.
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode()


def _text(text: str, **parameters: str) -> _Text:
    return _Text(_FORBIDDEN.sub("", _LINE_BREAKS.sub("\n", text)), params=parameters)


def _address(person: Organizer | Attendee, **parameters: str) -> vCalAddress:
    name = " ".join(_FORBIDDEN.sub("", person.name).translate(_PLAIN_NAME).split())
    named = {"CN": name} if name else {}
    return vCalAddress(f"mailto:{quote(person.email, safe='@+!$*-._~')}", params=named | parameters)


def _file(calendar: Calendar, events: list[Event]) -> bytes:
    # Serialised apart: the time zone once for all, which is most of the work.
    head = calendar.to_ical().removesuffix(_END)
    return b"".join([head, vtimezone(TORONTO), *(event.to_ical() for event in events), _END])

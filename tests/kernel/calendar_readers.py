"""Three calendar parsers that nobody here wrote, asked the same questions."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import vobject  # type: ignore[import-untyped]  # ships no types
from icalendar import Calendar
from msgspec import Struct

from digital_days.assets import node_command

FRONT_END = Path(__file__).parents[2] / "digital_days" / "kernel" / "static"
SCRIPT = Path(__file__).parent / "read_calendar.cjs"


class ReadEvent(Struct, kw_only=True):
    uid: str
    sequence: int
    status: str
    summary: str | None
    description: str | None
    location: str | None
    starts_at: int
    ends_at: int
    organizer: str
    attendees: list[str]


class ReadCalendar(Struct, kw_only=True):
    method: str
    events: list[ReadEvent]


Reader = Callable[[bytes], ReadCalendar]


def read_with_icalendar(data: bytes) -> ReadCalendar:
    calendar = Calendar.from_ical(data)
    return ReadCalendar(method=str(calendar["METHOD"]), events=[_from_icalendar(event) for event in calendar.events])


def _from_icalendar(event: Any) -> ReadEvent:
    attendees = event.get("ATTENDEE", [])
    return ReadEvent(
        uid=str(event["UID"]),
        sequence=int(event["SEQUENCE"]),
        status=str(event["STATUS"]),
        summary=_text(event.get("SUMMARY")),
        description=_text(event.get("DESCRIPTION")),
        location=_text(event.get("LOCATION")),
        starts_at=_seconds(event["DTSTART"].dt),
        ends_at=_seconds(event["DTEND"].dt),
        organizer=str(event["ORGANIZER"]),
        attendees=[str(attendee) for attendee in (attendees if isinstance(attendees, list) else [attendees])],
    )


def read_with_vobject(data: bytes) -> ReadCalendar:
    calendar = vobject.readOne(data.decode())
    return ReadCalendar(
        method=calendar.method.value,
        events=[_from_vobject(event) for event in calendar.contents["vevent"]],
    )


def _from_vobject(event: Any) -> ReadEvent:
    values = {name: [line.value for line in lines] for name, lines in event.contents.items()}
    return ReadEvent(
        uid=values["uid"][0],
        sequence=int(values["sequence"][0]),
        status=values["status"][0],
        summary=values.get("summary", [None])[0],
        description=values.get("description", [None])[0],
        location=values.get("location", [None])[0],
        starts_at=_seconds(values["dtstart"][0]),
        ends_at=_seconds(values["dtend"][0]),
        organizer=values["organizer"][0],
        attendees=values.get("attendee", []),
    )


@contextmanager
def ical_js() -> Iterator[Reader]:
    """A running ical.js: one process for as many calendars as a test likes."""
    command = [node_command() or "node", str(SCRIPT), str(FRONT_END / "package.json")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        questions, answers = process.stdin, process.stdout

        def read(data: bytes) -> ReadCalendar:
            questions.write(json.dumps(data.decode()).encode() + b"\n")
            questions.flush()
            return msgspec.json.decode(answers.readline(), type=ReadCalendar)

        yield read
        questions.close()


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())

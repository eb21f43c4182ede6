"""``schedule.json``, valid against c3voc's JSON schema (draft 06)."""

import re
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

import msgspec

from digital_days.kernel.i18n import TORONTO
from scheduling.exports.c3voc_rows import Day, Event, Person, Room, Schedule, Track
from scheduling.exports.c3voc_slugs import slug_of_event
from scheduling.exports.c3voc_version import version_of
from scheduling.exports.texts import as_line, as_text
from scheduling.imports import own_files

TIMESLOT = "00:05"
COLOUR = re.compile("[0-9a-fA-F]{6}")


def schedule_json(schedule: Schedule) -> bytes:
    """UTF-8, indented; the same schedule always gives the same bytes."""
    document = {
        "generator": {
            "name": own_files.GENERATOR,
            "version": f"json-{schedule.language}",
            "url": schedule.base_url,
        },
        "schedule": {
            "version": version_of(schedule),
            "base_url": schedule.base_url,
            "conference": {
                "acronym": schedule.acronym,
                "title": as_line(schedule.title),
                "start": str(schedule.days[0].date),
                "end": str(schedule.days[-1].date),
                "daysCount": len(schedule.days),
                "timeslot_duration": TIMESLOT,
                "time_zone_name": TORONTO.key,
                "url": schedule.url,
                "tracks": [_track(track) for track in schedule.tracks],
                "rooms": [_room(room) for room in schedule.rooms],
                "days": [_day(number, day, schedule) for number, day in enumerate(schedule.days, start=1)],
            },
        },
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def hours_and_minutes(duration: timedelta) -> str:
    """« 01:30 », seconds left out."""
    minutes = int(duration.total_seconds()) // 60
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _track(track: Track) -> dict[str, str]:
    return {"name": as_line(track.name), **({"color": f"#{track.colour}"} if COLOUR.fullmatch(track.colour) else {})}


def _room(room: Room) -> dict[str, Any]:
    where = {"venue": as_line(room.venue), "address": as_line(room.address)}
    said = {
        "name": as_line(room.name),
        "guid": room.guid,
        "capacity": room.capacity,
        "description": ", ".join(filter(None, where.values())),
        "features": {name: text for name, text in where.items() if text},
    }
    return {name: value for name, value in said.items() if value not in (None, "", {})}


def _day(number: int, day: Day, schedule: Schedule) -> dict[str, Any]:
    rooms: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for event in schedule.events:
        if event.day == day.date:
            rooms[as_line(event.room)].append(_event(event, schedule))
    return {
        "index": number,
        "date": str(day.date),
        "day_start": day.start.isoformat(),
        "day_end": day.end.isoformat(),
        "rooms": rooms,
    }


def _event(event: Event, schedule: Schedule) -> dict[str, Any]:
    return {
        "guid": event.guid,
        "code": event.code,
        "id": event.number,
        "date": event.starts_at.isoformat(),
        "start": f"{event.starts_at:%H:%M}",
        "end": event.ends_at.isoformat(),
        "duration": hours_and_minutes(_lasts(event.starts_at, event.ends_at)),
        "room": as_line(event.room),
        "slug": slug_of_event(event, schedule.acronym),
        "url": event.url,
        "title": as_line(event.title),
        "subtitle": as_line(event.subtitle),
        "track": as_line(event.track),
        "type": as_line(event.kind),
        "language": event.language,
        "abstract": as_text(event.abstract),
        "description": as_text(event.description),
        "persons": [_person(person) for person in event.persons],
        "links": [{"url": url, "title": as_line(title)} for title, url in event.links],
        **event.carried,
    }


def _person(person: Person) -> dict[str, str]:
    said = {
        "guid": person.guid,
        "code": person.code,
        "name": as_line(person.name),
        "biography": as_text(person.biography),
    }
    return {**said, "url": person.url} if person.url else said


def _lasts(start: datetime, end: datetime) -> timedelta:
    return timedelta(seconds=end.timestamp() - start.timestamp())

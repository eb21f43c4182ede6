"""A schedule as both c3voc forms say it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from scheduling.exports.names import SlotKey
from scheduling.exports.texts import Language
from scheduling.imports.model import ImportedProgramme


class Publication(Struct, frozen=True, kw_only=True):
    """A programme, and where its pages are: addresses by the keys of activities and speakers.

    ``days`` gives the event's day of each slot: what runs past midnight belongs to the evening before.
    """

    programme: ImportedProgramme
    title: str
    language: Language
    days: Mapping[SlotKey, date]
    base_url: str
    url: str
    activities: Mapping[str, str]
    speakers: Mapping[str, str] = {}


class Room(Struct, frozen=True, kw_only=True):
    name: str
    guid: str
    capacity: int | None
    venue: str
    address: str


class Track(Struct, frozen=True):
    """``colour``: six hexadecimal digits, or nothing."""

    name: str
    colour: str


class Person(Struct, frozen=True, kw_only=True):
    guid: str
    code: str
    name: str
    biography: str
    url: str


class Event(Struct, frozen=True, kw_only=True):
    """One slot; times by the clocks of the place. ``alone`` when its activity has no other."""

    guid: str
    code: str
    number: int
    alone: bool
    day: date
    starts_at: datetime
    ends_at: datetime
    room: str
    title: str
    subtitle: str
    track: str
    kind: str
    language: str
    abstract: str
    description: str
    url: str
    persons: tuple[Person, ...]
    links: tuple[tuple[str, str], ...]
    carried: Mapping[str, Any]


class Day(Struct, frozen=True):
    date: date
    start: datetime
    end: datetime


class Schedule(Struct, frozen=True, kw_only=True):
    """Events in order of day, room and time; every day of the edition, also an empty one."""

    acronym: str
    title: str
    language: Language
    base_url: str
    url: str
    rooms: tuple[Room, ...]
    tracks: tuple[Track, ...]
    days: tuple[Day, ...]
    events: tuple[Event, ...]

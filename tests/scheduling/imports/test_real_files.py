"""Real programmes against a straight walk of their source that shares nothing with the readers."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET  # only for files that we were given and trust

import pytest

from scheduling.imports.model import ImportedActivity, ImportedProgramme
from scheduling.imports.reader import read
from tests.real_programmes import SHARED, needs_real_programmes
from tests.scheduling.imports.builders import places

pytestmark = needs_real_programmes

JSON_FILES = ("pyconfr-2024.schedule.json", "pretalx-democon.json")
CONVERTED = {"title", "subtitle", "abstract", "description"}


def programme_of(name: str) -> ImportedProgramme:
    reading = read((SHARED / name).read_bytes(), filename=name)
    assert reading.errors == ()
    assert reading.programme is not None
    return reading.programme


def json_events(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for day in json.loads((SHARED / name).read_text())["schedule"]["conference"]["days"]:
        for room, events in day["rooms"].items():
            for event in events:
                yield room, event


def words(text: str) -> str:
    """What a reader sees: no tags, marks or spacing, addresses of links left aside."""
    return re.sub(r"\W+", "", unescape(re.sub(r"<[^>]+>", " ", text)))


def by_slot(programme: ImportedProgramme) -> dict[str, ImportedActivity]:
    return {slot.key: activity for activity in programme.activities for slot in activity.slots}


def texts(activity: ImportedActivity) -> dict[str, str]:
    return {
        "title": activity.title_fr,
        "subtitle": activity.subtitle or "",
        "abstract": activity.summary_fr or activity.summary_en or "",
        "description": activity.description_fr or activity.description_en or "",
    }


def span(date: str, duration: str) -> tuple[datetime, datetime]:
    hours, minutes = map(int, duration.split(":"))
    start = datetime.fromisoformat(date)
    return start, start + timedelta(hours=hours, minutes=minutes)


@pytest.mark.parametrize(
    ("name", "activities", "rooms", "speakers"), [(JSON_FILES[0], 68, 8, 72), (JSON_FILES[1], 36, 2, 27)]
)
def test_json_file_is_read_without_loss(name: str, activities: int, rooms: int, speakers: int) -> None:
    programme = programme_of(name)

    found = by_slot(programme)
    people = {speaker.key: speaker for speaker in programme.speakers}
    assert (len(programme.activities), len(programme.rooms), len(people)) == (activities, rooms, speakers)
    events = list(json_events(name))
    assert {event["guid"] for _room, event in events} == set(found)
    for room, event in events:
        activity = found[event["guid"]]
        slot = next(each for each in activity.slots if each.key == event["guid"])
        assert (slot.starts_at, slot.ends_at, slot.room) == (*span(event["date"], event["duration"]), room)
        assert (activity.theme, activity.kind, activity.language) == (event["track"], event["type"], event["language"])
        for member in CONVERTED:
            assert words(texts(activity)[member]) == words(event[member])
        written = [(each.get("name") or each["public_name"], each.get("biography", "")) for each in event["persons"]]
        spoken = [people[key] for key in activity.speakers]
        assert [each.name for each in spoken] == [person for person, _biography in written]
        for speaker, (_person, biography) in zip(spoken, written, strict=True):
            assert words(speaker.biography_fr or speaker.biography_en or "") == words(biography)
        kept = {"id", "url", "slug", "code", "do_not_record", "logo", "recording_license", "attachments"}
        assert {key: event[key] for key in kept if event.get(key) not in (None, "", [])} == activity.extra


def test_xml_file_of_an_older_generation_is_read_without_loss() -> None:
    name = "31c3.schedule.xml"
    root = ET.fromstring((SHARED / name).read_bytes())  # noqa: S314 - see the import

    programme = programme_of(name)

    found = by_slot(programme)
    names = {speaker.key: speaker.name for speaker in programme.speakers}
    assert (len(found), len(programme.rooms), len(names)) == (138, 4, 198)
    assert (str(programme.starts_on), str(programme.ends_on)) == ("2014-12-27", "2014-12-30")
    nights = 0
    for day in root.iter("day"):
        for room in day.iter("room"):
            for event in room.findall("event"):
                said = {child.tag: child.text or "" for child in event}
                activity = found[event.attrib["guid"]]
                slot = activity.slots[0]
                assert (slot.starts_at, slot.ends_at, slot.room) == (
                    *span(said["date"], said["duration"]),
                    room.attrib["name"],
                )
                facts = (activity.theme, activity.kind, activity.language, activity.extra["slug"])
                assert facts == (said["track"], said["type"], said["language"], said["slug"])
                assert activity.extra["id"] == int(event.attrib["id"])
                persons = [(each.text or "").strip() for each in event.iter("person")]
                assert [names[key] for key in activity.speakers] == persons
                assert len(activity.links or ()) == len(list(event.iter("link")))
                for (title, address), link in zip(activity.links or (), event.iter("link"), strict=True):
                    assert (title, address.endswith(link.attrib["href"])) == (" ".join((link.text or "").split()), True)
                assert_texts_kept(activity, said)
                nights += activity.extra.get("day") is not None
    assert nights == 4


def assert_texts_kept(activity: ImportedActivity, said: dict[str, str]) -> None:
    for member in CONVERTED:
        text = texts(activity)[member]
        for address in re.findall(r'href="([^"]+)"', said[member]):
            assert unescape(address) in text
        if "<" not in said[member]:
            assert words(text) == words(said[member])
        else:  # numbers of list items and addresses of links come on top
            bare = re.sub(r"<[^>]+>", " ", re.sub(r"</?[abiu]\b[^>]*>|</?(?:em|strong|code)>", "", said[member]))
            assert set(re.findall(r"\w+", unescape(bare))) <= set(re.findall(r"\w+", text))


def test_invalid_file_is_refused_with_its_five_errors() -> None:
    name = "invalid-example.json"

    reading = read((SHARED / name).read_bytes(), filename=name)

    event = "$.schedule.conference.days[0].rooms.Winterchaos[0]"
    assert reading.programme is None
    assert places(reading.errors) == [
        f"{event}.id (ligne 23)",
        f"{event}.persons[0].id (ligne 43)",
        f"{event}.persons[0].code (ligne 44)",
        f"{event}.answers (ligne 52)",
        "$.schedule.rooms (ligne 59)",
    ]


@pytest.mark.parametrize("name", [*JSON_FILES, "31c3.schedule.xml"])
def test_reading_twice_gives_the_same_programme(name: str) -> None:
    assert programme_of(name) == programme_of(name)

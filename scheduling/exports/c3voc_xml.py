"""``schedule.xml``, valid against c3voc's XSD."""

from datetime import timedelta
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from msgspec import structs

from digital_days.kernel.i18n import TORONTO
from scheduling.exports.c3voc_json import COLOUR, TIMESLOT, hours_and_minutes
from scheduling.exports.c3voc_rows import Day, Event, Schedule
from scheduling.exports.c3voc_slugs import slug_of_event
from scheduling.exports.c3voc_version import version_of
from scheduling.exports.texts import as_line, as_text
from scheduling.imports import own_files

CODE_LENGTH = 6
LONGEST = timedelta(hours=99, minutes=59)
"""The XSD has two digits for hours."""


def schedule_xml(schedule: Schedule) -> bytes:
    """UTF-8, indented; the same schedule always gives the same bytes."""
    root = Element("schedule")
    SubElement(
        root,
        "generator",
        name=own_files.GENERATOR,
        system=schedule.base_url,
        version=f"xml-{schedule.language}",
    )
    _say(root, version=version_of(_as_said(schedule)))
    conference = SubElement(root, "conference")
    _say(
        conference,
        title=as_line(schedule.title),
        acronym=schedule.acronym,
        start=str(schedule.days[0].date),
        end=str(schedule.days[-1].date),
        days=str(len(schedule.days)),
        timeslot_duration=TIMESLOT,
        url=schedule.url,
        time_zone_name=TORONTO.key,
    )
    for track in schedule.tracks:
        element = SubElement(conference, "track", name=as_line(track.name))
        if COLOUR.fullmatch(track.colour):
            element.set("color", f"#{track.colour}")
    for number, day in enumerate(schedule.days, start=1):
        _add_day(root, number, day, schedule)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _as_said(schedule: Schedule) -> Schedule:
    """Without what has no place in this form."""
    return structs.replace(
        schedule,
        rooms=tuple(structs.replace(room, capacity=None, venue="", address="") for room in schedule.rooms),
        events=tuple(
            structs.replace(
                event, code="", persons=tuple(structs.replace(each, code="", biography="") for each in event.persons)
            )
            for event in schedule.events
        ),
    )


def _add_day(root: Element, number: int, day: Day, schedule: Schedule) -> None:
    element = SubElement(
        root, "day", index=str(number), date=str(day.date), start=day.start.isoformat(), end=day.end.isoformat()
    )
    rooms = {room.name: SubElement(element, "room", name=as_line(room.name), guid=room.guid) for room in schedule.rooms}
    for event in schedule.events:
        if event.day == day.date:
            if event.room not in rooms:
                rooms[event.room] = SubElement(element, "room", name=as_line(event.room))
            _add_event(rooms[event.room], event, schedule)


def _add_event(room: Element, event: Event, schedule: Schedule) -> None:
    element = SubElement(room, "event", guid=event.guid, id=str(event.number))
    if event.alone and len(event.code) == CODE_LENGTH:  # no two events may have one
        element.set("code", event.code)
    _say(
        element,
        room=as_line(event.room),
        title=as_line(event.title),
        subtitle=as_line(event.subtitle),
        type=as_line(event.kind),
        date=event.starts_at.isoformat(),
        start=f"{event.starts_at:%H:%M}",
        duration=_duration(event),
        abstract=as_text(event.abstract),
        slug=slug_of_event(event, schedule.acronym),
        track=as_line(event.track),
        language=event.language,
        description=as_text(event.description),
        url=event.url,
    )
    persons = SubElement(element, "persons")
    for person in event.persons:
        SubElement(persons, "person", guid=person.guid).text = as_line(person.name)
    _add_references(element, "link", [(as_line(title), url) for title, url in event.links])
    _add_carried(element, event)


def _add_references(event: Element, name: str, references: list[tuple[str, str]]) -> None:
    group = SubElement(event, f"{name}s")
    for title, url in references:
        SubElement(group, name, href=url).text = title


def _add_carried(element: Element, event: Event) -> None:
    said = event.carried
    _say(element, **{name: said[name] for name in ("logo", "feedback_url", "origin_url") if name in said})
    if "recording_license" in said or "do_not_record" in said:
        optout = "true" if said.get("do_not_record") else "false"
        _say(SubElement(element, "recording"), license=said.get("recording_license", ""), optout=optout)
    if "attachments" in said:
        _add_references(element, "attachment", [(each["title"], each["url"]) for each in said["attachments"]])


def _duration(event: Event) -> str:
    lasts = timedelta(seconds=event.ends_at.timestamp() - event.starts_at.timestamp())
    seconds = round(lasts.total_seconds()) % 60
    if lasts > LONGEST:
        return hours_and_minutes(LONGEST)
    return hours_and_minutes(lasts) + (f":{seconds:02}" if seconds else "")


def _say(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = text

"""A programme becomes a c3voc schedule: strict, where the import is lenient.

Traps of the format are kept in one place each: names and identifiers in ``c3voc_names``, texts in ``texts``,
what both forms write in ``c3voc_json`` and ``c3voc_xml``. Cancelled slots have no place in it, so callers leave
them out. https://c3voc.de/wiki/schedule
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from digital_days.kernel.i18n import TORONTO
from scheduling.exports.c3voc_carried import address, carried
from scheduling.exports.c3voc_names import c3voc_names, numbers, person_code, room_uuids
from scheduling.exports.c3voc_rows import Day, Event, Person, Publication, Room, Schedule, Track
from scheduling.exports.names import Names
from scheduling.exports.texts import in_language, one_line, paragraphs
from scheduling.imports.model import ImportedActivity, ImportedSlot, ImportedSpeaker

DAYBREAK = time(6)
LANGUAGES = {"bi": "mul"}
"""« bi » would be Bislama."""


def schedule_of(publication: Publication) -> Schedule:
    """The whole schedule. O(n log n) in the slots."""
    names = c3voc_names(publication.programme, publication.language)
    events = _events(publication, names)
    return Schedule(
        acronym=publication.programme.slug.replace("-", "_").ljust(4, "_"),
        title=one_line(publication.title) or publication.programme.slug,
        language=publication.language,
        base_url=publication.base_url,
        url=publication.url,
        rooms=tuple(_rooms(publication, names)),
        tracks=tuple(_tracks(publication, names)),
        days=tuple(_days(publication, events)),
        events=tuple(events),
    )


def _events(publication: Publication, names: Names) -> list[Event]:
    speakers = {each.key: each for each in publication.programme.speakers}
    order = {room.name: number for number, room in enumerate(publication.programme.rooms)}
    number = numbers(names.slots.values())
    placed = []
    for activity in publication.programme.activities:
        met = [_person(speakers[key], publication, names) for key in activity.speakers if key in speakers]
        persons = [person for person in met if person.name]  # readers pass over anybody without a name
        for slot in activity.slots:
            event = _event(activity, slot, publication, names, persons, number[names.slots[activity.key, slot.key]])
            where = order.get(slot.room or "", len(order))
            placed.append(((event.day, where, event.starts_at, event.guid), event))
    return [event for _place, event in sorted(placed, key=lambda each: each[0])]


def _event(
    activity: ImportedActivity,
    slot: ImportedSlot,
    publication: Publication,
    names: Names,
    persons: Sequence[Person],
    number: int,
) -> Event:
    language = publication.language
    title = one_line(in_language(language, activity.title_fr, activity.title_en))
    return Event(
        guid=names.slots[activity.key, slot.key],
        code=names.activities[activity.key],
        number=number,
        alone=len(activity.slots) == 1,
        day=publication.days[activity.key, slot.key],
        starts_at=slot.starts_at.astimezone(TORONTO),
        ends_at=slot.ends_at.astimezone(TORONTO),
        room=names.rooms[slot.room] if slot.room is not None else "",
        title=title or names.activities[activity.key],
        subtitle=one_line(activity.subtitle),
        track=names.labels.get(("theme", activity.theme), ""),
        kind=names.labels.get(("kind", activity.kind), ""),
        language=LANGUAGES.get(activity.language, activity.language),
        abstract=paragraphs(in_language(language, activity.summary_fr, activity.summary_en)),
        description=paragraphs(in_language(language, activity.description_fr, activity.description_en)),
        url=publication.activities[activity.key],
        persons=tuple(persons),
        links=tuple((one_line(name), url) for name, said in activity.links or () if (url := address(said, mail=True))),
        carried=carried(activity.extra, slot.key),
    )


def _person(speaker: ImportedSpeaker, publication: Publication, names: Names) -> Person:
    guid = names.speakers[speaker.key]
    return Person(
        guid=guid,
        code=person_code(guid, speaker.extra.get("code", speaker.key)),
        name=one_line(speaker.name),
        biography=paragraphs(in_language(publication.language, speaker.biography_fr, speaker.biography_en)),
        url=publication.speakers.get(speaker.key, ""),
    )


def _rooms(publication: Publication, names: Names) -> Iterator[Room]:
    guids = room_uuids(publication.programme)
    for room in publication.programme.rooms:
        yield Room(
            name=names.rooms[room.name],
            guid=guids[room.name],
            capacity=room.capacity,
            venue=one_line(in_language(publication.language, room.venue, room.venue_en)),
            address=one_line(room.address),
        )


def _tracks(publication: Publication, names: Names) -> Iterator[Track]:
    for label in publication.programme.labels:
        if label.facet == "theme":
            yield Track(names.labels["theme", label.name_fr], label.colour or "")


def _days(publication: Publication, events: Sequence[Event]) -> Iterator[Day]:
    programme = publication.programme
    by_day = {day: [event for event in events if event.day == day] for day in {event.day for event in events}}
    length = (programme.ends_on - programme.starts_on).days
    planned = {programme.starts_on + timedelta(days=number) for number in range(length + 1)}
    for day in sorted(planned | set(by_day)):
        start, end = _daybreak(day), _daybreak(day + timedelta(days=1))
        held = by_day.get(day, [])
        yield Day(
            day,
            min([start, *(event.starts_at for event in held)], key=datetime.timestamp),
            max([end, *(event.ends_at for event in held)], key=datetime.timestamp),
        )


def _daybreak(day: date) -> datetime:
    return datetime.combine(day, DAYBREAK, TORONTO)

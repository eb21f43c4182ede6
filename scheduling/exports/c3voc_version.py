"""The name of a state of the programme: programs that follow a schedule look whether it has changed."""

from hashlib import sha256

import msgspec
from msgspec import structs

from scheduling.exports.c3voc_rows import Schedule


def version_of(schedule: Schedule) -> str:
    """Changes with anything said but addresses: the same programme has one version wherever it is published."""
    events = [
        structs.replace(event, url="", persons=tuple(structs.replace(person, url="") for person in event.persons))
        for event in schedule.events
    ]
    said = msgspec.json.encode([schedule.rooms, schedule.tracks, schedule.days, events])
    return sha256(said).hexdigest()[:12]

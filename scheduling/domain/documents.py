"""A programme as one document: what a release keeps for ever, and what can be compared with any other."""

from collections import defaultdict

import msgspec
from msgspec import structs

from digital_days.kernel.i18n import TORONTO
from scheduling.domain.programme_facts import Facts, StoredProgramme
from scheduling.domain.wanted_programme import wanted_programme
from scheduling.imports.model import ImportedProgramme, ImportedSlot


def document_of(facts: Facts, *, slug: str) -> ImportedProgramme:
    """All that takes place; what is only remembered for those who had a place is left out."""
    slots: defaultdict[str, list[ImportedSlot]] = defaultdict(list)
    gone = set()
    for (activity, key), slot in facts.slots.items():
        if slot.cancelled:
            gone.add(activity)
            continue
        slots[activity].append(
            ImportedSlot(key=key, starts_at=slot.starts_at, ends_at=slot.ends_at, room=slot.room, seats=slot.seats)
        )
    if facts.edition is None:
        raise ValueError(slug)
    return ImportedProgramme(
        title=facts.edition.title,
        slug=slug,
        starts_on=facts.edition.starts_on,
        ends_on=facts.edition.ends_on,
        time_zone=TORONTO.key,
        rooms=tuple(facts.rooms.values()),
        speakers=tuple(facts.speakers.values()),
        labels=tuple(facts.labels.values()),
        activities=tuple(
            structs.replace(activity, slots=tuple(slots[key]))
            for key, activity in facts.activities.items()
            if key in slots or key not in gone
        ),
        extra=facts.edition.extra,
    )


def facts_in(document: ImportedProgramme) -> Facts:
    """The document as a comparison sees it."""
    return wanted_programme(document, StoredProgramme(), default_seats=None)


def written(document: ImportedProgramme) -> str:
    """For the database."""
    return msgspec.json.encode(document).decode()


def read(text: str) -> ImportedProgramme:
    """As it was written; what later versions of the program ask for besides says nothing."""
    return msgspec.json.decode(text, type=ImportedProgramme)

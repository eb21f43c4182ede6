"""What c3voc schedules call our things: UUIDs, codes of capitals and digits, numbers; the same in each export.

A key that has the wanted form already, because it came out of such a file, stays as it is. Another is hashed
together with the edition's address, so that two editions of one spreadsheet have nothing in common.
"""

import re
from base64 import b32encode
from collections.abc import Iterable
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from scheduling.exports.names import LabelKey, Names, SlotKey, distinct
from scheduling.exports.texts import Language, in_language, one_line
from scheduling.imports.model import ImportedActivity, ImportedProgramme

UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
CODE = re.compile(r"[A-Z0-9]{1,200}")
FIRST_NUMBER, LAST_NUMBER = 1_000, 2_000_000_000
"""Four digits make a slug valid, and programs count in 32 bits."""


def c3voc_names(programme: ImportedProgramme, language: Language) -> Names:
    """Rooms, themes and kinds by their name in this language, speakers and slots by UUID, activities by code."""
    slug = programme.slug
    labels: dict[LabelKey, str] = {}
    for facet in ("theme", "kind"):
        wishes: dict[LabelKey, tuple[str, str]] = {
            (facet, label.name_fr): (
                one_line(in_language(language, label.name_fr, label.name_en)),
                one_line(label.name_fr),
            )
            for label in programme.labels
            if label.facet == facet
        }
        labels |= distinct(wishes)
    rooms = {
        room.name: (one_line(in_language(language, room.name, room.name_en)), one_line(room.name))
        for room in programme.rooms
    }
    return Names(
        rooms=distinct(rooms),
        labels=labels,
        speakers={each.key: _uuid(each.key, f"speaker:{slug}:{each.key}") for each in programme.speakers},
        activities={each.key: _code(each.key, slug) for each in programme.activities},
        slots=_slots(programme.activities, slug),
    )


def room_uuids(programme: ImportedProgramme) -> dict[str, str]:
    """What the source of each room called it, unless it called another one so; else a computed one."""
    found: dict[str, str] = {}
    for room in programme.rooms:
        computed = str(uuid5(NAMESPACE_URL, f"room:{programme.slug}:{room.name}"))
        said = str(room.extra.get("guid", ""))
        found[room.name] = said if UUID.fullmatch(said) and said not in found.values() else computed
    return found


def person_code(guid: str, said: object) -> str:
    """The code that the source gave to this person, else a computed one."""
    return said if isinstance(said, str) and CODE.fullmatch(said) else _hashed(guid)


def numbers(guids: Iterable[str]) -> dict[str, int]:
    """A number for each, the same whatever the order; of two that would have one number, one has the next."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for guid in sorted(guids):
        number = int.from_bytes(sha256(guid.encode()).digest()[:8]) % (LAST_NUMBER - FIRST_NUMBER) + FIRST_NUMBER
        while number in taken:
            number += 1
        taken.add(number)
        found[guid] = number
    return found


def _slots(activities: Iterable[ImportedActivity], slug: str) -> dict[SlotKey, str]:
    found: dict[SlotKey, str] = {}
    taken: set[str] = set()
    for activity in activities:
        for slot in activity.slots:
            guid = _uuid(slot.key, f"slot:{slug}:{activity.key}:{slot.key}")
            if guid in taken:
                guid = str(uuid5(NAMESPACE_URL, f"slot:{slug}:{activity.key}:{slot.key}"))
            taken.add(guid)
            found[activity.key, slot.key] = guid
    return found


def _uuid(key: str, otherwise: str) -> str:
    return key if UUID.fullmatch(key) else str(uuid5(NAMESPACE_URL, otherwise))


def _code(key: str, slug: str) -> str:
    return key if CODE.fullmatch(key) else _hashed(f"activity:{slug}:{key}")


def _hashed(text: str) -> str:
    return b32encode(sha256(text.encode()).digest())[:10].decode()

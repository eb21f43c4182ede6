"""Rooms and labels of a c3voc schedule: declared in one place, used in another."""

from collections.abc import Sequence
from typing import Any

from digital_days.kernel.i18n import _
from scheduling.imports import limits, members, own_files
from scheduling.imports.c3voc_events import Event
from scheduling.imports.colours import colour
from scheduling.imports.findings import Findings, Where
from scheduling.imports.html_text import plain_line
from scheduling.imports.model import ImportedLabel, ImportedRoom

CONFERENCE: Where = ("schedule", "conference")


def rooms(
    conference: Any, events: Sequence[Event], findings: Findings, *, own: bool = False
) -> tuple[ImportedRoom, ...]:
    """The declared rooms in their order, then those that only events know; ``own``: in a file of ours."""
    found: dict[str, ImportedRoom] = {}
    guids: dict[str, str] = {}
    for index, raw in members.objects(conference, "rooms"):
        where = (*CONFERENCE, "rooms", index)
        room = _room(raw, where, findings, own=own)
        if room is None:
            continue
        if room.name in found:
            message = _("La salle « %(name)s » est déclarée deux fois : gardez-en une.", name=room.name)
            findings.error(where, message)
        guid = members.text(raw, "guid")
        if guid and guids.setdefault(guid, room.name) != room.name:
            message = _(
                "Les salles « %(one)s » et « %(other)s » ont le même guid : leur nom les distingue.",
                one=guids[guid],
                other=room.name,
            )
            findings.repair(where, message)
        found[room.name] = room
    declared = bool(found)
    for event in events:
        if event.room and event.room not in found:
            found[event.room] = ImportedRoom(name=event.room)
            if declared:
                message = _("La salle « %(name)s » n’est pas déclarée : ajoutée.", name=event.room)
                findings.repair((*event.where, "room"), message)
    return tuple(found.values())


def labels(conference: Any, events: Sequence[Event], findings: Findings) -> tuple[ImportedLabel, ...]:
    """Tracks are themes, types are kinds."""
    themes: dict[str, ImportedLabel] = {}
    for index, raw in members.objects(conference, "tracks"):
        where = (*CONFERENCE, "tracks", index)
        name = plain_line(members.text(raw, "name"))[0]
        if not name:
            findings.repair(where, _("Thème sans nom : ignoré."))
        elif members.fits_name(name, where, findings):
            tint = colour(members.text(raw, "color"), (*where, "color"), findings) if "color" in raw else None
            themes[name] = ImportedLabel(facet="theme", name_fr=name, colour=tint)
    for event in events:
        if event.theme:
            themes.setdefault(event.theme, ImportedLabel(facet="theme", name_fr=event.theme))
    kinds = dict.fromkeys(event.kind for event in events if event.kind)
    return (*themes.values(), *(ImportedLabel(facet="kind", name_fr=kind) for kind in kinds))


def _room(raw: dict[str, Any], where: Where, findings: Findings, *, own: bool) -> ImportedRoom | None:
    name = plain_line(members.text(raw, "name"))[0]
    if not name:
        findings.lack((*where, "name"), _("Il manque le nom de la salle."))
        return None
    members.fits_name(name, (*where, "name"), findings)
    kept = own_files.ROOM if own else [each for each in raw if each not in ("name", "capacity")]
    extra = {each: raw[each] for each in kept if members.said(raw.get(each))}
    capacity = raw.get("capacity")
    features = members.mapping(raw, "features") if own else {}
    return ImportedRoom(
        name=name,
        venue=plain_line(members.text(features, "venue"))[0] if features else None,
        address=plain_line(members.text(features, "address"))[0] if features else None,
        capacity=_capacity(capacity, (*where, "capacity"), findings),
        extra=extra,
    )


def _capacity(value: Any, where: Where, findings: Findings) -> int | None:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    if value != int(value) or not 0 <= value <= limits.NUMBER:
        findings.error(where, _("Il faut un nombre entier entre 0 et %(most)s.", most=limits.NUMBER))
        return None
    return int(value)

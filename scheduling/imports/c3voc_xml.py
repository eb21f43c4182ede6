"""c3voc's ``schedule.xml``, the generations of frab and pretalx alike, told as the JSON form of the same format."""

from typing import Any

from digital_days.kernel.i18n import _
from scheduling.imports import c3voc_schema
from scheduling.imports.c3voc import programme
from scheduling.imports.findings import LINE, Findings, Where, at_line
from scheduling.imports.model import Reading
from scheduling.imports.xml_source import Element, parse_xml

CONFERENCE_NAMES = {"days": "daysCount"}
WHOLE = frozenset(("id", "index", "daysCount"))
LISTS = {"persons": "person", "links": "link", "attachments": "attachment"}
FLAGS = {"true": True, "false": False, "1": True, "0": False, "": None}


class _Teller:
    """Builds the JSON form, and remembers the line on which each part of it stands."""

    def __init__(self, findings: Findings) -> None:
        self.lines: dict[Where, int] = {}
        self._findings = findings

    def schedule(self, root: Element) -> dict[str, Any]:
        self.lines[()] = root.line
        where: Where = ("schedule",)
        plain = [child for child in root.children if child.name not in ("conference", "day", "generator")]
        told = self._texts(plain, where)
        for generator in root.all("generator"):
            told["generator"] = dict(generator.attributes)
        for conference in root.all("conference"):
            told["conference"] = self._conference(conference, root.all("day"), (*where, "conference"))
        return {"schedule": told}

    def _conference(self, element: Element, days: list[Element], where: Where) -> dict[str, Any]:
        self.lines[where] = element.line
        plain = [child for child in element.children if child.name not in ("track", "color")]
        told = {CONFERENCE_NAMES.get(name, name): value for name, value in self._texts(plain, where).items()}
        if "daysCount" in told:
            told["daysCount"] = _typed("daysCount", told["daysCount"])
        for colours in element.all("color"):
            told["colors"] = dict(colours.attributes)
        tracks = element.all("track")
        if tracks:
            told["tracks"] = [{"name": track.text.strip(), **track.attributes} for track in tracks]
            self._remember(tracks, (*where, "tracks"))
        rooms = self._declared_rooms(days, where)
        if rooms:
            told["rooms"] = rooms
        told["days"] = [self._day(day, (*where, "days", index)) for index, day in enumerate(days)]
        return told

    def _declared_rooms(self, days: list[Element], where: Where) -> list[dict[str, Any]]:
        # Rooms have no list of their own in XML; what they say beyond their name stands in each day.
        rooms: dict[str, Element] = {}
        for day in days:
            for room in day.all("room"):
                if set(room.attributes) > {"name"}:
                    rooms.setdefault(room.attributes["name"], room)
        self._remember(list(rooms.values()), (*where, "rooms"))
        return [dict(room.attributes) for room in rooms.values()]

    def _day(self, element: Element, where: Where) -> dict[str, Any]:
        self.lines[where] = element.line
        given = element.attributes
        told: dict[str, Any] = {name: _typed(name, given[name]) for name in ("index", "date") if name in given}
        told |= {f"day_{name}": given[name] for name in ("start", "end") if name in given}
        self._out_of_place(element, "room")
        rooms: dict[str, list[dict[str, Any]]] = {}
        for room in element.all("room"):
            name = room.attributes.get("name", "")
            events = rooms.setdefault(name, [])
            self.lines.setdefault((*where, "rooms", name), room.line)
            self._out_of_place(room, "event")
            for event in room.all("event"):
                events.append(self._event(event, (*where, "rooms", name, len(events))))
        return {**told, "rooms": rooms}

    def _out_of_place(self, element: Element, wanted: str) -> None:
        for child in element.children:
            if child.name != wanted and child.children:
                message = _(
                    "« %(name)s » n’a pas sa place ici : une journée (day) contient des salles (room), une salle des "
                    "activités (event).",
                    name=child.name[:60],
                )
                self._findings.error(at_line(child.line), message)
            elif child.name != wanted:
                message = _("« %(name)s » n’est pas du format c3voc : ignoré.", name=child.name[:60])
                self._findings.repair(at_line(child.line), message)

    def _event(self, element: Element, where: Where) -> dict[str, Any]:
        self.lines[where] = element.line
        plain = [child for child in element.children if child.name not in (*LISTS, "recording")]
        told = self._texts(plain, where)
        for name, value in element.attributes.items():
            if name in ("id", "guid", "code"):
                told[name] = _typed(name, value)
        for name, member in LISTS.items():
            for group in element.all(name):
                parts = group.all(member)
                told[name] = [_part(part) for part in parts]
                self._remember(parts, (*where, name))
        for recording in element.all("recording"):
            told |= self._recording(recording, where)
        return told

    def _recording(self, element: Element, where: Where) -> dict[str, Any]:
        told = {child.name: child.text.strip() for child in element.children}
        self.lines[(*where, "do_not_record")] = element.line
        optout = told.pop("optout", "")
        names = {"license": "recording_license"}
        return {
            **{names.get(name, f"recording_{name}"): value for name, value in told.items()},
            "do_not_record": FLAGS.get(optout, optout),
        }

    def _texts(self, children: list[Element], where: Where) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for child in children:
            if child.name in told:
                message = _("« %(name)s » est écrit deux fois : gardez-en un.", name=child.name[:60])
                self._findings.error(at_line(child.line), message)
            told[child.name] = child.text if not child.children else _everything(child)
            self.lines[(*where, CONFERENCE_NAMES.get(child.name, child.name))] = child.line
        return told

    def _remember(self, elements: list[Element], where: Where) -> None:
        for index, element in enumerate(elements):
            self.lines[(*where, index)] = element.line


def read_xml(data: bytes, findings: Findings | None = None) -> Reading:
    """A c3voc XML document as a programme, or every error with its line."""
    findings = findings or Findings()
    teller = _Teller(findings)
    root = parse_xml(data, findings)
    found = None
    if root is not None and root.name != "schedule":
        message = _(
            "La racine est « %(name)s », pas « schedule » : ce XML n’est pas un programme c3voc.", name=root.name[:60]
        )
        findings.error(at_line(root.line), message)
    elif root is not None:
        document = teller.schedule(root)
        c3voc_schema.check(document, findings, closed=False)
        found = programme(document, findings)
    return findings.reading(
        found,
        lambda where: _("ligne %(line)s", line=_line(where, teller.lines)),
        lambda where: _line(where, teller.lines),
    )


def _line(where: Where, lines: dict[Where, int]) -> int:
    if where[:1] == (LINE,):
        return int(where[1])
    nearest = next((where[:size] for size in range(len(where), -1, -1) if where[:size] in lines), ())
    return lines.get(nearest, 1)


def _part(element: Element) -> dict[str, Any]:
    given = {name: _typed(name, value) for name, value in element.attributes.items()}
    if element.name == "person":
        return {**given, "name": element.text.strip()}
    return {**{name: value for name, value in given.items() if name != "href"}, **_reference(element)}


def _reference(element: Element) -> dict[str, Any]:
    return {"url": element.attributes.get("href", ""), "title": element.text.strip()}


def _typed(name: str, value: str) -> Any:
    if name in WHOLE and value.isascii() and value.strip().isdigit() and len(value) < 20:
        return int(value)
    return value


def _everything(element: Element) -> dict[str, Any]:
    """An element that the format doesn't know, kept whole."""
    return {
        **element.attributes,
        "text": element.text.strip(),
        "children": [{child.name: _everything(child)} for child in element.children],
    }

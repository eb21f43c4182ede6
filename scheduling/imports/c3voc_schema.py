"""The shape of a c3voc schedule: which members exist, and of which type. Checked before anything is understood.

What a member says of persons and of the schedule itself is open in the format; the rest is closed, and a
member that isn't in it means that the file is of another kind (an export for organisers, a newer version).
"""

import re
from collections.abc import Mapping
from typing import Any

from digital_days.kernel.i18n import N_, _
from scheduling.imports import limits
from scheduling.imports.findings import Findings, Where

TEXT, WHOLE, NUMBER, FLAG, LIST, OBJECT = "text", "whole", "number", "flag", "list", "object"
FIRM_TEXT, FIRM_LIST, FIRM_OBJECT = "firm text", "firm list", "firm object"
"""Unlike the others, ``null`` isn't the same as absent."""

Shape = Mapping[str, tuple[str, ...]]

TYPES: dict[str, tuple[type, ...]] = {
    TEXT: (str, type(None)),
    FIRM_TEXT: (str,),
    WHOLE: (int, type(None)),
    NUMBER: (int, float, type(None)),
    FLAG: (bool, type(None)),
    LIST: (list, type(None)),
    OBJECT: (dict, type(None)),
    FIRM_LIST: (list,),
    FIRM_OBJECT: (dict,),
}
EXPECTED = {
    TEXT: N_("un texte"),
    FIRM_TEXT: N_("un texte"),
    WHOLE: N_("un nombre entier"),
    NUMBER: N_("un nombre"),
    FLAG: N_("true ou false"),
    LIST: N_("une liste"),
    OBJECT: N_("un objet"),
    FIRM_LIST: N_("une liste"),
    FIRM_OBJECT: N_("un objet"),
}
CODE = re.compile(r"[A-Z0-9]+")

TOP: Shape = {"schedule": (FIRM_OBJECT,), "$schema": (TEXT,), "generator": (OBJECT,)}
SCHEDULE: Shape = {"version": (TEXT, NUMBER), "base_url": (TEXT,), "conference": (FIRM_OBJECT,)}
CONFERENCE: Shape = {
    **dict.fromkeys(("acronym", "title"), (FIRM_TEXT,)),
    **dict.fromkeys(("description", "start", "end", "timeslot_duration", "time_zone_name"), (TEXT,)),
    **dict.fromkeys(("logo", "url"), (TEXT,)),
    **dict.fromkeys(("keywords", "tracks", "rooms"), (LIST,)),
    **dict.fromkeys(("colors", "meta"), (OBJECT,)),
    "days": (FIRM_LIST,),
    "daysCount": (WHOLE,),
}
TRACK: Shape = dict.fromkeys(("name", "slug", "color"), (TEXT,))
ROOM: Shape = {
    **dict.fromkeys(("slug", "type", "guid", "stream_id", "url"), (TEXT,)),
    **dict.fromkeys(("features", "assembly"), (OBJECT,)),
    "name": (FIRM_TEXT,),
    "description": (TEXT, OBJECT),
    "capacity": (NUMBER,),
}
DAY: Shape = {
    **dict.fromkeys(("date", "day_start", "day_end"), (TEXT,)),
    "index": (WHOLE,),
    "rooms": (FIRM_OBJECT,),
}
EVENT: Shape = {
    **dict.fromkeys(("guid", "code", "logo", "date", "start", "end", "duration", "room", "slug"), (TEXT,)),
    **dict.fromkeys(("url", "subtitle", "track", "type", "language", "abstract", "description"), (TEXT,)),
    **dict.fromkeys(("recording_license", "feedback_url", "origin_url"), (TEXT,)),
    **dict.fromkeys(("persons", "links", "attachments"), (LIST,)),
    "title": (FIRM_TEXT,),
    "id": (WHOLE,),
    "do_not_record": (FLAG,),
    "do_not_stream": (FLAG, TEXT),
}
PERSON: Shape = {
    **dict.fromkeys(("name", "public_name", "guid", "code", "url", "avatar", "biography"), (TEXT,)),
    "id": (WHOLE,),
    "links": (LIST,),
}
REFERENCE: Shape = {"type": (TEXT,), "url": (TEXT,), "title": (TEXT,)}


def check(document: Any, findings: Findings, *, closed: bool = True) -> None:
    """An error for each member of a wrong type, and of an unknown name (a repair where the format isn't ``closed``)."""
    _Check(findings, closed=closed).document(document)


class _Check:
    def __init__(self, findings: Findings, *, closed: bool) -> None:
        self._findings = findings
        self._unknown = self._refuse_unknown if closed else self._keep_unknown

    def document(self, document: Any) -> None:
        self._members(document, TOP, (), closed=True)
        schedule = _member(document, "schedule")
        where: Where = ("schedule",)
        self._members(schedule, SCHEDULE, where)
        if isinstance(schedule, dict) and "rooms" in schedule:
            message = _("Les salles (rooms) se déclarent dans « conference » : déplacez cette liste.")
            self._findings.error((*where, "rooms"), message)
        self._conference(_member(schedule, "conference"), (*where, "conference"))

    def _conference(self, conference: Any, where: Where) -> None:
        self._members(conference, CONFERENCE, where, closed=True)
        self._each(conference, "tracks", TRACK, where)
        self._each(conference, "rooms", ROOM, where, closed=True)
        for index, day in enumerate(_list(conference, "days")):
            self._members(day, DAY, (*where, "days", index), closed=True)
            self._rooms_of_day(day, (*where, "days", index, "rooms"))

    def _rooms_of_day(self, day: Any, where: Where) -> None:
        if isinstance(day, dict) and "rooms" not in day:
            message = _("Il manque les salles de la journée : ajoutez « rooms », vide s’il n’y a rien ce jour-là.")
            self._findings.error(where, message)
        rooms = _member(day, "rooms")
        for name, events in rooms.items() if isinstance(rooms, dict) else ():
            if not isinstance(events, list):
                self._findings.error((*where, name), _wrong_type((LIST,), events))
                continue
            for index, event in enumerate(events):
                self._event(event, (*where, name, index))

    def _event(self, event: Any, where: Where) -> None:
        self._members(event, EVENT, where, closed=True)
        self._each(event, "persons", PERSON, where)
        self._each(event, "links", REFERENCE, where, closed=True)
        self._each(event, "attachments", REFERENCE, where, closed=True)
        self._code(event, where)
        for index, person in enumerate(_list(event, "persons")):
            self._code(person, (*where, "persons", index))

    def _each(self, owner: Any, name: str, shape: Shape, where: Where, *, closed: bool = False) -> None:
        for index, value in enumerate(_list(owner, name)):
            self._members(value, shape, (*where, name, index), closed=closed)

    def _members(self, value: Any, shape: Shape, where: Where, *, closed: bool = False) -> None:
        if not isinstance(value, dict):
            # A missing or mistyped object is said once, by its owner.
            if where == () or isinstance(where[-1], int):
                self._findings.error(where, _wrong_type((OBJECT,), value))
            return
        for name, member in value.items():
            if name in shape:
                self._member((*where, name), member, shape[name])
            elif closed and not (shape is ROOM and name.startswith("description_")):
                self._unknown((*where, name), name[: limits.NAME])

    def _member(self, where: Where, value: Any, kinds: tuple[str, ...]) -> None:
        if not any(_is(value, kind) for kind in kinds):
            self._findings.error(where, _wrong_type(kinds, value))
        elif value is None and kinds in ((LIST,), (OBJECT,)):
            message = _("Rien (null) là où il faut %(expected)s : compté comme vide.", expected=_expected(kinds))
            self._findings.repair(where, message)

    def _refuse_unknown(self, where: Where, name: str) -> None:
        message = _(
            "« %(name)s » n’existe pas ici dans le format c3voc : retirez-le ou exportez la version publique.",
            name=name,
        )
        self._findings.error(where, message)

    def _keep_unknown(self, where: Where, name: str) -> None:
        self._findings.repair(where, _("« %(name)s » n’est pas du format c3voc : gardé à part.", name=name))

    def _code(self, value: Any, where: Where) -> None:
        code = _member(value, "code")
        if isinstance(code, str) and code and not CODE.fullmatch(code):
            message = _(
                "Le code « %(code)s » ne doit contenir que des majuscules A à Z et des chiffres.", code=code[:60]
            )
            self._findings.error((*where, "code"), message)


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == FLAG
    return isinstance(value, TYPES[kind])


def _wrong_type(kinds: tuple[str, ...], value: Any) -> str:
    return _("Il faut ici %(expected)s, pas %(found)s.", expected=_expected(kinds), found=_kind_of(value))


def _expected(kinds: tuple[str, ...]) -> str:
    return _(" ou ").join(_(EXPECTED[kind]) for kind in kinds)


def _kind_of(value: Any) -> str:
    if value is None:
        return _("rien (null)")
    if isinstance(value, bool):
        return _("true ou false")
    if isinstance(value, dict):
        return _("un objet")
    if isinstance(value, list):
        return _("une liste")
    return _("un texte") if isinstance(value, str) else _("un nombre")


def _member(owner: Any, name: str) -> Any:
    return owner.get(name) if isinstance(owner, dict) else None


def _list(owner: Any, name: str) -> list[Any]:
    members = _member(owner, name)
    return members if isinstance(members, list) else []

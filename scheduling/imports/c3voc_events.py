"""One event of a c3voc schedule: one slot, with all that is said of its activity."""

import re
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from digital_days.kernel.i18n import _
from scheduling.imports import limits, members, own_files
from scheduling.imports.c3voc_days import Day
from scheduling.imports.c3voc_links import Links, read_links
from scheduling.imports.c3voc_people import People
from scheduling.imports.c3voc_times import Span, read_span
from scheduling.imports.findings import Findings, Where
from scheduling.imports.html_text import plain_line, plain_text
from scheduling.imports.model import ImportedSlot

TEXT_NAMES = ("title", "subtitle", "abstract", "description", "language", "track", "type", "room")
TIME_NAMES = ("date", "start", "duration", "end")
OURS = frozenset((*TEXT_NAMES, *TIME_NAMES, "guid", "persons", "links"))
OPTIONAL = ("subtitle", "track", "type", "language", "abstract", "persons", "links")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,12}){0,3}")

BILINGUAL = {"mul": "bi"}
"""ISO 639-2 knows « several languages »; here it is always the county's two."""


class Surroundings(Struct, frozen=True):
    """What an event needs to know of the file it stands in; ``own``: the language of a file of ours."""

    base_url: str
    zone: ZoneInfo | None
    people: People
    findings: Findings
    own: str = ""


class Event(Struct, frozen=True):
    where: Where
    guid: str
    code: str
    number: int | None
    title: str
    subtitle: str
    abstract: str
    description: str
    language: str
    theme: str
    kind: str
    speakers: tuple[str, ...]
    links: Links
    room: str
    span: Span
    page: str
    extra: dict[str, Any]

    def slot(self) -> ImportedSlot:
        """The event as a time and a room, in UTC."""
        start, end = self.span
        return ImportedSlot(
            key=self.guid, starts_at=start.astimezone(UTC), ends_at=end.astimezone(UTC), room=self.room or None
        )


def read_event(raw: dict[str, Any], where: Where, day: Day, room: str, around: Surroundings) -> Event | None:
    """The event, or ``None`` after an error; what it lacks is repaired and said."""
    findings = around.findings
    lines, texts = _texts(raw, where, findings)
    language = _language(raw, where, findings)
    english = is_english(language)
    speakers = [
        around.people.meet(person, (*where, "persons", index), english=english)
        for index, person in members.objects(raw, "persons")
    ]
    links, complete = read_links(raw, around.base_url, where, findings)
    span = read_span(raw, where, day, around.zone, findings)
    room = _room(raw, room, where, findings)
    if not lines["title"]:
        findings.lack((*where, "title"), _("Il manque le titre de l’activité : ajoutez « title »."))
    absent = [name for name in OPTIONAL if name not in raw]
    if absent:
        findings.repair(where, _("Absents, laissés vides : %(names)s.", names=", ".join(absent)))
    if span is None or not lines["title"]:
        return None
    extra = _extra(raw, around)
    if not complete and not around.own:
        extra["links"] = raw["links"]
    if day.date and span[0].date() != day.date and not around.own:
        extra["day"] = day.date.isoformat()
    return Event(
        where=where,
        guid=members.text(raw, "guid"),
        code=members.text(raw, "code"),
        number=members.whole(raw, "id"),
        title=lines["title"],
        subtitle=lines["subtitle"],
        abstract=texts["abstract"],
        description=texts["description"],
        language=language,
        theme=lines["track"],
        kind=lines["type"],
        speakers=tuple(dict.fromkeys(key for key in speakers if key is not None)),
        links=links,
        room=room,
        span=span,
        page=members.text(raw, "url"),
        extra=extra,
    )


def is_english(language: str) -> bool:
    """Whether texts in this language belong in the English column; all others go where French goes."""
    return re.split("[-_]", language.lower())[0] == "en"


def _extra(raw: Any, around: Surroundings) -> dict[str, Any]:
    return {
        name: value
        for name, value in raw.items()
        if (name in own_files.EVENT if around.own else name not in OURS) and members.said(value)
    }


def _texts(raw: Any, where: Where, findings: Findings) -> tuple[dict[str, str], dict[str, str]]:
    converted = []
    lines, texts = {}, {}
    for name in ("title", "subtitle", "track", "type"):
        lines[name], was_html = plain_line(members.text(raw, name))
        converted += [name] * was_html
        members.fits(lines[name], limits.NAME if name in ("track", "type") else limits.LINE, (*where, name), findings)
    for name in ("abstract", "description"):
        texts[name], was_html = plain_text(members.text(raw, name))
        converted += [name] * was_html
        members.fits(texts[name], limits.TEXT, (*where, name), findings)
    if converted:
        message = _("HTML converti en texte simple : %(names)s.", names=", ".join(converted))
        findings.repair((*where, converted[0]), message)
    return lines, texts


def _language(raw: Any, where: Where, findings: Findings) -> str:
    language = members.text(raw, "language")
    if not language:
        findings.repair(where, _("Langue non précisée : français supposé."))
        return "fr"
    if not LANGUAGE.fullmatch(language):
        message = _("« %(text)s » n’est pas une langue : écrivez son code, par exemple fr ou en.", text=language[:40])
        findings.error((*where, "language"), message)
    return BILINGUAL.get(language.lower(), language)


def _room(raw: Any, key: str, where: Where, findings: Findings) -> str:
    key, written = plain_line(key)[0], plain_line(members.text(raw, "room"))[0]
    if written and key and written != key:
        message = _(
            "L’activité est rangée sous la salle « %(key)s », mais dit « %(room)s » : corrigez l’une des deux.",
            key=key,
            room=written,
        )
        findings.error((*where, "room"), message)
    elif not written and key:
        findings.repair(where, _("Pas de salle : « %(key)s », sous laquelle l’activité est rangée.", key=key))
    elif not written:
        findings.repair(where, _("Pas de salle : la plage est importée sans salle."))
    members.fits_name(written or key, (*where, "room"), findings)
    return written or key

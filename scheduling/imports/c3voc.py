"""A c3voc schedule, out of JSON or XML, becomes a programme."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from digital_days.kernel import written_times as times
from digital_days.kernel.i18n import _
from scheduling.imports import checks, members, own_files
from scheduling.imports.c3voc_activities import activities, with_keys
from scheduling.imports.c3voc_days import Day, inside_edition, last_evening, read_day
from scheduling.imports.c3voc_events import Event, Surroundings, read_event
from scheduling.imports.c3voc_labels import labels, rooms
from scheduling.imports.c3voc_people import People
from scheduling.imports.c3voc_zone import Start, believed, named_zone, settle_zone
from scheduling.imports.findings import Findings, Where
from scheduling.imports.html_text import plain_line
from scheduling.imports.model import ImportedProgramme
from scheduling.imports.slugs import slug_of

CONFERENCE: Where = ("schedule", "conference")
OURS = frozenset(("title", "acronym", "start", "end", "days", "rooms"))


def programme(document: Any, findings: Findings) -> ImportedProgramme | None:
    """The programme, or ``None`` after an error. The document's shape has been checked before."""
    schedule = members.mapping(document, "schedule")
    conference = members.mapping(schedule, "conference")
    if not conference:
        findings.lack(CONFERENCE, _("Il manque « conference » : ce fichier n’est pas un programme c3voc."))
        return None
    title, slug = _names(conference, findings)
    days = _days(conference, findings)
    form = own_files.form_of(document)
    own = own_files.language_of(form)
    people = People(findings, own)
    named = named_zone(members.text(conference, "time_zone_name"), findings)
    zone = believed(named, [members.text(raw, "date") for *_place, raw in _raw_events(conference)])
    around = Surroundings(members.text(schedule, "base_url"), zone, people, findings, own)
    events = with_keys(list(_events(conference, days, around)), slug, findings)
    bounds = _bounds(conference, days, events, findings)
    if not bounds:
        return None
    for index, day in enumerate(days):
        inside_edition(day, *bounds, (*CONFERENCE, "days", index), findings)
    zone = settle_zone(named, [Start(event.where, event.span[0]) for event in events], findings)
    placed = [checks.PlacedSlot(event.where, event.title, event.slot()) for event in events]
    checks.overlaps(placed, zone, findings)
    return ImportedProgramme(
        title=title,
        slug=slug,
        starts_on=bounds[0],
        ends_on=bounds[1],
        time_zone=zone.key,
        rooms=rooms(conference, events, findings, own=bool(own)),
        speakers=people.speakers(),
        labels=labels(conference, events, findings),
        activities=activities(events, findings, own),
        extra={} if own else _extra(document),
        exported_as=form,
    )


def _names(conference: Any, findings: Findings) -> tuple[str, str]:
    title = plain_line(members.text(conference, "title"))[0]
    if not title:
        findings.lack((*CONFERENCE, "title"), _("Il manque le titre de l’édition : ajoutez « title »."))
    members.fits_name(title, (*CONFERENCE, "title"), findings)
    acronym = members.text(conference, "acronym")
    slug = slug_of(acronym) or slug_of(title) or "programme"
    if slug != acronym:
        message = _("Le sigle de l’édition (acronym) devient « %(slug)s ».", slug=slug)
        findings.repair((*CONFERENCE, "acronym"), message)
    return title, slug


def _days(conference: Any, findings: Findings) -> list[Day]:
    raw = conference.get("days")
    if not isinstance(raw, list):
        findings.lack((*CONFERENCE, "days"), _("Il manque la liste des journées : ajoutez « days »."))
        return []
    count = members.whole(conference, "daysCount")
    if count is not None and count != len(raw):
        message = _(
            "« daysCount » annonce %(count)s journées, le fichier en décrit %(found)s : la liste fait foi.",
            count=count,
            found=len(raw),
        )
        findings.repair((*CONFERENCE, "daysCount"), message)
    return [read_day(day, (*CONFERENCE, "days", index), findings) for index, day in enumerate(raw)]


def _raw_events(conference: Any) -> Iterator[tuple[int, str, int, dict[str, Any]]]:
    for index, raw_day in members.objects(conference, "days"):
        by_room = members.mapping(raw_day, "rooms")
        for room in by_room:
            for position, raw in members.objects(by_room, room):
                yield index, room, position, raw


def _events(conference: Any, days: Sequence[Day], around: Surroundings) -> Iterator[Event]:
    for index, room, position, raw in _raw_events(conference):
        where = (*CONFERENCE, "days", index, "rooms", room, position)
        event = read_event(raw, where, days[index], room, around)
        if event is not None:
            yield event


def _bounds(
    conference: Any, days: Sequence[Day], events: Sequence[Event], findings: Findings
) -> tuple[date, date] | None:
    dates = [day.date for day in days if day.date] or [event.span[0].date() for event in events]
    first = _date(conference, "start", min(dates, default=None), findings)
    last = _date(conference, "end", max(dates, default=None), findings)
    if last:
        last = last_evening(last, times.moment(members.text(conference, "end")), days)
    if first and last and checks.edition_days(first, last, CONFERENCE, findings):
        return first, last
    return None


def _date(conference: Any, name: str, otherwise: date | None, findings: Findings) -> date | None:
    written = members.text(conference, name)
    moment = times.moment(written)
    found = times.day(written) or (moment.date() if moment else None)
    if found:
        return found
    where = (*CONFERENCE, name)
    if written or otherwise is None:
        findings.error(where, _("Il faut ici une date, par exemple 2027-10-22."))
        return None
    findings.repair(where, _("Pas de date : %(date)s d’après les journées.", date=otherwise))
    return otherwise


def _extra(document: dict[str, Any]) -> dict[str, Any]:
    schedule = document["schedule"]
    conference = schedule["conference"]
    raw_days = members.objects(conference, "days")
    days = [{name: value for name, value in day.items() if name != "rooms"} for _index, day in raw_days]
    extra = {
        **{name: value for name, value in document.items() if name != "schedule"},
        **{name: value for name, value in schedule.items() if name != "conference"},
        "conference": {name: value for name, value in conference.items() if name not in OURS},
        "days": days,
    }
    return {name: value for name, value in extra.items() if members.said(value)}

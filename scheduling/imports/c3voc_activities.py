"""Events into activities: several events with one code are several slots of one activity."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from msgspec.structs import replace

from digital_days.kernel.i18n import _
from scheduling.imports import members
from scheduling.imports.c3voc_events import Event, is_english
from scheduling.imports.findings import Findings
from scheduling.imports.model import ImportedActivity

SHARED = ("title", "subtitle", "abstract", "description", "language", "theme", "kind", "speakers", "links")
"""What all slots of one activity must say alike."""


def with_keys(events: Sequence[Event], slug: str, findings: Findings) -> list[Event]:
    """The events with a guid each, computed from other identifiers where the file gives none; no guid twice."""
    titles: dict[str, str] = {}
    keyed = []
    for event in events:
        guid = event.guid or _computed_guid(event, slug)
        if not event.guid:
            findings.repair(event.where, _("Pas de guid : un identifiant stable est calculé."))
        if guid in titles:
            message = _(
                "« %(one)s » et « %(other)s » ont le même identifiant (%(guid)s) : chaque plage doit avoir le sien.",
                one=titles[guid],
                other=event.title,
                guid=guid,
            )
            findings.error((*event.where, "guid"), message)
            continue
        titles[guid] = event.title
        members.fits_name(guid, (*event.where, "guid"), findings)
        keyed.append(replace(event, guid=guid))
    return keyed


def _computed_guid(event: Event, slug: str) -> str:
    source = event.number or event.extra.get("slug") or event.code or f"{event.title} {event.span[0].isoformat()}"
    return str(uuid5(NAMESPACE_URL, f"c3voc:{slug}:{source}"))


def activities(events: Sequence[Event], findings: Findings, own: str = "") -> tuple[ImportedActivity, ...]:
    """One activity per code, or per event where there is none; an error where slots of one contradict each other.

    ``own`` is the language of a file of ours, whose texts speak it whatever is spoken on the spot.
    """
    groups: dict[str, list[Event]] = defaultdict(list)
    numbers = _shared_pages(events) if own else _shared_numbers(events)
    for event in events:
        groups[event.code or numbers.get(event.page if own else event.number or 0) or event.guid].append(event)
    for group in groups.values():
        _agree(group, findings)
    return tuple(_activity(key, group, own) for key, group in groups.items())


def _shared_numbers(events: Sequence[Event]) -> dict[str | int, str]:
    # Older pretalx has no code: its slots of one talk share the id. The first guid stands for all of them.
    first: dict[str | int, str] = {}
    for event in events:
        if event.number and not event.code:
            first.setdefault(event.number, event.guid)
    return first


def _shared_pages(events: Sequence[Event]) -> dict[str | int, str]:
    # In XML no two events may have one code; the slots of an activity have its page in common.
    first: dict[str | int, str] = {}
    for event in events:
        if event.page and not event.code:
            first.setdefault(event.page, event.guid)
    return first


def _agree(group: Sequence[Event], findings: Findings) -> None:
    first = group[0]
    for other in group[1:]:
        different = [name for name in SHARED if getattr(other, name) != getattr(first, name)]
        if different:
            message = _(
                "« %(other)s » porte le même code ou id que « %(one)s », mais en diffère (%(names)s) : changez le code "
                "ou alignez-les.",
                one=first.title,
                other=other.title,
                names=", ".join(different),
            )
            findings.error(other.where, message)


def _activity(key: str, group: Sequence[Event], own: str) -> ImportedActivity:
    first = group[0]
    english = is_english(own or first.language)
    return ImportedActivity(
        key=key,
        title_fr=first.title,
        title_en=first.title if english else None,
        subtitle=first.subtitle,
        summary_fr=None if english else first.abstract,
        summary_en=first.abstract if english else None,
        description_fr=None if english else first.description,
        description_en=first.description if english else None,
        kind=first.kind,
        theme=first.theme,
        language=first.language,
        speakers=first.speakers,
        slots=tuple(event.slot() for event in group),
        links=first.links,
        extra=_extra(group),
    )


def _extra(group: Sequence[Event]) -> dict[str, Any]:
    """What all say alike, and apart what only some slots say."""
    first, *others = group
    common = {
        name: value
        for name, value in first.extra.items()
        if all(name in other.extra and other.extra[name] == value for other in others)
    }
    apart = {event.guid: {name: value for name, value in event.extra.items() if name not in common} for event in group}
    return {**common, "slots": apart} if any(apart.values()) else common

"""Rows into activities: rows of one activity are its slots, and what they say of it must agree."""

from collections.abc import Sequence

from msgspec import Struct, field

from digital_days.kernel.i18n import _
from scheduling.imports import columns, limits
from scheduling.imports.checks import PlacedSlot
from scheduling.imports.findings import Findings
from scheduling.imports.model import ImportedActivity, ImportedSlot
from scheduling.imports.sheet_lists import FACETS, Lists
from scheduling.imports.sheet_slots import read_slot
from scheduling.imports.sheet_tables import Line
from scheduling.imports.unread import Unread

TEXTS = ("summary_fr", "summary_en", "description_fr", "description_en")


class _Draft(Struct):
    first: Line
    said: dict[str, str] = field(default_factory=dict)
    slots: list[ImportedSlot] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)


def read_activities(
    lines: Sequence[Line], lists: Lists, findings: Findings
) -> tuple[tuple[ImportedActivity, ...], list[PlacedSlot]]:
    """The activities in the order of their first rows, and their slots with their places in the file."""
    drafts: dict[str, _Draft] = {}
    rows: dict[str, int] = {}
    placed = []
    for line in lines:
        key = line.line("id")
        if not key:
            findings.error(line.where("id"), _("Il manque l’id de la ligne : donnez-lui un identifiant à elle."))
        elif key in rows:
            message = _("L’id « %(id)s » est déjà celui de la ligne %(row)s : changez-le.", id=key, row=rows[key])
            findings.error(line.where("id"), message)
        rows.setdefault(key, line.number)
        draft = drafts.setdefault(line.line("activity") or key, _Draft(line))
        _say(draft, line, lists)
        slot = read_slot(line, key, lists.room_names)
        if slot:
            draft.slots.append(slot)
            title = draft.said.get("title_fr") or draft.said.get("title_en") or key
            placed.append(PlacedSlot(line.where("start"), title, slot))
        elif line.raw("seats") or line.raw("room"):
            draft.extra |= {name: line.raw(name) for name in ("seats", "room") if line.raw(name)}
    return tuple(_activity(key, draft) for key, draft in drafts.items()), placed


def _say(draft: _Draft, line: Line, lists: Lists) -> None:
    said = {name: line.line(name, limits.LINE) for name in ("title_fr", "title_en")}
    said |= {name: line.text(name) for name in TEXTS}
    said["language"] = line.choice("language", columns.LANGUAGES)
    for facet in FACETS:
        name = line.line(facet)
        said[facet] = lists.label_names[facet].find(name, line.where(facet)) if name else ""
    unread = isinstance(line.raw("speakers"), Unread)
    said["speakers"] = line.raw("speakers") if unread else ";".join(_speakers(line, lists))
    for name, value in said.items():
        earlier = draft.said.get(name, "")
        if isinstance(earlier, Unread):
            draft.said[name] = value or earlier
            continue
        if value and earlier and value != earlier:
            message = _(
                "Diffère de la ligne %(row)s, qui est de la même activité : alignez-les ou videz cette cellule.",
                row=draft.first.number,
            )
            line.findings.error(line.where(name), message)
        draft.said[name] = earlier or value
    draft.extra |= line.extra


def _speakers(line: Line, lists: Lists) -> list[str]:
    written = line.line("speakers", limits.TEXT).split(";")
    names = [name for part in written if (name := part.strip())]
    if any(len(name) > limits.NAME for name in names):
        message = _("Un nom est trop long : séparez les noms par des points-virgules.")
        line.findings.error(line.where("speakers"), message)
    where = line.where("speakers")
    return list(dict.fromkeys(lists.speaker_names.find(name[: limits.NAME], where) for name in names))


def _activity(key: str, draft: _Draft) -> ImportedActivity:
    said, line = draft.said, draft.first
    title_fr, title_en, language = said["title_fr"], said["title_en"], said["language"]
    if not (title_fr or title_en):
        line.findings.error(line.where("title_fr"), _("Il manque le titre de l’activité."))
    elif not title_fr:
        line.findings.repair(line.where("title_fr"), _("Pas de titre français : l’anglais est repris."))
    if not language:
        language = "fr" if title_fr or said["description_fr"] else "en"
    told = {name: text if line.has(name) else None for name, text in said.items()}
    return ImportedActivity(
        key=key,
        title_fr=title_fr or title_en,
        title_en=told["title_en"],
        summary_fr=told["summary_fr"],
        summary_en=told["summary_en"],
        description_fr=told["description_fr"],
        description_en=told["description_en"],
        kind=said["kind"],
        theme=said["theme"],
        audience=told["audience"],
        language=language,
        speakers=tuple(filter(None, said["speakers"].split(";"))),
        slots=tuple(draft.slots),
        extra=dict(draft.extra),
    )

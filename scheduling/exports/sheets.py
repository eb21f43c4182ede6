"""The whole programme in the template's sheets and columns, in both languages.

What the columns cannot say (portraits, links, equipment…) stays in the database when the file comes back.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from digital_days.kernel import written_times as times
from digital_days.kernel.i18n import TORONTO
from scheduling.exports.names import Names
from scheduling.exports.sheet_names import sheet_names
from scheduling.exports.texts import as_line, as_text, one_line, paragraphs
from scheduling.imports import columns
from scheduling.imports.model import ImportedActivity, ImportedProgramme, ImportedSlot

Cell = str | int | date | time | None
Row = Mapping[str, Cell]

FORMULA = re.compile(r"'*[=+@#-]")
"""What a spreadsheet would take for a formula, or the import for a note (CWE-1236)."""
MOST_IN_A_CELL = 32_000
"""Excel has room for 32 767 characters; the apostrophe and entities included."""


def sheets_of(programme: ImportedProgramme) -> dict[str, list[Row]]:
    """The rows of each sheet, under the names of ``imports/columns.py``; times by the clocks of the place."""
    names = sheet_names(programme)
    return {
        "activities": [row for activity in programme.activities for row in _activity(activity, names)],
        "rooms": [
            {
                "room": line(names.rooms[room.name]),
                "venue": line(room.venue),
                "address": line(room.address),
                "capacity": room.capacity or None,
                "workstations": room.workstations,
                "step_free": _yes_or_no(room.step_free),
            }
            for room in programme.rooms
        ],
        "speakers": [
            {
                "name": line(names.speakers[each.key]),
                "organisation": line(each.organisation),
                "ambassador": _yes_or_no(each.ambassador),
                "biography_fr": text(each.biography_fr),
                "biography_en": text(each.biography_en),
            }
            for each in programme.speakers
        ],
        "labels": [
            {
                "facet": label.facet,
                "name_fr": line(names.labels[label.facet, label.name_fr]),
                "name_en": line(label.name_en),
                "colour": f"#{label.colour}" if re.fullmatch("[0-9a-f]{6}", label.colour or "") else "",
                "description_fr": text(label.description_fr),
                "description_en": text(label.description_en),
            }
            for label in programme.labels
        ],
    }


def rows_of(sheets: Mapping[str, list[Row]]) -> dict[str, list[list[str]]]:
    """The sheets as the import sees them: headings, then cells as text."""
    return {
        kind: [
            list(columns.COLUMNS[kind]),
            *([_as_read(row.get(name)) for name in columns.COLUMNS[kind]] for row in rows),
        ]
        for kind, rows in sheets.items()
    }


def line(said: str | None) -> str:
    """One line, neutralised: an apostrophe before what is no plain text, which the import takes off again."""
    return _neutral(as_line(one_line(said)))


def text(said: str | None) -> str:
    """Several lines, neutralised; longer ones than a cell holds are cut."""
    return _neutral(as_text(paragraphs(said))[:MOST_IN_A_CELL])


def _neutral(said: str) -> str:
    return f"'{said}" if FORMULA.match(said) else said


def _activity(activity: ImportedActivity, names: Names) -> Iterator[Row]:
    title_fr, title_en = line(activity.title_fr), line(activity.title_en)
    said: dict[str, Cell] = {
        "activity": line(names.activities[activity.key]),
        "title_fr": title_fr or ("" if title_en else line(names.activities[activity.key])),
        "title_en": title_en,
        "summary_fr": text(activity.summary_fr),
        "summary_en": text(activity.summary_en),
        "description_fr": text(activity.description_fr),
        "description_en": text(activity.description_en),
        "kind": line(names.labels.get(("kind", activity.kind), "")),
        "theme": line(names.labels.get(("theme", activity.theme), "")),
        "audience": line(names.labels.get(("audience", activity.audience or ""), "")),
        "language": activity.language if activity.language in columns.LANGUAGES else "",
        "speakers": line("; ".join(names.speakers[key] for key in activity.speakers if key in names.speakers)),
    }
    if not activity.slots:
        yield {**said, "id": line(names.slots[activity.key, ""])}
    for slot in activity.slots:
        yield {**said, **_slot(slot, names), "id": line(names.slots[activity.key, slot.key])}


def _slot(slot: ImportedSlot, names: Names) -> Row:
    start, end = slot.starts_at.astimezone(TORONTO), slot.ends_at.astimezone(TORONTO)
    return {
        "date": start.date(),
        "start": _clock(start),
        **_until(start, end),
        "room": line(names.rooms[slot.room]) if slot.room is not None else "",
        "seats": slot.seats or None,
    }


def _until(start: datetime, end: datetime) -> Row:
    lasts = timedelta(seconds=round(end.timestamp() - start.timestamp()))
    if end.utcoffset() != start.utcoffset() or {_shown(start), _shown(end)} != {"once"}:
        minutes, seconds = divmod(int(lasts.total_seconds()), 60)
        return {"duration": f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"}
    return {"end": _clock(end) if end.date() == start.date() else f"{end.replace(tzinfo=None, microsecond=0)}"}


def _shown(moment: datetime) -> times.Passage:
    return times.to_utc(moment.replace(tzinfo=None), TORONTO)[1]


def _clock(moment: datetime) -> time:
    return moment.time().replace(microsecond=0)


def _yes_or_no(said: bool | None) -> str:
    return "" if said is None else "oui" if said else "non"


def _as_read(cell: Cell) -> str:
    return "" if cell is None else str(cell)

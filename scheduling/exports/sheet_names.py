"""What the spreadsheet calls our things: by names that people read and that its import tells apart."""

from scheduling.exports.names import LabelKey, Names, SlotKey, distinct
from scheduling.exports.texts import one_line
from scheduling.imports import columns
from scheduling.imports.model import ImportedProgramme


def sheet_names(programme: ImportedProgramme) -> Names:
    """Case and accents don't set names apart there, and a semicolon would make two people of one."""
    slots: dict[SlotKey, tuple[str, ...]] = {
        (activity.key, slot.key): (one_line(slot.key), one_line(f"{activity.key} {slot.key}"))
        for activity in programme.activities
        for slot in activity.slots
    }
    slots |= {(each.key, ""): (one_line(each.key),) for each in programme.activities if not each.slots}
    labels: dict[LabelKey, str] = {}
    for facet in columns.FACETS:
        own = {(each.facet, each.name_fr): each for each in programme.labels if each.facet == facet}
        wishes = {key: (one_line(label.name_fr),) for key, label in own.items()}
        english = {key: one_line(label.name_en) for key, label in own.items()}
        labels |= distinct(wishes, _same, english)
    return Names(
        rooms=distinct({room.name: (one_line(room.name),) for room in programme.rooms}, _same),
        labels=labels,
        speakers=distinct({each.key: (one_line(each.name.replace(";", ",")),) for each in programme.speakers}, _same),
        activities=distinct({each.key: (one_line(each.key),) for each in programme.activities}),
        slots=distinct(slots),
    )


def _same(name: str) -> str:
    return columns.normal(name) or name

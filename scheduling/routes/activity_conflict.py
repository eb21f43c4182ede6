"""Two people wrote the same activity: the second sees what the first has said, and loses nothing of their own."""

from collections.abc import Iterator

from msgspec import Struct

from digital_days.kernel.i18n import _, format_day, format_time_range, ngettext
from scheduling.domain.activity_choices import Choices
from scheduling.domain.field_words import field_name
from scheduling.domain.planned_activity import ActivityContent, PlannedActivity, PlannedSlot
from scheduling.domain.programme import FACETS
from scheduling.routes.activity_form import ActivityForm
from scheduling.routes.slot_rows import SlotRow, row_of


class Difference(Struct, frozen=True):
    """What is stored now, where the form says something else."""

    field: str
    stored: str


def catch_up(
    form: ActivityForm, content: ActivityContent, known: PlannedActivity, choices: Choices
) -> list[Difference]:
    """What differs; from here on the form knows of it, so that saving it again overwrites it knowingly.

    Slots that its author has not touched become what they are now.
    """
    form.version = known.version
    stored = {slot.code: slot for slot in known.slots}
    found = [
        Difference(_(field_name(field)), _in_words(field, now, choices) or _("(rien)"))
        for field in content.__struct_fields__
        if (now := getattr(known.content, field)) != getattr(content, field)
    ]
    found += [
        Difference(_("plage"), slot_in_words(stored[row.code]))
        for row in form.slots
        if row.code in stored and row.is_touched and row.version != stored[row.code].version
    ]
    going = [code for code, _space, _version in (each.partition(" ") for each in form.gone) if code in stored]
    form.gone = [f"{code} {stored[code].version}" for code in going]
    listed = {row.code for row in form.slots}
    new = [row_of(slot) for slot in known.slots if slot.code not in listed and slot.code not in going]
    form.put_slots([*(row for each in form.slots for row in _caught_up(each, stored)), *new])
    return found


def begin_anew(form: ActivityForm) -> None:
    """Somebody has removed the activity: what was typed becomes a new one, and so do its slots."""
    form.version, form.gone = "", []
    rows = form.slots
    for row in rows:
        row.code = row.version = row.was = ""
    form.put_slots(rows)


def slot_in_words(slot: PlannedSlot) -> str:
    """« jeudi 21 octobre 2027, 9 h à 10 h, Salle des Lilas, 12 places »."""
    day, hours = format_day(slot.starts_at), format_time_range(slot.starts_at, slot.ends_at)
    seats = ngettext("%(num)s place en tout", "%(num)s places en tout", slot.seats) if slot.seats else _("entrée libre")
    return ", ".join(filter(None, [day, hours, slot.room, seats]))


def _caught_up(row: SlotRow, stored: dict[str, PlannedSlot]) -> Iterator[SlotRow]:
    if row.code and row.code not in stored:
        if row.is_touched:  # removed by somebody, wanted by the author of this form
            row.code = row.version = row.was = ""
            yield row
    elif row.code and not row.is_touched:
        yield row_of(stored[row.code])
    else:
        row.version = stored[row.code].version if row.code else ""
        yield row


def _in_words(field: str, value: object, choices: Choices) -> str:
    if field in FACETS:
        return next((str(label.name) for label in choices.labels[field] if label.slug == value), "")
    if field == "speakers" and isinstance(value, tuple):
        return ", ".join(choices.speakers[code].name for code in value if code in choices.speakers)
    if field == "links" and isinstance(value, tuple):
        return "\n".join(" ".join(link).strip() for link in value)
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    return str(value)

"""The buttons inside an activity's form: each changes the form as it was typed, and writes nothing."""

from collections.abc import Callable

from scheduling.domain.activity_choices import Choices
from scheduling.domain.planned_activity import PlannedActivity
from scheduling.routes.activity_form import ActivityForm, add_speaker
from scheduling.routes.slot_rows import SlotRow, row_of


def press(form: ActivityForm, choices: Choices, known: PlannedActivity | None) -> dict[str, str]:
    """What the button ``form.do`` asks for; errors by field. A button that means nothing any more does nothing."""
    action, _colon, about = form.do.partition(":")
    if action == "speaker-add":
        sentence = add_speaker(form, choices)
        return {"speaker": sentence} if sentence else {}
    if action == "slot-back":
        _take_back(form, about, known)
    elif action in _BUTTONS:
        _BUTTONS[action](form, int(about) if about.isascii() and about.isdigit() else 0)
    return {}


def _move_speaker(form: ActivityForm, number: int, by: int) -> None:
    if 0 <= number < len(form.speakers) and 0 <= number + by < len(form.speakers):
        form.speakers.insert(number + by, form.speakers.pop(number))


def _drop_speaker(form: ActivityForm, number: int) -> None:
    del form.speakers[number : number + 1]


def _add_link(form: ActivityForm, _number: int) -> None:
    form.put_links([*form.links, ("", "")])


def _drop_link(form: ActivityForm, number: int) -> None:
    form.put_links([link for place, link in enumerate(form.links) if place != number])


def _add_slot(form: ActivityForm, _number: int) -> None:
    last = form.slots[-1] if form.slots else SlotRow()
    form.put_slots([*form.slots, SlotRow(day=last.day, room=last.room, seats=last.seats)])


def _drop_slot(form: ActivityForm, number: int) -> None:
    rows = form.slots
    form.gone += [f"{row.code} {row.version}" for row in rows[number : number + 1] if row.code]
    form.put_slots([row for place, row in enumerate(rows) if place != number])


def _take_back(form: ActivityForm, code: str, known: PlannedActivity | None) -> None:
    form.gone = [each for each in form.gone if each.partition(" ")[0] != code]
    there = {row.code for row in form.slots}
    back = [row_of(slot) for slot in known.slots if slot.code == code not in there] if known else []
    form.put_slots([*form.slots, *back])


_BUTTONS: dict[str, Callable[[ActivityForm, int], None]] = {
    "speaker-up": lambda form, number: _move_speaker(form, number, -1),
    "speaker-down": lambda form, number: _move_speaker(form, number, 1),
    "speaker-drop": _drop_speaker,
    "link-add": _add_link,
    "link-drop": _drop_link,
    "slot-add": _add_slot,
    "slot-drop": _drop_slot,
}

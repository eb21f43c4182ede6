"""The form of a room: its fields, their words, and what it is to say."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.forms import Form, OneLine, Paragraphs, WholeNumber
from scheduling.domain.rooms import LARGEST_NUMBER, Room, RoomTexts

STEP_FREE = {True: "yes", False: "no", None: "unknown"}
_SAID = {words: value for value, words in STEP_FREE.items()}
LABELS = {
    "name": N_("Nom de la salle"),
    "name_en": N_("Nom en anglais"),
    "venue": N_("Lieu (bâtiment)"),
    "capacity": N_("Personnes au plus"),
    "workstations": N_("Postes informatiques"),
    "equipment_fr": N_("Équipement"),
    "equipment_en": N_("Équipement, en anglais"),
    "step_free": N_("Entre-t-on sans monter de marche?"),
    "after": N_("Place dans la liste"),
}


class RoomForm(Struct, frozen=True):
    """As it is sent; ``after`` is the number of the room that stands before it, 0 for none."""

    name: OneLine
    name_en: OneLine = OneLine("")
    venue: OneLine = OneLine("")
    capacity: WholeNumber | None = None
    workstations: WholeNumber | None = None
    equipment_fr: Paragraphs = Paragraphs("")
    equipment_en: Paragraphs = Paragraphs("")
    step_free: Literal["yes", "no", "unknown"] = "unknown"
    after: Annotated[int, Meta(ge=0, le=LARGEST_NUMBER)] = 0
    version: str = ""

    @property
    def said(self) -> RoomTexts:
        """What it says of the room."""
        facts = {name: getattr(self, name) for name in RoomTexts.__struct_fields__}
        return RoomTexts(**{**facts, "step_free": _SAID[self.step_free]})


def typed_of(room: Room) -> dict[str, str]:
    """What the form shows of a room before anybody has typed."""
    facts = {name: getattr(room, name) for name in LABELS if hasattr(room, name)}
    texts = {name: "" if value is None else str(value) for name, value in facts.items()}
    return {**texts, "step_free": STEP_FREE[room.step_free], "version": room.version}


def spoken(room: Room) -> dict[str, str]:
    """Yes and no in words."""
    return {"step_free": {True: _("Oui"), False: _("Non"), None: _("On ne sait pas encore")}[room.step_free]}


def before(rooms: list[Room], number: int) -> int:
    """The number of the room that stands before this one, 0 for the first; for a new one that of the last."""
    numbers = [0, *(room.id for room in rooms)]
    return numbers[numbers.index(number) - 1] if number in numbers else numbers[-1]


def typed_in(form: Form[RoomForm]) -> dict[str, str]:
    """What was typed, for the page to show it again."""
    return {name: str(form[name]) for name in (*LABELS, "version")}

"""The form of an aisle, an entrance, an obstacle or a label."""

from typing import Annotated

from msgspec import Meta, Struct

from digital_days.kernel.i18n import N_
from digital_days.kernel.web.forms import Form, OneLine
from exhibitors.domain.floor_plan import Shape, ShapeKind
from exhibitors.domain.lengths import metres
from exhibitors.domain.plan_pieces import NotAPiece, ShapeFacts
from exhibitors.routes.plan_booth_form import LENGTHS
from exhibitors.routes.typed_lengths import lengths_in

_Label = Annotated[OneLine, Meta(max_length=120)]
LABELS = {
    "kind": N_("Genre"),
    "label_fr": N_("Texte"),
    "label_en": N_("Texte en anglais"),
    "x": N_("À partir de la gauche (m)"),
    "y": N_("À partir du haut (m)"),
    "width": N_("Largeur (m)"),
    "depth": N_("Profondeur (m)"),
}


class ShapeForm(Struct, frozen=True):
    """As it is sent; lengths in metres."""

    kind: ShapeKind
    x: str
    y: str
    width: str
    depth: str
    label_fr: _Label = OneLine("")
    label_en: _Label = OneLine("")
    version: str = ""


def facts_in(form: Form[ShapeForm]) -> ShapeFacts | None:
    """None where something does not fit: then the form says what."""
    lengths = lengths_in(form, *LENGTHS)
    if form.value is None:
        return None
    said = form.value
    try:
        return ShapeFacts(kind=said.kind, label_fr=said.label_fr, label_en=said.label_en, **lengths)
    except NotAPiece as refusal:
        form.refuse("", str(refusal))
        return None


def typed_of(shape: Shape) -> dict[str, str]:
    """What the form shows of a shape before anybody has typed."""
    texts = {name: str(getattr(shape, name)) for name in ("kind", "label_fr", "label_en", "version")}
    return {**texts, **{name: metres(getattr(shape, name)) for name in LENGTHS}}


def typed_in(form: Form[ShapeForm]) -> dict[str, str]:
    """What was typed, for the page to show it again."""
    return {name: str(form[name]) for name in (*LABELS, "version")}

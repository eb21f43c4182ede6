"""The form of a booth: its fields, their words, and what it says."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.forms import Form, OneLine
from exhibitors.domain.categories import Category
from exhibitors.domain.floor_plan import Booth
from exhibitors.domain.lengths import metres
from exhibitors.domain.plan_pieces import BoothFacts, NotAPiece
from exhibitors.routes.typed_lengths import lengths_in

LENGTHS = ("x", "y", "width", "depth")
LABELS = {
    "number": N_("Numéro"),
    "x": N_("À partir de la gauche (m)"),
    "y": N_("À partir du haut (m)"),
    "width": N_("Largeur (m)"),
    "depth": N_("Profondeur (m)"),
    "category": N_("Catégorie"),
    "power": N_("Électricité"),
    "network": N_("Réseau filaire"),
    "step_free": N_("Accessible sans marche"),
    "note": N_("Note pour l’équipe"),
}


class BoothForm(Struct, frozen=True):
    """As it is sent; lengths in metres. An empty number is the next one."""

    x: str
    y: str
    width: str
    depth: str
    number: Annotated[OneLine, Meta(max_length=12)] = OneLine("")
    category: str = ""
    power: bool = False
    network: bool = False
    step_free: bool = False
    note: Annotated[OneLine, Meta(max_length=500)] = OneLine("")
    version: str = ""


def facts_in(form: Form[BoothForm], categories: Sequence[Category]) -> BoothFacts | None:
    """None where something does not fit: then the form says what."""
    lengths = lengths_in(form, *LENGTHS)
    if str(form["category"]) not in ("", *(category.code for category in categories)):
        form.refuse("category", _("Cette catégorie n’existe pas, ou n’existe plus."))
    if form.value is None:
        return None
    said = {name: getattr(form.value, name) for name in LABELS if name not in LENGTHS}
    try:
        return BoothFacts(**said, **lengths)
    except NotAPiece as refusal:
        form.refuse("", str(refusal))
        return None


def typed_of(booth: Booth) -> dict[str, str]:
    """What the form shows of a booth before anybody has typed."""
    texts = {name: str(getattr(booth, name)) for name in ("number", "category", "note", "version")}
    boxes = {name: "yes" if getattr(booth, name) else "" for name in ("power", "network", "step_free")}
    return {**texts, **boxes, **{name: metres(getattr(booth, name)) for name in LENGTHS}}


def typed_in(form: Form[BoothForm]) -> dict[str, str]:
    """What was typed, for the page to show it again."""
    return {name: str(form[name]) for name in (*LABELS, "version")}


def spoken(booth: Booth) -> Mapping[str, str]:
    """What its boxes and its category say, in words."""
    boxes = {name: _("Oui") if getattr(booth, name) else _("Non") for name in ("power", "network", "step_free")}
    return {**boxes, "category": booth.category_name or _("Toutes les catégories")}

"""The form of a category: its fields, their words, and what it is to say."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.changed_meanwhile import differences
from digital_days.kernel.web.forms import Form, OneLine, Paragraphs
from exhibitors.domain.categories import Category
from exhibitors.domain.category_writing import CategoryTexts
from exhibitors.routes.typed_amount import price_beside, read_price, typed_cents

Name = Annotated[OneLine, Meta(max_length=120)]
LABELS = {
    "name_fr": N_("Nom de la catégorie"),
    "name_en": N_("Nom en anglais"),
    "conditions_fr": N_("Pour qui, à quelles conditions"),
    "conditions_en": N_("Conditions en anglais"),
    "price": N_("Prix d’un kiosque, avant taxes"),
    "needs_insurance": N_("Faut-il une preuve d’assurance?"),
    "after": N_("Place dans la liste"),
}
NEW = {**dict.fromkeys(LABELS, ""), "needs_insurance": "yes", "version": ""}
"""Before anybody has typed."""


class CategoryForm(Struct, frozen=True):
    """As it is sent; ``after`` is the code of the one that stands before it, empty for none."""

    name_fr: Name
    price: str
    needs_insurance: Literal["yes", "no"]
    name_en: Name = OneLine("")
    conditions_fr: Paragraphs = Paragraphs("")
    conditions_en: Paragraphs = Paragraphs("")
    after: str = ""
    version: str = ""


def said_in(form: Form[CategoryForm]) -> CategoryTexts | None:
    """What it says of the category; none where something is wrong, which the form then tells."""
    cents = read_price(form)
    if form.value is None or cents is None:
        return None
    texts = {name: getattr(form.value, name) for name in ("name_fr", "name_en", "conditions_fr", "conditions_en")}
    return CategoryTexts(**texts, price_cents=cents, needs_insurance=form.value.needs_insurance == "yes")


def typed_of(category: Category) -> dict[str, str]:
    """What the form shows before anybody has typed, except its place."""
    texts = {name: getattr(category, name) for name in LABELS if hasattr(category, name)}
    insurance = "yes" if category.needs_insurance else "no"
    return {**texts, "needs_insurance": insurance, "price": typed_cents(category.price_cents)}


def typed_in(form: Form[CategoryForm]) -> dict[str, str]:
    """What was typed, for the page to show it again."""
    return {name: str(form[name]) for name in (*LABELS, "version")}


def said_meanwhile(form: Form[CategoryForm], category: Category) -> list[tuple[str, str]]:
    """Label and stored value of all that differs from what was typed, in words."""
    stored = {**typed_of(category), "price": price_beside(form, category.price_cents)}
    return differences(form, stored, LABELS, {"needs_insurance": _("Oui") if category.needs_insurance else _("Non")})

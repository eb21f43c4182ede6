"""The forms of a category and of what may be rented: their fields, their words, and what they are to say."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Protocol

from msgspec import Meta, Struct

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.money import read_money
from digital_days.kernel.web.forms import Form, OneLine, Paragraphs, T, WholeNumber
from exhibitors.domain.categories import Category
from exhibitors.domain.category_editing import CategoryTexts
from exhibitors.domain.extra_editing import Extra, ExtraTexts
from exhibitors.routes.typed_amount import typed_cents

Name = Annotated[OneLine, Meta(max_length=120)]
CATEGORY = {
    "name_fr": N_("Nom de la catégorie"),
    "name_en": N_("Nom en anglais"),
    "price": N_("Prix du kiosque, avant taxes"),
    "needs_insurance": N_("Preuve d’assurance"),
    "conditions_fr": N_("Conditions"),
    "conditions_en": N_("Conditions, en anglais"),
    "after": N_("Place dans la liste"),
}
EXTRA = {
    "name_fr": N_("Ce qui se loue"),
    "name_en": N_("Le même, en anglais"),
    "price": N_("Prix à l’unité, avant taxes"),
    "stock": N_("Quantité en tout"),
    "after": N_("Place dans la liste"),
}
NO_AMOUNT = N_("Écrivez un montant, par exemple 250,00; 0 si c’est gratuit.")


class CategoryForm(Struct, frozen=True):
    """As it is sent; ``after`` is the code of the one that stands before it, empty for none."""

    name_fr: Name
    price: str
    name_en: Name = OneLine("")
    conditions_fr: Paragraphs = Paragraphs("")
    conditions_en: Paragraphs = Paragraphs("")
    needs_insurance: bool = False
    after: str = ""
    version: str = ""

    @property
    def said(self) -> CategoryTexts:
        """What it says of the category; the price has been checked."""
        return CategoryTexts(
            name_fr=self.name_fr,
            name_en=self.name_en,
            conditions_fr=self.conditions_fr,
            conditions_en=self.conditions_en,
            price_cents=read_money(self.price) or 0,
            needs_insurance=self.needs_insurance,
        )


class ExtraForm(Struct, frozen=True):
    """As it is sent; without ``stock`` there are as many as are asked for."""

    name_fr: Name
    price: str
    name_en: Name = OneLine("")
    stock: WholeNumber | None = None
    after: str = ""
    version: str = ""

    @property
    def said(self) -> ExtraTexts:
        """What it says; the price has been checked."""
        price = read_money(self.price) or 0
        return ExtraTexts(name_fr=self.name_fr, name_en=self.name_en, price_cents=price, stock=self.stock)


class Coded(Protocol):
    """Whatever stands in an order under a code."""

    @property
    def code(self) -> str:
        """Its code."""


def check_price(form: Form[T]) -> None:
    """An amount, or an error beside the field."""
    if "price" not in form.errors and read_money(str(form["price"])) is None:
        form.refuse("price", _(NO_AMOUNT))


def typed_of(stored: Category | Extra) -> dict[str, str]:
    """What the form shows before anybody has typed."""
    names = CATEGORY if isinstance(stored, Category) else EXTRA
    facts = {name: getattr(stored, name) for name in names if hasattr(stored, name)}
    texts = {name: "" if value is None else str(value) for name, value in facts.items()}
    if isinstance(stored, Category):
        texts["needs_insurance"] = "yes" if stored.needs_insurance else ""
    return {**texts, "price": typed_cents(stored.price_cents), "version": stored.version}


def typed_in(form: Form[T], names: Mapping[str, str]) -> dict[str, str]:
    """What was typed, for the page to show it again."""
    return {name: str(form[name]) for name in (*names, "version")}


def before(listed: Sequence[Coded], code: str) -> str:
    """The code of the one that stands before this one, empty for the first; for a new one that of the last."""
    codes = ["", *(each.code for each in listed)]
    return codes[codes.index(code) - 1] if code in codes[1:] else codes[-1]

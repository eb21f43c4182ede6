"""The form of what may be rented with a booth: its fields, their words, and what it is to say."""

from typing import Annotated

from msgspec import Meta, Struct

from digital_days.kernel.i18n import N_
from digital_days.kernel.web.changed_meanwhile import differences
from digital_days.kernel.web.forms import Form, OneLine, WholeNumber
from exhibitors.domain.extra_writing import ExtraTexts
from exhibitors.domain.extras import Extra
from exhibitors.routes.typed_amount import price_beside, read_price, typed_cents

Name = Annotated[OneLine, Meta(max_length=120)]
LABELS = {
    "name_fr": N_("Nom du supplément"),
    "name_en": N_("Nom en anglais"),
    "price": N_("Prix à l’unité, avant taxes"),
    "stock": N_("Combien en tout"),
    "after": N_("Place dans la liste"),
}
NEW = {**dict.fromkeys(LABELS, ""), "version": ""}
"""Before anybody has typed."""
MOST_CENTS = 1_000_000
"""Times the most that may be rented it is still an amount that the database keeps."""


class ExtraForm(Struct, frozen=True):
    """As it is sent; ``after`` is the code of the one that stands before it, empty for none."""

    name_fr: Name
    price: str
    name_en: Name = OneLine("")
    stock: WholeNumber | None = None
    after: str = ""
    version: str = ""


def said_in(form: Form[ExtraForm]) -> ExtraTexts | None:
    """What it says of the extra; none where something is wrong, which the form then tells."""
    cents = read_price(form, most=MOST_CENTS)
    if form.value is None or cents is None:
        return None
    said = form.value
    return ExtraTexts(name_fr=said.name_fr, name_en=said.name_en, price_cents=cents, stock=said.stock)


def typed_of(extra: Extra) -> dict[str, str]:
    """What the form shows before anybody has typed, except its place."""
    stock = "" if extra.stock is None else str(extra.stock)
    return {
        "name_fr": extra.name_fr,
        "name_en": extra.name_en,
        "price": typed_cents(extra.price_cents),
        "stock": stock,
    }


def typed_in(form: Form[ExtraForm]) -> dict[str, str]:
    """What was typed, for the page to show it again."""
    return {name: str(form[name]) for name in (*LABELS, "version")}


def said_meanwhile(form: Form[ExtraForm], extra: Extra) -> list[tuple[str, str]]:
    """Label and stored value of all that differs from what was typed."""
    stored = {**typed_of(extra), "price": price_beside(form, extra.price_cents)}
    return differences(form, stored, LABELS)

"""An amount of money in a form, as ``kernel.money`` reads it back: « 287,44 », "287.44"."""

from digital_days.kernel import i18n
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.money import MOST_CENTS, format_money, read_money
from digital_days.kernel.web.forms import Form, T

NOT_AN_AMOUNT = N_("Écrivez un montant en dollars, par exemple 287,44.")
NOT_A_PRICE = N_("Écrivez un prix en dollars, par exemple 250,00; 0 si c’est gratuit, %(most)s au plus.")


def typed_cents(cents: int) -> str:
    """As a form shows it: « 287,44 » in French, "287.44" in English."""
    text = f"{cents // 100}.{cents % 100:02}"
    return text if i18n.current() == "en" else text.replace(".", ",")


def read_price(form: Form[T], *, most: int = MOST_CENTS) -> int | None:
    """Of the form's field ``price``, in cents; none where something is wrong with it, which the form then tells."""
    if "price" in form.errors:
        return None
    cents = read_money(str(form["price"]))
    if cents is None or cents > most:
        form.refuse("price", _(NOT_A_PRICE, most=format_money(most)))
        return None
    return cents


def price_beside(form: Form[T], cents: int) -> str:
    """A price on record as somebody has typed it, where it is the same amount."""
    typed = str(form["price"])
    return typed if read_money(typed) == cents else typed_cents(cents)

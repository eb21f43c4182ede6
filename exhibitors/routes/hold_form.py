"""The form of an option: how many of each extra, the conditions, and what was read before it was sent."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from digital_days.kernel.i18n import N_, _
from exhibitors.domain.booth_extras import MOST, BoothExtra
from exhibitors.domain.confirming import Read

NO_NUMBER = N_("Écrivez un nombre entier, de 0 à %(most)s.")
TOO_MANY = N_("Il en reste %(most)s : baissez la quantité.")
AGREE = N_("Acceptez les conditions pour réserver.")


class HoldForm(Struct, frozen=True, kw_only=True):
    """``quantities`` by the extra's code, as far as they are understood; ``errors`` by field."""

    quantities: dict[str, int]
    typed: dict[str, str]
    errors: dict[str, str]
    read: Read


def field_of(extra: BoothExtra) -> str:
    """What the form calls it."""
    return f"extra-{extra.code}"


def read_hold_form(sent: Mapping[str, str], extras: Sequence[BoothExtra], *, agrees: bool = False) -> HoldForm:
    """What was typed; what was not sent is as the exhibitor has it. ``agrees``: the conditions must be accepted."""
    typed = {extra.code: sent.get(field_of(extra), str(extra.had)).strip() or "0" for extra in extras}
    quantities: dict[str, int] = {}
    errors: dict[str, str] = {}
    for extra in extras:
        text = typed[extra.code]
        if not (text.isascii() and text.isdigit() and len(text) < 5 and int(text) <= MOST):
            errors[field_of(extra)] = _(NO_NUMBER, most=MOST)
        else:
            quantities[extra.code] = int(text)
            if int(text) > extra.most:
                errors[field_of(extra)] = _(TOO_MANY, most=extra.most)
    if agrees and not sent.get("agree"):
        errors["agree"] = _(AGREE)
    total = sent.get("total", "")
    is_amount = total.isascii() and total.isdigit() and len(total) < 10
    read = Read(booth_version=sent.get("version", ""), total_cents=int(total) if is_amount else 0)
    return HoldForm(quantities=quantities, typed=typed, errors=errors, read=read)

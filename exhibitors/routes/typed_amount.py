"""An amount of money in a form, as ``kernel.money`` reads it back: « 287,44 », "287.44"."""

from digital_days.kernel import i18n
from digital_days.kernel.i18n import N_

NOT_AN_AMOUNT = N_("Écrivez un montant en dollars, par exemple 287,44.")


def typed_cents(cents: int) -> str:
    """As a form shows it: « 287,44 » in French, "287.44" in English."""
    text = f"{cents // 100}.{cents % 100:02}"
    return text if i18n.current() == "en" else text.replace(".", ",")

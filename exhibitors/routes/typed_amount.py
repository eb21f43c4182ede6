"""An amount of money as people type it: « 287,44 », « 1 250 $ », "287.44"."""

import re

from digital_days.kernel import i18n
from digital_days.kernel.i18n import N_

NOT_AN_AMOUNT = N_("Écrivez un montant en dollars, par exemple 287,44.")

_AMOUNT = re.compile(r"(?P<dollars>\d{1,6})(?:[.,](?P<cents>\d{1,2}))?")
_LEFT_OUT = re.compile(r"[\s$]")


def cents_of(text: str) -> int | None:
    """In cents, up to 999 999,99 $; none where it is no amount, also where it is negative."""
    typed = _AMOUNT.fullmatch(_LEFT_OUT.sub("", text))
    if typed is None or not typed[0].isascii():
        return None
    return 100 * int(typed["dollars"]) + int((typed["cents"] or "").ljust(2, "0"))


def typed_cents(cents: int) -> str:
    """As a form shows it: « 287,44 » in French, "287.44" in English."""
    text = f"{cents // 100}.{cents % 100:02}"
    return text if i18n.current() == "en" else text.replace(".", ",")

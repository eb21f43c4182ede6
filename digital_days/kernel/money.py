"""Amounts in cents, as people read and type them."""

import re

from digital_days.kernel import i18n

MOST_CENTS = 100_000_000
"""A million dollars: whatever is more was mistyped."""

_SPACES = re.compile(r"\s")
_AMOUNT = re.compile(r"\$?(?P<dollars>[0-9]{1,7}|[0-9]{1,3}(?:,[0-9]{3})+(?=\.))(?:[.,](?P<cents>[0-9]{1,2}))?\$?")


def format_money(cents: int) -> str:
    """« 1 234,50 $ », with no-break spaces; « $1,234.50 » in English. Negative amounts with a minus sign."""
    sign, whole, rest = "\N{MINUS SIGN}" if cents < 0 else "", abs(cents) // 100, abs(cents) % 100
    if i18n.current() == "en":
        return f"{sign}${whole:,}.{rest:02}"
    spaced = f"{whole:,}".replace(",", "\N{NO-BREAK SPACE}")
    return f"{sign}{spaced},{rest:02}\N{NO-BREAK SPACE}$"


def read_money(text: str) -> int | None:
    """Cents of « 250 », « 1 234,5 $ », « $1,234.50 »; none for what is no amount, negative, or above ``MOST_CENTS``."""
    typed = _AMOUNT.fullmatch(_SPACES.sub("", text))
    if typed is None:
        return None
    cents = 100 * int(typed["dollars"].replace(",", "")) + int((typed["cents"] or "").ljust(2, "0"))
    return cents if cents <= MOST_CENTS else None

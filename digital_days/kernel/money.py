"""Amounts in cents, as people read them."""

from digital_days.kernel import i18n


def format_money(cents: int) -> str:
    """« 1 234,50 $ », with no-break spaces; « $1,234.50 » in English. Negative amounts with a minus sign."""
    sign, whole, rest = "\N{MINUS SIGN}" if cents < 0 else "", abs(cents) // 100, abs(cents) % 100
    if i18n.current() == "en":
        return f"{sign}${whole:,}.{rest:02}"
    spaced = f"{whole:,}".replace(",", "\N{NO-BREAK SPACE}")
    return f"{sign}{spaced},{rest:02}\N{NO-BREAK SPACE}$"

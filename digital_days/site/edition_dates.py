"""When an edition takes place, in as few words as it takes."""

from datetime import date, timedelta

from babel.dates import format_date as babel_date

from digital_days.kernel import i18n
from digital_days.kernel.i18n import format_date, format_day


def dates(starts_on: date, ends_on: date) -> str:
    """« 21 et 22 octobre 2027 », « du 21 au 24 octobre 2027 »; one day with its name."""
    if starts_on == ends_on:
        return format_day(starts_on)
    return _english(starts_on, ends_on) if i18n.current() == "en" else _french(starts_on, ends_on)


def _french(starts_on: date, ends_on: date) -> str:
    first = "1er" if starts_on.day == 1 else str(starts_on.day)
    if starts_on.year != ends_on.year:
        first = format_date(starts_on)
    elif starts_on.month != ends_on.month:
        first += "\N{NO-BREAK SPACE}" + babel_date(starts_on, "MMMM", locale="fr_CA")
    if ends_on - starts_on == timedelta(days=1):
        return f"{first} et {format_date(ends_on)}"
    return f"du {first} au {format_date(ends_on)}"


def _english(starts_on: date, ends_on: date) -> str:
    if (starts_on.year, starts_on.month) != (ends_on.year, ends_on.month):
        return f"{format_date(starts_on)} to {format_date(ends_on)}"
    word = "and" if ends_on - starts_on == timedelta(days=1) else "to"
    return babel_date(starts_on, "MMMM d", locale="en_CA") + f" {word} {ends_on.day}, {ends_on.year}"

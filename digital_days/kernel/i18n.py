"""French first: the reader's language decides at the moment of showing."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from math import ceil
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date as babel_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal as babel_decimal

from digital_days.kernel.typography import french_spaces

Locale = Literal["fr", "en"]
LOCALES: tuple[Locale, ...] = ("fr", "en")
TORONTO = ZoneInfo("America/Toronto")
CATALOGUES = Path(__file__).parent / "locale"

_current: ContextVar[Locale] = ContextVar("locale", default="fr")


def current() -> Locale:
    """The language of the page or message being made; French unless ``use`` says otherwise."""
    return _current.get()


@contextmanager
def use(locale: Locale) -> Iterator[None]:
    """Speaks this language inside the block, in this task only."""
    token = _current.set(locale)
    try:
        yield
    finally:
        _current.reset(token)


def speak(locale: Locale) -> None:
    """Speaks this language for the rest of the request, its error included."""
    _current.set(locale)


def as_locale(text: str) -> Locale:
    """English when the text says so, French for everything else."""
    return "en" if text == "en" else "fr"


@lru_cache
def translations(locale: Locale) -> NullTranslations:
    """The catalogue, compiled in memory from the .po file; French needs none, it is the source."""
    if locale == "fr":
        return NullTranslations()
    with (CATALOGUES / locale / "LC_MESSAGES" / "digital_days.po").open("rb") as po:
        catalogue = read_po(po, locale=locale)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


@lru_cache(maxsize=4096)
def _translate(message: str, locale: Locale) -> str:
    return french_spaces(message) if locale == "fr" else translations(locale).gettext(message)


@lru_cache(maxsize=4096)
def _translate_plural(singular: str, plural: str, count: int, locale: Locale) -> str:
    if locale == "fr":  # in French zero and one are singular
        return french_spaces(singular if abs(count) < 2 else plural)
    return translations(locale).ngettext(singular, plural, count)


def _(message: str, **params: object) -> str:
    """The message in the current language, its ``%(name)s`` filled."""
    text = _translate(message, current())
    return text % params if params else text


def ngettext(singular: str, plural: str, count: int, **params: object) -> str:
    """The form for this count (also available as ``%(num)s``), in the current language."""
    return plural_form(singular, plural, count) % {"num": count, **params}


def plural_form(singular: str, plural: str, count: int) -> str:
    """The form for this count, its placeholders still open."""
    return _translate_plural(singular, plural, count, current())


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Marks a message for the catalogue and returns it untranslated."""
    return message


def lang_of(french: str, english: str) -> str:
    """For a ``lang`` attribute where ``localized`` falls back on French; empty otherwise."""
    return "fr" if current() == "en" and french and not english else ""


def localized(french: str, english: str) -> str:
    """The text in the reader's language, or in the other where only that exists."""
    if current() == "en" and english:
        return english
    return french_spaces(french) if french else english


def format_day(day: date) -> str:
    """« jeudi 21 octobre 2027 », "Thursday, October 21, 2027"."""
    local = _local_date(day)
    if current() == "en":
        return _spelled(local, "EEEE, MMMM d, y", "en_CA")
    return _spelled(local, "EEEE", "fr_CA") + " " + _french_date(local)


def format_date(day: date) -> str:
    """« 1er octobre 2027 », "October 1, 2027"."""
    local = _local_date(day)
    return _spelled(local, "MMMM d, y", "en_CA") if current() == "en" else _french_date(local)


def format_time(moment: datetime) -> str:
    """« 13 h 30 » with no-break spaces, "1:30 p.m."; in the county's time zone."""
    local = moment.astimezone(TORONTO)
    if current() == "en":
        return f"{local.hour % 12 or 12}:{local.minute:02}\N{NO-BREAK SPACE}{'a.m.' if local.hour < 12 else 'p.m.'}"
    minutes = f"\N{NO-BREAK SPACE}{local.minute:02}" if local.minute else ""
    return f"{local.hour}\N{NO-BREAK SPACE}h{minutes}"


def format_time_range(start: datetime, end: datetime) -> str:
    """« 9 h à 10 h 30 », "9:00 a.m. to 10:30 a.m."."""
    word = "to" if current() == "en" else "à"
    return f"{format_time(start)} {word} {format_time(end)}"


def format_decimal(number: float) -> str:
    """« 1,25 », "1.25": two decimals at most."""
    return babel_decimal(number, "#,##0.##", locale=f"{current()}_CA")


def format_duration(time: timedelta) -> str:
    """« 1 h 30 », « 45 min », "1 h 30 min"; whole minutes."""
    hours, minutes = divmod(int(time.total_seconds()) // 60, 60)
    unit = "" if hours and current() == "fr" else "min"
    said = [f"{hours} h"] if hours else []
    if minutes or not hours:
        said.append(f"{minutes:02} {unit}".strip() if hours else f"{minutes} min")
    return " ".join(said).replace(" ", "\N{NO-BREAK SPACE}")


def format_time_left(time: timedelta) -> str:
    """« 3 heures », « 1 heure 25 minutes », « 12 minutes »: beside the exact time, rounded down as it grows longer.

    A minute that has begun counts: twelve hours are still twelve when the sentence is read at once.
    """
    minutes = max(1, ceil(time.total_seconds() / 60))
    hours, minutes = divmod(minutes - minutes % 5 if minutes > 60 else minutes, 60)
    said = [ngettext("%(num)s heure", "%(num)s heures", hours)] if hours else []
    if minutes and hours < 6:
        said.append(ngettext("%(num)s minute", "%(num)s minutes", minutes))
    return " ".join(said).replace(" ", "\N{NO-BREAK SPACE}")


def _french_date(day: date) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}\N{NO-BREAK SPACE}{_spelled(day, 'MMMM y', 'fr_CA')}"


@lru_cache(maxsize=512)  # an event has few days, which stand in every mail and on every page
def _spelled(day: date, pattern: str, locale: str) -> str:
    return babel_date(day, pattern, locale=locale)


def _local_date(day: date) -> date:
    return day.astimezone(TORONTO).date() if isinstance(day, datetime) else day

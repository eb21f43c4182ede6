"""Words that several public pages share."""

from datetime import date

from babel import Locale

from digital_days.kernel.i18n import N_, _, current, format_day

_GIVEN_IN = {
    "fr": N_("En français"),
    "en": N_("En anglais"),
    "bi": N_("En français et en anglais"),
}


def language_name(code: str) -> str:
    """« Français », « Allemand »; the code itself where nobody has a name for it."""
    name: str = Locale.parse(current()).languages.get(code.partition("-")[0], code)
    return name[:1].upper() + name[1:]


def given_in(code: str) -> str:
    """« En français »; the bare name for languages other than the county's two."""
    return _(_GIVEN_IN[code]) if code in _GIVEN_IN else language_name(code)


def day_name(day: date) -> str:
    """« jeudi 21 octobre »: the year stands at the top of the page."""
    return format_day(day).removesuffix(str(day.year)).rstrip(" ,\N{NO-BREAK SPACE}")

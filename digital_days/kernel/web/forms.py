"""Forms: every field converted by itself, so that every mistake is told at once, beside its field."""

import re
from collections.abc import Callable
from datetime import date, time
from types import NoneType, UnionType
from typing import Annotated, Any, Generic, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from litestar.datastructures import FormMultiDict
from msgspec import Struct

from digital_days.kernel.errors import Refusal
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.people import email_address, person_name
from digital_days.kernel.web.pages import PageRequest

T = TypeVar("T", bound=Struct)


EmailAddress = NewType("EmailAddress", str)  # a field of this type holds a checked address, or an error
OneLine = NewType("OneLine", str)  # a field of this type holds one line of 1 to 200 characters, or as Meta says
YourName = NewType("YourName", str)  # the same, as the person's own name
Paragraphs = NewType("Paragraphs", str)  # several lines
WholeNumber = NewType("WholeNumber", int)  # 0 to 100 000


class Form(Struct, Generic[T]):
    """What was typed, what is wrong with it by field, and the value when nothing is."""

    typed: dict[str, str | list[str]]
    errors: dict[str, str]
    value: T | None

    def __getitem__(self, name: str) -> str | list[str]:
        return self.typed.get(name, "")

    def refuse(self, field: str, sentence: str) -> None:
        """An error found after reading; ``field`` "" is the whole form."""
        self.errors[field] = sentence
        self.value = None


_LINE = 200
_TEXT = 20_000
_LARGEST = 100_000
_YEARS = range(2000, 2201)
REQUIRED = N_("Ce renseignement est nécessaire.")
_REQUIRED_OF = {
    YourName: N_("Écrivez votre nom."),
    EmailAddress: N_("Écrivez votre adresse courriel."),
}
TOO_LONG = N_("C’est trop long : %(most)s caractères au plus.")
_NAME_TOO_LONG = N_("Votre nom est trop long : %(most)s caractères au plus.")
NOT_UNDERSTOOD = N_("Cette réponse ne convient pas.")
_NO_NUMBER = N_("Écrivez un nombre entier, par exemple 40.")
_NO_DAY = N_("Écrivez une date complète, par exemple 2027-10-21.")
_CLOCK = re.compile(
    r"(?P<hour>[01]?\d|2[0-3])\s*(?:h|:)\s*(?P<minute>[0-5]\d)?(?::\d\d)?"
)  # as browsers and as people do
_NO_TIME = N_("Écrivez une heure, par exemple 13 h 30.")


async def read_form(request: PageRequest, kind: type[T]) -> Form[T]:
    """Reads the fields of ``kind`` from the request; unknown fields are ignored."""
    return parse(await request.form(), kind)


def parse(data: FormMultiDict, kind: type[T]) -> Form[T]:
    """Converts each field by its type: text, whole number, checkbox (bool), several (list), address."""
    typed: dict[str, str | list[str]] = {}
    errors: dict[str, str] = {}
    values: dict[str, Any] = {}
    hints = get_type_hints(kind, include_extras=True)
    for field in msgspec.structs.fields(kind):
        several = [str(value).replace("\x00", "") for value in data.getall(field.name, [])]  # no database keeps it
        hint = hints[field.name]
        typed[field.name] = several if hint == list[str] else (several[0] if several else "")
        try:
            values[field.name] = _convert(several, hint, required=field.required)
        except _Wrong as wrong:
            errors[field.name] = str(wrong)
    value = kind(**{k: v for k, v in values.items() if v is not None}) if not errors else None
    return Form(typed=typed, errors=errors, value=value)


class _Wrong(Exception):
    pass


def _convert(several: list[str], hint: Any, *, required: bool) -> Any:
    if hint == list[str]:
        return several
    text = several[0].strip() if several else ""
    if hint is bool:
        return bool(text)
    if text:
        hint = _without_none(hint)
        return _CONVERTERS.get(_bare(hint), _by_type)(text, hint)
    if required:
        raise _Wrong(_(_REQUIRED_OF.get(hint, REQUIRED)))
    return None


def _without_none(hint: Any) -> Any:
    others = [each for each in get_args(hint) if each is not NoneType]
    return others[0] if get_origin(hint) in (Union, UnionType) and len(others) == 1 else hint


def _bare(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def _one_line(text: str, hint: Any) -> OneLine:
    line = person_name(text)
    most = next((meta.max_length for meta in getattr(hint, "__metadata__", ())), _LINE)
    if len(line) > most:
        raise _Wrong(_(_NAME_TOO_LONG if hint is YourName else TOO_LONG, most=most))
    if not line:
        raise _Wrong(_(_REQUIRED_OF.get(hint, REQUIRED)))
    return OneLine(line)


def _address(text: str, _hint: Any) -> EmailAddress:
    try:
        return EmailAddress(email_address(text))
    except Refusal as refusal:
        raise _Wrong(str(refusal)) from None


def _paragraphs(text: str, _hint: Any) -> Paragraphs:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    if len(lines) > _TEXT:
        raise _Wrong(_(TOO_LONG, most=_TEXT))
    return Paragraphs(lines)


def _whole_number(text: str, _hint: Any) -> WholeNumber:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= _LARGEST):
        raise _Wrong(_(_NO_NUMBER))
    return WholeNumber(int(text))


def _day(text: str, _hint: Any) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _Wrong(_(_NO_DAY)) from None
    if day.year not in _YEARS:
        raise _Wrong(_(_NO_DAY))
    return day


def _time(text: str, _hint: Any) -> time:
    written = _CLOCK.fullmatch(text)
    if written is None:
        raise _Wrong(_(_NO_TIME))
    return time(int(written["hour"]), int(written["minute"] or 0))


def _by_type(text: str, hint: Any) -> Any:
    try:
        return msgspec.convert(text, hint, strict=False)
    except msgspec.ValidationError:
        raise _Wrong(_(NOT_UNDERSTOOD)) from None


_CONVERTERS: dict[Any, Callable[[str, Any], Any]] = {
    OneLine: _one_line,
    YourName: _one_line,
    EmailAddress: _address,
    Paragraphs: _paragraphs,
    WholeNumber: _whole_number,
    date: _day,
    time: _time,
}

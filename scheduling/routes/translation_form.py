"""The form of missing translations: many texts, of which some are saved at a time."""

from itertools import zip_longest

from msgspec import Struct

from digital_days.kernel.i18n import _
from digital_days.kernel.people import person_name
from digital_days.kernel.web.forms import TOO_LONG
from scheduling.domain.translated_texts import PARTS, Key, Text, longest
from scheduling.imports import limits
from scheduling.routes.activity_form import paragraphed


class TranslationForm(Struct):
    """One row a text; ``save`` names what its button saves: nothing for all, a part, or one thing (« room 12 »)."""

    text: list[str] = []
    version: list[str] = []
    english: list[str] = []
    save: str = ""


class Typed(Struct, kw_only=True):
    """A text with what was typed for it; ``note`` is what is wrong, or what has happened."""

    text: Text
    version: str
    english: str = ""
    note: str = ""
    is_saved: bool = False

    @property
    def name(self) -> str:
        """What the form calls it."""
        return " ".join(map(str, self.text.key))

    @property
    def words(self) -> str:
        """« Résumé »."""
        return _(PARTS[self.text.part].texts[self.text.column][1])

    @property
    def is_line(self) -> bool:
        """Whether it fits a field of one line."""
        return longest(self.text.part, self.text.column) < limits.TEXT


def keys_in(form: TranslationForm) -> list[Key]:
    """The texts that the form is about; what names none is left out."""
    found = []
    for name in form.text:
        part, number, column = (*name.split(" "), "", "", "")[:3]
        if part in PARTS and column in PARTS[part].texts and number.isascii() and number.isdigit() and len(number) < 10:
            found.append((part, int(number), column))
    return found


def typed_in(form: TranslationForm, texts: dict[Key, Text]) -> list[Typed]:
    """Row by row, for the texts that there still are."""
    rows = zip_longest(form.text, form.version, form.english, fillvalue="")
    by_name = {" ".join(map(str, key)): text for key, text in texts.items()}
    return [
        _typed(Typed(text=by_name[name], version=version, english=english))
        for name, version, english in rows
        if name in by_name
    ]


def is_chosen(row: Typed, save: str) -> bool:
    """Whether the button that was pressed is about this one, and there is something to save."""
    about = ("", row.text.part, f"{row.text.part} {row.text.id}")
    return save in about and bool(row.english) and row.english != row.text.en


def too_long(row: Typed) -> str:
    """The sentence where it does not fit; else nothing."""
    most = longest(row.text.part, row.text.column)
    return _(TOO_LONG, most=most) if len(row.english) > most else ""


def _typed(row: Typed) -> Typed:
    row.english = person_name(row.english) if row.is_line else paragraphed(row.english)
    return row

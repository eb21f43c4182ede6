"""The form of what an edition says about itself, for a new one and for one that is there."""

from datetime import date, timedelta
from typing import Annotated, TypeVar

from msgspec import Meta, Struct, structs

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.forms import REQUIRED, EmailAddress, Form, OneLine, Paragraphs
from scheduling.domain.edition_settings import EditionTexts

MOST_DAYS = 31
Line = Annotated[OneLine, Meta(max_length=300)]
LABELS = {
    "name_fr": N_("Nom de l’édition"),
    "name_en": N_("Nom en anglais"),
    "starts_on": N_("Premier jour"),
    "ends_on": N_("Dernier jour"),
    "place_fr": N_("Où cela se passe"),
    "place_en": N_("Où cela se passe, en anglais"),
    "tagline_fr": N_("Phrase d’accueil"),
    "tagline_en": N_("Phrase d’accueil, en anglais"),
    "organiser_name": N_("Qui organise"),
    "postal_address": N_("Adresse postale"),
    "contact_email": N_("Adresse courriel où écrire"),
}


class EditionForm(Struct, frozen=True, kw_only=True):
    """As it is sent; ``anyway`` is the word of whoever has read what would no longer fit."""

    name_fr: OneLine
    name_en: OneLine = OneLine("")
    starts_on: date
    ends_on: date | None = None
    place_fr: Line = OneLine("")
    place_en: Line = OneLine("")
    tagline_fr: Line = OneLine("")
    tagline_en: Line = OneLine("")
    organiser_name: OneLine = OneLine("")
    postal_address: Paragraphs = Paragraphs("")
    contact_email: EmailAddress = EmailAddress("")
    anyway: bool = False
    version: str = ""

    @property
    def said(self) -> EditionTexts:
        """What it says of the edition."""
        return EditionTexts(**{name: getattr(self, name) for name in EditionTexts.__struct_fields__})


E = TypeVar("E", bound=EditionForm)


def typed_of(texts: EditionTexts) -> dict[str, str]:
    """What the form shows before anybody has typed."""
    return {name: str(getattr(texts, name)) for name in LABELS}


def typed_in(form: Form[EditionForm]) -> dict[str, str]:
    """What was typed, for the page to show it again."""
    return {name: str(form[name]) for name in (*LABELS, "version")}


def check_days(form: Form[E], *, lasts: timedelta | None = None) -> None:
    """An edition lasts, and not for ever; where nobody says its last day, it ``lasts`` as long as another."""
    if form.value is None:
        return
    if form.value.ends_on is None and lasts is not None:
        form.value = structs.replace(form.value, ends_on=form.value.starts_on + lasts)
    if form.value.ends_on is None:
        form.refuse("ends_on", _(REQUIRED))
        return
    days = (form.value.ends_on - form.value.starts_on).days
    if days < 0:
        form.refuse("ends_on", _("Le dernier jour vient avant le premier."))
    elif days >= MOST_DAYS:
        form.refuse("ends_on", _("Une édition dure au plus %(most)s jours.", most=MOST_DAYS))

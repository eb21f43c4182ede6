"""The words of a message as forms read them, for a message and for a template alike."""

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.forms import TOO_LONG, Form, OneLine, Paragraphs
from scheduling.domain.organiser_messages import LONGEST_BODY, LONGEST_SUBJECT, Texts

Subject = Annotated[OneLine, Meta(max_length=LONGEST_SUBJECT)]
FIELDS = ("subject_fr", "body_fr", "subject_en", "body_en")
LABELS = {
    "to": N_("À qui?"),
    "name": N_("Nom du modèle"),
    "subject_fr": N_("Objet"),
    "body_fr": N_("Message"),
    "subject_en": N_("Objet en anglais"),
    "body_en": N_("Message en anglais"),
}
BOTH = N_("Écrivez l’objet et le message en anglais, ou ni l’un ni l’autre.")


def labels() -> dict[str, str]:
    """In the reader's language."""
    return {name: _(words) for name, words in LABELS.items()}


def look_at_texts(form: Form[Any], edition: Edition) -> None:
    """Not too long; English whole or not at all."""
    for name in ("body_fr", "body_en"):
        if len(str(form[name])) > LONGEST_BODY and name not in form.errors:
            form.refuse(name, _(TOO_LONG, most=LONGEST_BODY))
    written = [bool(str(form[name]).strip()) for name in ("subject_en", "body_en")]
    if edition.opens_english and any(written) and not all(written):
        form.refuse("subject_en" if not written[0] else "body_en", _(BOTH))


def texts_in(form: Form[Any], edition: Edition) -> Texts:
    """What a form without errors says; English only where the edition opens it."""
    value: Any = form.value
    english = edition.opens_english
    return Texts(
        subject_fr=value.subject_fr,
        body_fr=value.body_fr,
        subject_en=value.subject_en if english else "",
        body_en=value.body_en if english else "",
    )


def typed_texts(written: object) -> dict[str, str]:
    """For the form, from whatever has these words."""
    return {name: str(getattr(written, name)) for name in FIELDS}


def typed_in(form: Form[Any]) -> Mapping[str, str]:
    """As it was typed."""
    return {name: str(text) for name, text in form.typed.items()}


NO_TEXTS = dict.fromkeys(FIELDS, "")
NO_PARAGRAPHS = Paragraphs("")
NO_LINE = OneLine("")

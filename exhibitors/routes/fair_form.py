"""The form of a fair's settings: as it was typed, and what it means."""

from collections.abc import Mapping
from datetime import date, datetime

from digital_days.kernel import written_times as times
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.forms import TOO_LONG
from digital_days.kernel.web.moment_fields import NOT_A_DAY, TypedMoment, read_moment, typed_moment
from digital_days.kernel.web.question_rows import (
    QuestionsForm,
    question_labels,
    read_questions,
    row_of,
    whole_number,
)
from exhibitors.domain.fairs import Fair

LONGEST_INTRO = 5000
MOMENTS = {
    "call_opens": N_("Ouverture des candidatures"),
    "call_closes": N_("Fermeture des candidatures"),
    "booking_opens": N_("Ouverture des réservations de kiosques"),
    "booking_closes": N_("Fermeture des réservations de kiosques"),
    "moves": N_("Changements de kiosque permis jusqu’au"),
}
_COLUMNS = {**{name: f"{name}_at" for name in MOMENTS}, "moves": "moves_until"}
DAYS = {
    "profile_due": N_("Fiche publique"),
    "insurance_due": N_("Preuve d’assurance"),
    "payment_due": N_("Paiement"),
    "badges_due": N_("Porte-noms"),
    "arrival_due": N_("Heure d’arrivée"),
}
NUMBERS = {
    "hold_minutes": (N_("Durée d’une option, en minutes"), 5, 240),
    "offer_hours": (N_("Durée d’une offre à la liste d’attente, en heures"), 1, 336),
}
TEXTS = {"intro_fr": N_("Présentation du salon"), "intro_en": N_("Présentation du salon, en anglais")}
CLOSES_FIRST = N_("La fermeture doit être après l’ouverture.")
BETWEEN = N_("Écrivez un nombre entier, de %(least)s à %(most)s.")


class FairForm(QuestionsForm, kw_only=True):
    """Every field as text. ``do`` is the button, empty to save."""

    version: str = ""
    intro_fr: str = ""
    intro_en: str = ""
    call_opens_day: str = ""
    call_opens_time: str = ""
    call_opens_which: str = ""
    call_closes_day: str = ""
    call_closes_time: str = ""
    call_closes_which: str = ""
    booking_opens_day: str = ""
    booking_opens_time: str = ""
    booking_opens_which: str = ""
    booking_closes_day: str = ""
    booking_closes_time: str = ""
    booking_closes_which: str = ""
    moves_day: str = ""
    moves_time: str = ""
    moves_which: str = ""
    hold_minutes: str = ""
    offer_hours: str = ""
    profile_due: str = ""
    insurance_due: str = ""
    payment_due: str = ""
    badges_due: str = ""
    arrival_due: str = ""

    def moment(self, name: str) -> TypedMoment:
        """One of ``MOMENTS``."""
        return TypedMoment(*(getattr(self, f"{name}_{part}").strip() for part in ("day", "time", "which")))


def form_of(fair: Fair) -> FairForm:
    """The form as it is opened."""
    form = FairForm(version=fair.version, intro_fr=fair.intro_fr, intro_en=fair.intro_en)
    for name, column in _COLUMNS.items():
        typed = typed_moment(getattr(fair, column))
        for part in ("day", "time", "which"):
            setattr(form, f"{name}_{part}", getattr(typed, part))
    for name in (*DAYS, *NUMBERS):
        value = getattr(fair, name)
        setattr(form, name, "" if value is None else str(value))
    form.put_rows([row_of(question) for question in fair.questions])
    return form


def read_fair(form: FairForm, before: Fair) -> tuple[Fair, dict[str, str]]:
    """What the form means, and everything that is wrong with it, by field."""
    errors: dict[str, str] = {}
    said: dict[str, object] = {name: _text(getattr(form, name)) for name in TEXTS}
    errors |= {name: _(TOO_LONG, most=LONGEST_INTRO) for name in TEXTS if len(str(said[name])) > LONGEST_INTRO}
    said |= {**_moments(form, errors), **_days(form, errors), **_numbers(form, before, errors)}
    questions = read_questions(form, before.questions, errors)
    return Fair(edition_id=before.edition_id, questions=questions, **said), errors  # type: ignore[arg-type] # by name


def _moments(form: FairForm, errors: dict[str, str]) -> dict[str, datetime | None]:
    moments: dict[str, datetime | None] = {}
    for name in MOMENTS:
        moments[name], wrong = read_moment(form.moment(name))
        errors |= {f"{name}_{part}": sentence for part, sentence in wrong.items()}
    for opens, closes in (("call_opens", "call_closes"), ("booking_opens", "booking_closes")):
        first, last = moments[opens], moments[closes]
        if first and last and first >= last:
            errors[f"{closes}_day"] = _(CLOSES_FIRST)
    return {column: moments[name] for name, column in _COLUMNS.items()}


def _days(form: FairForm, errors: dict[str, str]) -> dict[str, date | None]:
    typed = {name: getattr(form, name).strip() for name in DAYS}
    days = {name: times.day(text) for name, text in typed.items()}
    errors |= {name: _(NOT_A_DAY) for name, text in typed.items() if text and days[name] is None}
    return days


def _numbers(form: FairForm, before: Fair, errors: dict[str, str]) -> Mapping[str, int]:
    numbers = {}
    for name, (_label, least, most) in NUMBERS.items():
        number = whole_number(getattr(form, name))
        numbers[name] = number if number is not None else getattr(before, name)
        if number is None or not least <= number <= most:
            errors[name] = _(BETWEEN, least=least, most=most)
    return numbers


def labels(form: FairForm) -> dict[str, str]:
    """By field, for the list of errors."""
    parts = {"day": N_("%(moment)s : jour"), "time": N_("%(moment)s : heure")}
    return {
        **{name: _(words) for name, words in (TEXTS | DAYS).items()},
        **{name: _(words) for name, (words, *_limits) in NUMBERS.items()},
        **{f"{name}_{part}": _(of, moment=_(words)) for name, words in MOMENTS.items() for part, of in parts.items()},
        **question_labels(form),
    }


def differences(form: FairForm, stored: FairForm) -> list[tuple[str, str]]:
    """Label and stored text of every field that says something else than what was typed."""
    plain = [
        (label, getattr(stored, name))
        for name, label in labels(form).items()
        if hasattr(stored, name) and getattr(form, name).split() != getattr(stored, name).split()
    ]
    if form.rows != stored.rows:
        plain.append((_("Questions"), "\n".join(row.fr for row in stored.rows)))
    return plain


def _text(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()

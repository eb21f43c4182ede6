"""The form of a fair's settings: as it was typed, and what it means."""

from datetime import date, datetime
from typing import Any

from digital_days.kernel import written_times as times
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.forms import TOO_LONG
from digital_days.kernel.web.moment_fields import NOT_A_DAY, TypedMoment, read_moment, typed_moment
from digital_days.kernel.web.question_rows import QuestionsForm, read_questions, row_of, whole_number
from exhibitors.domain.fairs import Fair

TEXTS = ("intro_fr", "intro_en")
LONGEST = 1000
MOMENTS = {
    "call_opens": "call_opens_at",
    "call_closes": "call_closes_at",
    "booking_opens": "booking_opens_at",
    "booking_closes": "booking_closes_at",
    "moves": "moves_until",
}
"""Columns by what the form calls them."""
DAYS = ("profile_due", "insurance_due", "payment_due", "badges_due", "arrival_due")
LIMITS = {"hold_minutes": (5, 120), "offer_hours": (1, 168)}
BETWEEN = N_("Écrivez un nombre entier, de %(least)s à %(most)s.")
CLOSES_FIRST = N_("La fermeture doit être après l’ouverture.")
MOVES_FIRST = N_("Personne n’a encore de kiosque à ce moment-là : choisissez un moment après l’ouverture.")
MOVES_LATE = N_("À ce moment-là, plus rien ne se réserve : choisissez un moment avant la fermeture.")

_Moments = dict[str, datetime | None]


class FairForm(QuestionsForm, kw_only=True):
    """Every field as text; the rows of questions stand one beside the other. ``do`` is the button, empty to save."""

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
    for name, column in MOMENTS.items():
        typed = typed_moment(getattr(fair, column))
        for part in ("day", "time", "which"):
            setattr(form, f"{name}_{part}", getattr(typed, part))
    for name in (*DAYS, *LIMITS):
        value = getattr(fair, name)
        setattr(form, name, "" if value is None else str(value))
    form.put_rows([row_of(question) for question in fair.questions])
    return form


def read_fair(form: FairForm, before: Fair) -> tuple[Fair, dict[str, str]]:
    """What the form means, as a change of the version it was opened with; everything that is wrong, by field."""
    errors: dict[str, str] = {}
    texts = {name: _paragraphs(getattr(form, name)) for name in TEXTS}
    errors |= {name: _(TOO_LONG, most=LONGEST) for name, text in texts.items() if len(text) > LONGEST}
    moments = _moments(form, errors)
    said: dict[str, Any] = {
        **texts,
        **{column: moments[name] for name, column in MOMENTS.items()},
        **_numbers(form, errors),
        **_days(form, errors),
    }
    questions = read_questions(form, before.questions, errors)
    return Fair(edition_id=before.edition_id, **said, questions=questions, version=form.version), errors


def _moments(form: FairForm, errors: dict[str, str]) -> _Moments:
    moments: _Moments = {}
    for name in MOMENTS:
        moments[name], wrong = read_moment(form.moment(name))
        errors |= {f"{name}_{part}": sentence for part, sentence in wrong.items()}
    errors |= {f"{name}_day": _(sentence) for name, sentence in _disorder(moments).items()}
    return moments


def _disorder(moments: _Moments) -> dict[str, str]:
    """What comes too early or too late, and why."""
    wrong = {
        f"{name}_closes": CLOSES_FIRST
        for name in ("call", "booking")
        if not _in_order(moments[f"{name}_opens"], moments[f"{name}_closes"])
    }
    if not _in_order(moments["booking_opens"], moments["moves"]):
        wrong["moves"] = MOVES_FIRST
    elif moments["moves"] != moments["booking_closes"] and not _in_order(moments["moves"], moments["booking_closes"]):
        wrong["moves"] = MOVES_LATE
    return wrong


def _in_order(first: datetime | None, last: datetime | None) -> bool:
    return first is None or last is None or first < last


def _numbers(form: FairForm, errors: dict[str, str]) -> dict[str, int]:
    numbers = {}
    for name, (least, most) in LIMITS.items():
        number = whole_number(getattr(form, name))
        if number is None or not least <= number <= most:
            errors[name] = _(BETWEEN, least=least, most=most)
        numbers[name] = number or least
    return numbers


def _days(form: FairForm, errors: dict[str, str]) -> dict[str, date | None]:
    typed = {name: getattr(form, name).strip() for name in DAYS}
    days = {name: times.day(text) for name, text in typed.items()}
    errors |= {name: _(NOT_A_DAY) for name, text in typed.items() if text and days[name] is None}
    return days


def _paragraphs(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()

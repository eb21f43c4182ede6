"""The form of the speed dating's settings: as it was typed, and what it means."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from digital_days.kernel import written_times as times
from digital_days.kernel.i18n import N_, TORONTO, _
from digital_days.kernel.local_times import DoubledTime, SkippedTime, instant
from digital_days.kernel.web.forms import TOO_LONG
from digital_days.kernel.web.moment_fields import (
    DAY_MISSING,
    NOT_A_DAY,
    NOT_A_TIME,
    TIME_MISSING,
    TypedMoment,
    read_moment,
    typed_moment,
)
from digital_days.kernel.web.question_rows import whole_number
from matchmaking.domain.fit import WEIGHTS
from matchmaking.domain.fit_words import PART_NAMES
from matchmaking.domain.rounds import Session
from matchmaking.domain.settings import SpeedDating

TEXTS = {"intro_fr": 1000, "intro_en": 1000, "place_fr": 200, "place_en": 200}
MOMENTS = {"opens": "opens_at", "closes": "closes_at"}
LIMITS = {
    "round_minutes": (3, 120),
    "pause_minutes": (0, 120),
    "tables": (0, 500),
    "most": (1, 40),
    "spread": (0, 20),
}
MOST_SESSIONS, MOST_ROUNDS, HEAVIEST = 4, 60, 100
BETWEEN = N_("Écrivez un nombre entier, de %(least)s à %(most)s.")
CLOSES_FIRST = N_("La fermeture doit être après l’ouverture.")
ENDS_FIRST = N_("La fin doit être après le début.")
OVERLAP = N_("Deux séances se chevauchent.")
TOO_MANY_ROUNDS = N_("Cela fait %(rounds)s rondes : %(most)s au plus. Allongez-les, ou raccourcissez les séances.")
NO_ROUND = N_("Aucune ronde n’entre dans ces séances : raccourcissez les rondes, ou allongez les séances.")


class SettingsForm(Struct, kw_only=True):
    """Every field as text; sessions and weights stand one beside the other."""

    version: str = ""
    intro_fr: str = ""
    intro_en: str = ""
    place_fr: str = ""
    place_en: str = ""
    opens_day: str = ""
    opens_time: str = ""
    opens_which: str = ""
    closes_day: str = ""
    closes_time: str = ""
    closes_which: str = ""
    session_day: list[str] = []
    session_from: list[str] = []
    session_to: list[str] = []
    round_minutes: str = ""
    pause_minutes: str = ""
    tables: str = ""
    most: str = ""
    spread: str = ""
    weight: list[str] = []

    def moment(self, name: str) -> TypedMoment:
        """One of ``MOMENTS``."""
        return TypedMoment(*(getattr(self, f"{name}_{part}").strip() for part in ("day", "time", "which")))

    @property
    def sessions(self) -> list[tuple[str, str, str]]:
        """Always as many rows, the last ones empty."""
        columns = (self.session_day, self.session_from, self.session_to)
        rows = [tuple(column[number : number + 1] for column in columns) for number in range(MOST_SESSIONS)]
        return [("".join(day).strip(), "".join(begins).strip(), "".join(ends).strip()) for day, begins, ends in rows]


def form_of(dating: SpeedDating) -> SettingsForm:
    """The form as it is opened."""
    form = SettingsForm(version=dating.version, **{name: getattr(dating, name) for name in TEXTS})
    for name, column in MOMENTS.items():
        typed = typed_moment(getattr(dating, column))
        for part in ("day", "time", "which"):
            setattr(form, f"{name}_{part}", getattr(typed, part))
    for name in LIMITS:
        value = getattr(dating, name)
        setattr(form, name, "" if value is None else str(value))
    for session in dating.sessions:
        begins, ends = session.starts_at.astimezone(TORONTO), session.ends_at.astimezone(TORONTO)
        form.session_day.append(f"{begins:%Y-%m-%d}")
        form.session_from.append(f"{begins:%H:%M}")
        form.session_to.append(f"{ends:%H:%M}")
    form.weight = [str(dating.weights.get(name, usual)) for name, usual in WEIGHTS.items()]
    return form


def read_settings(form: SettingsForm, edition_id: int) -> tuple[SpeedDating, dict[str, str]]:
    """What the form means, as a change of the version it was opened with; everything that is wrong, by field."""
    errors: dict[str, str] = {}
    said: dict[str, Any] = {name: getattr(form, name).strip() for name in TEXTS}
    errors |= {name: _(TOO_LONG, most=most) for name, most in TEXTS.items() if len(said[name]) > most}
    for name, column in MOMENTS.items():
        said[column], wrong = read_moment(form.moment(name))
        errors |= {f"{name}_{part}": sentence for part, sentence in wrong.items()}
    if said["opens_at"] and said["closes_at"] and said["closes_at"] <= said["opens_at"]:
        errors["closes_day"] = _(CLOSES_FIRST)
    said |= _numbers(form, errors)
    said |= {"sessions": _sessions(form, errors), "weights": _weights(form, errors)}
    dating = SpeedDating(edition_id=edition_id, version=form.version, **said)
    if not errors and dating.sessions and not dating.rounds:
        errors["round_minutes"] = _(NO_ROUND)
    if not errors and len(dating.rounds) > MOST_ROUNDS:
        errors["round_minutes"] = _(TOO_MANY_ROUNDS, rounds=len(dating.rounds), most=MOST_ROUNDS)
    return dating, errors


def _numbers(form: SettingsForm, errors: dict[str, str]) -> dict[str, int | None]:
    numbers: dict[str, int | None] = {}
    for name, (least, most) in LIMITS.items():
        typed = getattr(form, name).strip()
        numbers[name] = whole_number(typed)
        if name == "spread" and not typed:
            continue
        number = numbers[name]
        if number is None or not least <= number <= most:
            errors[name] = _(BETWEEN, least=least, most=most)
            numbers[name] = least
    return numbers


def _weights(form: SettingsForm, errors: dict[str, str]) -> dict[str, int]:
    weights: dict[str, int] = {}
    for place, name in enumerate(WEIGHTS):
        number = whole_number(form.weight[place]) if place < len(form.weight) else None
        if number is None or number > HEAVIEST:
            errors[f"weight-{place}"] = _(BETWEEN, least=0, most=HEAVIEST)
        weights[name.value] = number or 0
    return weights


def row_labels() -> dict[str, str]:
    """What the fields of rows are called where a mistake in them is said."""
    parts = {"day": _("Jour"), "from": _("De"), "to": _("À")}
    sessions = {
        f"session-{place}-{part}": f"{_('Séance %(number)s', number=place + 1)}, {words}"
        for place in range(MOST_SESSIONS)
        for part, words in parts.items()
    }
    return sessions | {f"weight-{place}": _(words) for place, words in enumerate(PART_NAMES.values())}


def _sessions(form: SettingsForm, errors: dict[str, str]) -> tuple[Session, ...]:
    sessions: list[Session] = []
    for place, (day, begins, ends) in enumerate(form.sessions):
        if not (day or begins or ends):
            continue
        starts_at = _moment(day, begins, f"session-{place}", "from", errors)
        ends_at = _moment(day, ends, f"session-{place}", "to", errors)
        if starts_at is None or ends_at is None:
            continue
        if ends_at <= starts_at:
            errors[f"session-{place}-to"] = _(ENDS_FIRST)
        elif any(starts_at < other.ends_at and other.starts_at < ends_at for other in sessions):
            errors[f"session-{place}-day"] = _(OVERLAP)
        else:
            sessions.append(Session(starts_at=starts_at, ends_at=ends_at))
    return tuple(sorted(sessions, key=lambda each: each.starts_at))


def _moment(day: str, clock: str, row: str, part: str, errors: dict[str, str]) -> datetime | None:
    found, at = times.day(day), times.clock(clock)
    if found is None:
        errors[f"{row}-day"] = _(NOT_A_DAY if day else DAY_MISSING)
    if at is None:
        errors[f"{row}-{part}"] = _(NOT_A_TIME if clock else TIME_MISSING)
    if found is None or at is None:
        return None
    try:
        return instant(found, at)
    except (SkippedTime, DoubledTime) as refusal:
        errors[f"{row}-{part}"] = str(refusal)
        return None

"""The form of an activity's rules: as it was typed, its buttons, and what it means."""

from collections.abc import Container, Sequence
from datetime import datetime

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.forms import NOT_UNDERSTOOD, TOO_LONG
from digital_days.kernel.web.moment_fields import TypedMoment, read_moment, typed_moment
from digital_days.kernel.web.question_rows import QuestionsForm, read_questions, row_of, whole_number
from scheduling.domain.activity_rules import Rules
from scheduling.imports import limits
from scheduling.routes.activity_form import paragraphed

NOT_SEATS = N_("Écrivez un nombre entier de places, ou 0.")
FOR_WHOM = N_("Dites à quel public ces places sont réservées.")
HOW_MANY = N_("Dites combien de places sont réservées, ou enlevez le public.")
CLOSES_FIRST = N_("La fermeture doit être après l’ouverture.")
OPENS_LATE = N_("Toutes les plages auront commencé : personne ne pourrait s’inscrire. Choisissez un moment plus tôt.")


MOMENTS = ("opens", "closes", "until")


class RulesForm(QuestionsForm, kw_only=True):
    """Every field as text; the rows of questions stand one beside the other. ``do`` is the button, empty to save."""

    version: str = ""
    reserved_seats: str = ""
    reserved_for: str = ""
    prerequisites_fr: str = ""
    prerequisites_en: str = ""
    opens_day: str = ""
    opens_time: str = ""
    opens_which: str = ""
    closes_day: str = ""
    closes_time: str = ""
    closes_which: str = ""
    until_day: str = ""
    until_time: str = ""
    until_which: str = ""

    def moment(self, name: str) -> TypedMoment:
        """One of ``MOMENTS``."""
        return TypedMoment(*(getattr(self, f"{name}_{part}").strip() for part in ("day", "time", "which")))


def form_of(rules: Rules, version: str) -> RulesForm:
    """The form as it is opened."""
    form = RulesForm(
        version=version,
        reserved_seats=str(rules.reserved_seats or ""),
        reserved_for=rules.reserved_for,
        prerequisites_fr=rules.prerequisites_fr,
        prerequisites_en=rules.prerequisites_en,
    )
    for name, moment in zip(MOMENTS, (rules.opens_at, rules.closes_at, rules.reserved_until), strict=True):
        typed = typed_moment(moment)
        for part in ("day", "time", "which"):
            setattr(form, f"{name}_{part}", getattr(typed, part))
    form.put_rows([row_of(question) for question in rules.questions])
    return form


def read_rules(
    form: RulesForm, before: Rules, audiences: Container[str], *, begins: Sequence[datetime] = ()
) -> tuple[Rules, dict[str, str]]:
    """What the form means, and everything that is wrong with it, by field. ``begins``: when each slot does."""
    errors: dict[str, str] = {}
    moments = {}
    for name in MOMENTS:
        moments[name], wrong = read_moment(form.moment(name))
        errors |= {f"{name}_{part}": sentence for part, sentence in wrong.items()}
    if moments["opens"] and moments["closes"] and moments["opens"] >= moments["closes"]:
        errors["closes_day"] = _(CLOSES_FIRST)
    if moments["opens"] and begins and moments["opens"] >= max(begins):
        errors["opens_day"] = _(OPENS_LATE)
    seats = whole_number(form.reserved_seats or "0")
    if seats is None:
        errors["reserved_seats"] = _(NOT_SEATS)
    elif seats and not form.reserved_for:
        errors["reserved_for"] = _(FOR_WHOM)
    elif form.reserved_for and not seats:
        errors["reserved_seats"] = _(HOW_MANY)
    if form.reserved_for and form.reserved_for not in audiences and form.reserved_for != before.reserved_for:
        errors["reserved_for"] = _(NOT_UNDERSTOOD)
    texts = {name: paragraphed(getattr(form, name)) for name in ("prerequisites_fr", "prerequisites_en")}
    errors |= {name: _(TOO_LONG, most=limits.TEXT) for name, text in texts.items() if len(text) > limits.TEXT}
    questions = read_questions(form, before.questions, errors)
    rules = Rules(
        opens_at=moments["opens"],
        closes_at=moments["closes"],
        reserved_seats=seats or 0,
        reserved_for=form.reserved_for,
        reserved_until=moments["until"] if seats else None,
        **texts,
        questions=questions,
    )
    return rules, errors

"""The form of an activity's rules: as it was typed, its buttons, and what it means."""

from collections.abc import Container, Sequence
from datetime import datetime
from itertools import zip_longest

from msgspec import Struct

from digital_days.kernel.codes import new_code
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.people import person_name
from digital_days.kernel.web.forms import NOT_UNDERSTOOD, REQUIRED, TOO_LONG
from scheduling.domain.activity_rules import Rules
from scheduling.domain.option_codes import options_of
from scheduling.domain.questions import KINDS, LEAST, MOST, Kind, Option, Question
from scheduling.imports import limits
from scheduling.routes.activity_form import paragraphed
from scheduling.routes.moment_fields import TypedMoment, read_moment, typed_moment

NOT_SEATS = N_("Écrivez un nombre entier de places, ou 0.")
FOR_WHOM = N_("Dites à quel public ces places sont réservées.")
HOW_MANY = N_("Dites combien de places sont réservées, ou enlevez le public.")
CLOSES_FIRST = N_("La fermeture doit être après l’ouverture.")
OPENS_LATE = N_("Toutes les plages auront commencé : personne ne pourrait s’inscrire. Choisissez un moment plus tôt.")
TWO_OPTIONS = N_("Écrivez au moins deux réponses possibles, une par ligne.")
TWICE = N_("La même réponse est écrite deux fois.")
ENGLISH_LINES = N_("Écrivez autant de lignes qu’en français, dans le même ordre.")
NOT_LIMITS = N_("Écrivez deux nombres entiers, le plus petit d’abord.")
MOST_QUESTIONS, MOST_OPTIONS = 20, 30
TOO_MANY_OPTIONS = N_("C’est trop : %(most)s réponses possibles au plus.")
TOO_MANY_QUESTIONS = N_("C’est trop : %(most)s questions au plus.")
FALLBACK: Kind = "text"
MOMENTS = ("opens", "closes", "until")


class QuestionRow(Struct, kw_only=True):
    """One question as it was typed; options are a line each."""

    code: str = ""
    kind: str = "text"
    fr: str = ""
    en: str = ""
    required: str = ""
    options_fr: str = ""
    options_en: str = ""
    least: str = ""
    most: str = ""

    @property
    def kind_name(self) -> str:
        """« Texte court », in the reader's language."""
        return _(KINDS[self.kind]) if self.kind in KINDS else ""


class RulesForm(Struct, kw_only=True):
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
    question_code: list[str] = []
    question_kind: list[str] = []
    question_fr: list[str] = []
    question_en: list[str] = []
    question_required: list[str] = []
    question_options_fr: list[str] = []
    question_options_en: list[str] = []
    question_least: list[str] = []
    question_most: list[str] = []
    new_kind: str = "text"
    do: str = ""

    @property
    def rows(self) -> list[QuestionRow]:
        """Question by question."""
        names = QuestionRow.__struct_fields__
        columns = zip_longest(*(getattr(self, f"question_{name}") for name in names), fillvalue="")
        return [QuestionRow(**dict(zip(names, row, strict=True))) for row in columns]

    def put_rows(self, rows: Sequence[QuestionRow]) -> None:
        """In place of those there are."""
        for name in QuestionRow.__struct_fields__:
            setattr(self, f"question_{name}", [getattr(row, name) for row in rows])

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
    form.put_rows([_row_of(question) for question in rules.questions])
    return form


def _row_of(question: Question) -> QuestionRow:
    return QuestionRow(
        code=question.code,
        kind=question.kind,
        fr=question.fr,
        en=question.en,
        required="yes" if question.required else "",
        options_fr="\n".join(option.fr for option in question.options),
        options_en="\n".join(option.en for option in question.options).strip("\n"),
        least=str(question.least) if question.kind == "number" else "",
        most=str(question.most) if question.kind == "number" else "",
    )


def press(form: RulesForm) -> None:
    """What the button ``form.do`` asks for: it changes the form as it was typed, and writes nothing."""
    action, _colon, about = form.do.partition(":")
    rows, number = form.rows, int(about) if about.isascii() and about.isdigit() else 0
    if action == "question-add" and form.new_kind in KINDS and len(rows) < MOST_QUESTIONS:
        rows.append(QuestionRow(code=new_code(), kind=form.new_kind))
    elif action == "question-drop":
        del rows[number : number + 1]
    elif action in ("question-up", "question-down"):
        to = number + (1 if action == "question-down" else -1)
        if 0 <= number < len(rows) and 0 <= to < len(rows):
            rows.insert(to, rows.pop(number))
    form.put_rows(rows)


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
    seats = _whole(form.reserved_seats or "0")
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


def read_questions(form: RulesForm, before: Sequence[Question], errors: dict[str, str]) -> tuple[Question, ...]:
    """The questions as far as they can be made; what is wrong goes to ``errors``, by field and row."""
    known = {question.code: question for question in before}
    rows = form.rows
    if len(rows) > MOST_QUESTIONS:
        errors["questions"] = _(TOO_MANY_QUESTIONS, most=MOST_QUESTIONS)
    questions: dict[str, Question] = {}
    for number, row in enumerate(rows[:MOST_QUESTIONS]):
        wrong: dict[str, str] = {}
        code = row.code if row.code.isalnum() and row.code.isascii() and len(row.code) <= 12 else new_code()
        question = _question(row, code if code not in questions else new_code(), known.get(code), wrong)
        errors |= {f"question_{name}-{number}": sentence for name, sentence in wrong.items()}
        questions[question.code] = question
    return tuple(questions.values())


def _question(row: QuestionRow, code: str, before: Question | None, wrong: dict[str, str]) -> Question:
    kind = next((each for each in KINDS if each == row.kind), FALLBACK)
    french, english = person_name(row.fr), person_name(row.en)
    if not french:
        wrong["fr"] = _(REQUIRED)
    wrong |= {
        name: _(TOO_LONG, most=limits.NAME)
        for name, text in (("fr", french), ("en", english))
        if len(text) > limits.NAME
    }
    least, most = _whole(row.least or str(LEAST)), _whole(row.most or str(MOST))
    if kind == "number" and (least is None or most is None or least > most):
        wrong["most"] = _(NOT_LIMITS)
    return Question(
        code=code,
        kind=kind,
        fr=french,
        en=english,
        required=bool(row.required),
        options=_options(row, before, wrong) if kind in ("one", "several") else (),
        least=least or LEAST,
        most=MOST if most is None else most,
    )


def _options(row: QuestionRow, before: Question | None, wrong: dict[str, str]) -> tuple[Option, ...]:
    french, english = ([person_name(line) for line in text.splitlines()] for text in (row.options_fr, row.options_en))
    french = [line for line in french if line]
    english = [line for line in english if line]
    if len(french) < 2:
        wrong["options_fr"] = _(TWO_OPTIONS)
    elif len(set(french)) < len(french):
        wrong["options_fr"] = _(TWICE)
    elif len(french) > MOST_OPTIONS:
        wrong["options_fr"] = _(TOO_MANY_OPTIONS, most=MOST_OPTIONS)
    elif any(len(line) > limits.NAME for line in french):
        wrong["options_fr"] = _(TOO_LONG, most=limits.NAME)
    if english and len(english) != len(french):
        wrong["options_en"] = _(ENGLISH_LINES)
    elif any(len(line) > limits.NAME for line in english):
        wrong["options_en"] = _(TOO_LONG, most=limits.NAME)
    return options_of(french, english, before.options if before else ())


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None

"""The questions that organisers write in a form: as typed, the buttons between them, and what they mean."""

from collections.abc import Sequence
from itertools import zip_longest

from msgspec import Struct

from digital_days.kernel.codes import new_code
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.option_codes import options_of
from digital_days.kernel.people import person_name
from digital_days.kernel.questions import KINDS, LEAST, MOST, Kind, Option, Question
from digital_days.kernel.web.forms import REQUIRED, TOO_LONG

TWO_OPTIONS = N_("Écrivez au moins deux réponses possibles, une par ligne.")
TWICE = N_("La même réponse est écrite deux fois.")
ENGLISH_LINES = N_("Écrivez autant de lignes qu’en français, dans le même ordre.")
NOT_LIMITS = N_("Écrivez deux nombres entiers, le plus petit d’abord.")
MOST_QUESTIONS, MOST_OPTIONS = 20, 30
TOO_MANY_OPTIONS = N_("C’est trop : %(most)s réponses possibles au plus.")
TOO_MANY_QUESTIONS = N_("C’est trop : %(most)s questions au plus.")
FALLBACK: Kind = "text"
NAME = 200  # characters of a question, or of an answer to choose
ROW_FIELDS = {
    "fr": N_("question"),
    "en": N_("question en anglais"),
    "options_fr": N_("réponses possibles"),
    "options_en": N_("réponses possibles en anglais"),
    "most": N_("le plus petit et le plus grand nombre"),
}
"""What the list of errors calls the fields of a row."""


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


class QuestionsForm(Struct, kw_only=True):
    """To inherit from: rows of questions, one field beside the other. ``do`` is the button, empty to save."""

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


def row_of(question: Question) -> QuestionRow:
    """As a form shows it before anybody has typed."""
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


def press_question(form: QuestionsForm) -> None:
    """What the button of a question, ``form.do`` asks for: it changes the form as it was typed, and writes nothing."""
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


def read_questions(form: QuestionsForm, before: Sequence[Question], errors: dict[str, str]) -> tuple[Question, ...]:
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
    wrong |= {name: _(TOO_LONG, most=NAME) for name, text in (("fr", french), ("en", english)) if len(text) > NAME}
    least, most = whole_number(row.least or str(LEAST)), whole_number(row.most or str(MOST))
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
    elif any(len(line) > NAME for line in french):
        wrong["options_fr"] = _(TOO_LONG, most=NAME)
    if english and len(english) != len(french):
        wrong["options_en"] = _(ENGLISH_LINES)
    elif any(len(line) > NAME for line in english):
        wrong["options_en"] = _(TOO_LONG, most=NAME)
    return options_of(french, english, before.options if before else ())


def question_labels(form: QuestionsForm) -> dict[str, str]:
    """By field, for the list of errors."""
    return {
        f"question_{name}-{number}": _("Question %(number)s, %(field)s", number=number + 1, field=_(words))
        for number in range(len(form.rows))
        for name, words in ROW_FIELDS.items()
    }


def whole_number(text: str) -> int | None:
    """What was typed, where it is a whole number of up to six digits."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None

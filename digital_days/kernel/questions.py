"""What organisers ask of whoever takes a place: questions of six kinds, their answers as typed and as kept."""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec
from msgspec import Struct

from digital_days.kernel.i18n import N_, _, localized

Kind = Literal["text", "long", "yes_no", "one", "several", "number"]
Answers = Mapping[str, object]
"""By a question's code: text, a yes or no, an option's code or several of them, a whole number."""
Typed = Mapping[str, Sequence[str]]
"""By a field's name, all that a form has sent under it."""

KINDS: dict[Kind, str] = {
    "text": N_("Texte court"),
    "long": N_("Texte long"),
    "yes_no": N_("Oui ou non"),
    "one": N_("Un choix dans une liste"),
    "several": N_("Plusieurs choix dans une liste"),
    "number": N_("Nombre entier"),
}
LINE, TEXT = 200, 2000
LEAST, MOST = 0, 100_000
REQUIRED = N_("Répondez à cette question.")
CHOOSE = N_("Choisissez une réponse.")
GONE = N_("Cette réponse n’est plus proposée : choisissez-en une autre.")
TOO_LONG = N_("C’est trop long : %(most)s caractères au plus.")
NO_NUMBER = N_("Écrivez un nombre entier, de %(least)s à %(most)s.")
NOT_SO = N_("Cette réponse n’a pas la forme attendue.")
NO_SUCH = N_("Cette question n’existe pas, ou n’existe plus.")


class Option(Struct, frozen=True, omit_defaults=True):
    """One of the answers to choose from; what is kept is its code, so that its words may be put right."""

    code: str
    fr: str
    en: str = ""

    @property
    def words(self) -> str:
        """In the reader's language."""
        return localized(self.fr, self.en)


class Question(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``options`` for the kinds that choose; ``least`` and ``most`` for numbers."""

    code: str
    kind: Kind
    fr: str
    en: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    least: int = LEAST
    most: int = MOST

    @property
    def words(self) -> str:
        """In the reader's language."""
        return localized(self.fr, self.en)

    @property
    def field(self) -> str:
        """What a form calls it."""
        return f"q-{self.code}"

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Values and words of what there is to choose from."""
        if self.kind == "yes_no":
            return [("yes", _("Oui")), ("no", _("Non"))]
        return [(option.code, option.words) for option in self.options] if self.kind in ("one", "several") else []


class Parsed(Struct, frozen=True):
    """``answers`` holds only what was answered; ``errors`` by a form's field. Keep answers only without errors."""

    answers: dict[str, object]
    errors: dict[str, str]


class _Wrong(Exception):
    pass


def parse(questions: Sequence[Question], typed: Typed) -> Parsed:
    """What somebody has typed, question by question; other fields are left alone."""
    answers: dict[str, object] = {}
    errors: dict[str, str] = {}
    for question in questions:
        try:
            answer = _answer(question, [text.strip() for text in typed.get(question.field, ()) if text.strip()])
        except _Wrong as wrong:
            errors[question.field] = str(wrong)
            continue
        if answer is not None:
            answers[question.code] = answer
        elif question.required:
            errors[question.field] = _(CHOOSE if question.choices else REQUIRED)
    return Parsed(answers, errors)


def check(questions: Sequence[Question], given: Answers) -> Parsed:
    """The same for answers that a program sends by the questions' codes: of the kind asked for, and none unasked."""
    asked = {question.code: question for question in questions}
    errors = {f"q-{code}": _(NO_SUCH) for code in given if code not in asked}
    typed = {asked[code].field: _as_typed(asked[code], value) for code, value in given.items() if code in asked}
    errors |= {field: _(NOT_SO) for field, texts in typed.items() if texts is None}
    parsed = parse(questions, {field: texts for field, texts in typed.items() if texts is not None})
    return Parsed(parsed.answers, {**parsed.errors, **errors})


def typed_of(questions: Sequence[Question], answers: Answers) -> dict[str, list[str]]:
    """What a form shows of answers that are kept; an answer that fits no more shows as none."""
    return {question.field: _as_typed(question, answers.get(question.code)) or [] for question in questions}


def said(question: Question, answers: Answers) -> str:
    """The answer in words, in the reader's language; empty where there is none."""
    texts = _as_typed(question, answers.get(question.code)) or []
    if not question.choices:
        return "".join(texts)
    return ", ".join(words for value, words in question.choices if value in texts)


def questions_in(stored: str) -> tuple[Question, ...]:
    """Out of ``ActivityRules.questions``."""
    return msgspec.json.decode(stored, type=tuple[Question, ...])


def _answer(question: Question, texts: Sequence[str]) -> object:
    if not texts:
        return None
    match question.kind:
        case "text" | "long":
            return _text(question, texts[0])
        case "number":
            return _number(question, texts[0])
        case "several":
            return _several(question, texts)
        case "one":
            return _several(question, texts[:1])[0]
        case "yes_no":
            if texts[0] not in ("yes", "no"):
                raise _Wrong(_(CHOOSE))
            return texts[0] == "yes"


def _text(question: Question, text: str) -> str | None:
    lines = [" ".join(line.split()) if question.kind == "text" else line.rstrip() for line in text.splitlines()]
    said = (" " if question.kind == "text" else "\n").join(lines).replace("\x00", "").strip()
    most = LINE if question.kind == "text" else TEXT
    if len(said) > most:
        raise _Wrong(_(TOO_LONG, most=most))
    return said or None


def _number(question: Question, text: str) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise _Wrong(_(NO_NUMBER, least=question.least, most=question.most))
    number = int(text)
    if not question.least <= number <= question.most:
        raise _Wrong(_(NO_NUMBER, least=question.least, most=question.most))
    return number


def _several(question: Question, texts: Sequence[str]) -> list[str]:
    known = [option.code for option in question.options]
    if not set(texts) <= set(known):
        raise _Wrong(_(GONE))
    return [code for code in known if code in texts]


def _as_typed(question: Question, value: object) -> list[str] | None:
    """What a form would have sent for it; none where it is no answer to such a question."""
    match question.kind, value:
        case ("yes_no", bool()):
            return ["yes" if value else "no"]
        case ("number", int()) if not isinstance(value, bool):
            return [str(value)]
        case ("text" | "long" | "one", str()):
            return [value]
        case ("several", list()) if all(isinstance(each, str) for each in value):
            return [str(each) for each in value]
    return None

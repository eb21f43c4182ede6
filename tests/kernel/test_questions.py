"""Questions of organisers: what each kind takes, what it refuses, and that nothing changes on the way."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digital_days.kernel.option_codes import options_of
from digital_days.kernel.questions import (
    CHOOSE,
    GONE,
    LINE,
    NO_NUMBER,
    NO_SUCH,
    NOT_SO,
    REQUIRED,
    TEXT,
    TOO_LONG,
    Option,
    Question,
    check,
    parse,
    questions_in,
    said,
    typed_of,
)

SIZES = (Option("s", "Petit", "Small"), Option("m", "Moyen"), Option("l", "Grand", "Large"))


def question(kind: Any, **more: Any) -> Question:
    return Question(code="Q", kind=kind, fr="Question", options=SIZES if kind in ("one", "several") else (), **more)


@pytest.mark.parametrize(
    ("kind", "typed", "answer", "words"),
    [
        ("text", ["  Sans   noix "], "Sans noix", "Sans noix"),
        ("long", ["Une ligne \r\nune autre"], "Une ligne\nune autre", "Une ligne\nune autre"),
        ("yes_no", ["no"], False, "Non"),
        ("yes_no", ["yes"], True, "Oui"),
        ("one", ["m"], "m", "Moyen"),
        ("several", ["l", "s"], ["s", "l"], "Petit, Grand"),
        ("number", ["12"], 12, "12"),
    ],
)
def test_each_kind_is_read_kept_and_said(kind: str, typed: list[str], answer: object, words: str):
    asked = question(kind)

    parsed = parse([asked], {"q-Q": typed})

    assert (parsed.answers, parsed.errors) == ({"Q": answer}, {})
    assert check([asked], parsed.answers).answers == parsed.answers
    assert said(asked, parsed.answers) == words


@pytest.mark.parametrize(
    ("asked", "typed", "sentence"),
    [
        (question("text", required=True), ["  "], REQUIRED),
        (question("one", required=True), [], CHOOSE),
        (question("several", required=True), [], CHOOSE),
        (question("yes_no", required=True), [], CHOOSE),
        (question("yes_no"), ["peut-être"], CHOOSE),
        (question("one"), ["xl"], GONE),
        (question("several"), ["s", "xl"], GONE),
        (question("text"), ["x" * (LINE + 1)], TOO_LONG % {"most": LINE}),
        (question("long"), ["x" * (TEXT + 1)], TOO_LONG % {"most": TEXT}),
        (question("number", least=1, most=5), ["6"], NO_NUMBER % {"least": 1, "most": 5}),
        (question("number", least=1, most=5), ["0"], NO_NUMBER % {"least": 1, "most": 5}),
        (question("number"), ["²"], NO_NUMBER % {"least": 0, "most": 100000}),
        (question("number"), ["1e3"], NO_NUMBER % {"least": 0, "most": 100000}),
    ],
)
def test_what_is_no_answer_is_said_beside_its_question(asked: Question, typed: list[str], sentence: str):
    parsed = parse([asked], {"q-Q": typed})

    assert {field: text.replace("\N{NO-BREAK SPACE}", " ") for field, text in parsed.errors.items()} == {
        "q-Q": sentence
    }
    assert parsed.answers == {}


def test_what_nobody_has_to_say_may_stay_unsaid():
    questions = [Question(code=kind, kind=kind, fr="?", options=SIZES) for kind in ("text", "one", "number", "yes_no")]

    assert parse(questions, {}) == parse(questions, {"q-text": ["  "], "q-one": [""]})
    assert parse(questions, {}).answers == {}


@pytest.mark.parametrize(
    ("kind", "answer"), [("number", True), ("yes_no", 1), ("text", 12), ("several", "s"), ("one", ["s"])]
)
def test_program_that_sends_another_type_is_told(kind: str, answer: object):
    assert check([question(kind)], {"Q": answer}).errors == {"q-Q": NOT_SO}
    assert check([question(kind)], {"other": "x"}).errors == {"q-other": NO_SUCH}


KINDS = st.sampled_from(["text", "long", "yes_no", "one", "several", "number"])
FORMS = st.dictionaries(
    st.sampled_from(["q-0", "q-1", "q-2"]),
    st.lists(st.one_of(st.sampled_from(["yes", "no", "s", "m", "l", "7"]), st.text(max_size=30)), max_size=4),
)


@settings(max_examples=150, deadline=None)
@given(kinds=st.lists(KINDS, max_size=3), typed=FORMS)
def test_what_is_kept_is_shown_and_read_again_as_it_was(kinds: list[Any], typed: dict[str, list[str]]):
    questions = [Question(code=str(number), kind=kind, fr="?", options=SIZES) for number, kind in enumerate(kinds)]

    kept = parse(questions, typed).answers

    assert parse(questions, typed_of(questions, kept)).answers == kept
    assert check(questions, kept).errors == {}
    assert all(said(each, kept) for each in questions if each.code in kept)


def test_answers_stay_with_an_option_whose_words_are_put_right():
    corrected = options_of(["Petit", "Moyenne", "Grand"], ["Small", "Medium", "Large"], SIZES)
    shorter = options_of(["Grand", "Petit"], [], SIZES)
    longer = options_of(["Petit", "Moyen", "Grand", "Géant"], [], SIZES)

    assert [(each.code, each.fr, each.en) for each in corrected] == [
        ("s", "Petit", "Small"),
        ("m", "Moyenne", "Medium"),
        ("l", "Grand", "Large"),
    ]
    assert [each.code for each in shorter] == ["l", "s"]
    assert [each.code for each in longer] == ["s", "m", "l", "1"]


def test_question_without_anything_unusual_is_read_from_little():
    assert questions_in('[{"code":"a","kind":"text","fr":"Nom?"}]') == (Question(code="a", kind="text", fr="Nom?"),)

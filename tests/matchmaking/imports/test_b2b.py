"""Files of published problems, read or refused in a sentence."""

import pytest

from digital_days.kernel.sentences import Unable
from matchmaking.imports.b2b import Requested, read_b2b
from tests.matchmaking.imports.published_like import SMALL

READ = Requested(
    participants=3,
    rounds=4,
    tables=(1, 1, 1, 1),
    pairs=((0, 1), (0, 2), (1, 2)),
    allowed=((0, 1), (3,), (0, 1, 2, 3)),
    before=((0, 2),),
)


def test_file_says_who_meets_whom_and_when_they_can():
    assert read_b2b(SMALL.encode()) == READ


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("nTables = 1;", "% one table\nnTables=1; /* of\nthem */"),
        ("{0, 3}", "{3..3}"),
        ("[{0, 3}, {}, {0}]", "array1d(1..3, [{3}, {}, {}])"),
        ("{0, 3}", "{3, 77}"),
        ("fixed = [0, 4, 0];", "fixed = [0, 4, 0]"),
    ],
    ids=["comments", "range", "array1d", "a slot that is not", "no semicolon at the end"],
)
def test_file_may_be_written_otherwise(before: str, after: str):
    text = SMALL.replace(before, after)
    if before.startswith("fixed"):
        text = text.replace(after, "") + after

    assert read_b2b(text.encode()) == READ


@pytest.mark.parametrize(
    ("before", "after"),
    [("fixed = [0, 4, 0]", "fixed = [3, 4, 0]"), ("fixed = [0, 4, 0]", "fixed = [4, 4, 0]")],
    ids=["fixed in a forbidden slot", "fixed in the other session"],
)
def test_what_contradicts_itself_is_a_problem_without_a_plan_and_no_error(before: str, after: str):
    assert read_b2b(SMALL.replace(before, after).encode()).allowed[0] == ()


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("nTables = 1;", "", "“nTables” is missing"),
        ("[0, 4, 0]", "[0, 4]", "“fixed” has 2 elements instead of 3"),
        ("nMeetings = 3", "nMeetings = 4", "“requested” has 3 elements instead of 4"),
        ("nMeetings = 3", "nMeetings = {3}", "“nMeetings” should be a number"),
        ("nMeetings = 3", "nMeetings = -3", "Line 2: this is not MiniZinc data"),
        ("nMeetings = 3", "nMeetings = " + "9" * 5000, "too large"),
        ("nMeetings = 3", "nMeetings = 99999", "go from 0 to 10000"),
        ("nMorningSlots = 2", "nMorningSlots = 5", "“nMorningSlots”: numbers go from 0 to 4"),
        ("1, 2, 1", "1, 1, 1", "participant 1 can’t meet itself"),
        ("1, 2, 1", "1, 4, 1", "“requested”: numbers go from 1 to 3"),
        ("1, 2, 1", "1, 2, 4", "“requested (session)”: numbers go from 1 to 3"),
        ("1, 2, 1", "1, 2", "two participants and a session"),
        ("[0, 4, 0]", "[0, 5, 0]", "“fixed”: numbers go from 0 to 4"),
        ("[0, 4, 0]", "4", "“fixed” should be a list"),
        ("[{0, 3}, {}, {0}]", "[3, 0, 0]", "“forbidden” should contain sets"),
        ("[{}, {}, {1}]", "[{}, {}, {4}]", "“precedences”: numbers go from 0 to 3"),
        ("nTables = 1;", "nTables = 1; nTables = 2;", "Line 3"),
        ("nTables = 1;", "nTables = 1", "Line 4"),
        ("nTables = 1;", "nTables = x;", "Line 3"),
        ("nTables = 1;", "nTables = “1”;", "Line 3"),
        ("[{0, 3}, {}, {0}]", "[{0, 3}, {}, {0}", "Line"),
        ("{0, 3}", "{[3]}", "Line"),
        ("1, 2, 1", "1, 2 1", "Line"),
        ("[{0, 3}, {}, {0}]", "array1d(1..3)", "Line"),
        ("[{0, 3}, {}, {0}]", "array1d()", "Line"),
        ("[{0, 3}, {}, {0}]", "[{0, {3}}, {}, {0}]", "Line"),
        ("[0, 4, 0]", "[|0, 4|", "Line"),
        ("[0, 4, 0]", "4..0", "should be a list"),
    ],
)
def test_file_that_is_written_wrongly_is_refused_in_a_sentence(before: str, after: str, sentence: str):
    assert before in SMALL

    with pytest.raises(Unable) as refused:
        read_b2b(SMALL.replace(before, after).encode())

    assert sentence in refused.value.english


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "“nBusiness” is missing"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "not text"),
        (b"hello", "not MiniZinc"),
        (b"a = " + b"[" * 100_000, "Line 1"),
    ],
    ids=["empty", "picture", "prose", "nested"],
)
def test_file_that_is_something_else_is_refused_in_a_sentence(data: bytes, sentence: str):
    with pytest.raises(Unable) as refused:
        read_b2b(data)

    assert sentence in refused.value.english

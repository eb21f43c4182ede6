import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digital_days.kernel.codes import ALPHABET, new_code, normalize


def test_new_code_is_ten_signs_of_the_alphabet() -> None:
    assert re.fullmatch(f"[{ALPHABET}]{{10}}", new_code())


def test_new_code_is_as_long_as_asked() -> None:
    assert len(new_code(length=4)) == 4


def test_new_code_does_not_repeat_or_grow() -> None:
    codes = [new_code() for _ in range(2000)]

    assert len(set(codes)) == 2000
    assert codes != sorted(codes)


def test_new_code_uses_the_whole_alphabet() -> None:
    assert set(new_code(length=5000)) == set(ALPHABET)


def test_alphabet_has_no_letter_that_reads_as_another() -> None:
    assert len(ALPHABET) == 32
    assert set(ALPHABET).isdisjoint("ILOU")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7K3M9QXABC", "7K3M9QXABC"),
        ("7k3m9qxabc", "7K3M9QXABC"),
        (" 7K3M9-QXABC\n", "7K3M9QXABC"),
        ("7K3M9\u00a0QX\u2011AB\u2013C", "7K3M9QXABC"),
        ("oOiIlL", "001111"),
        ("", ""),
        ("???", "???"),
    ],
)
def test_normalize_reads_what_was_meant(typed: str, meant: str) -> None:
    assert normalize(typed) == meant


@given(st.text(alphabet=ALPHABET), st.sampled_from([" ", "-", "\t", "\u00a0", "–"]))
def test_normalize_gives_the_code_back_when_it_is_written_in_groups(code: str, separator: str) -> None:
    written = separator.join(re.findall(".{1,4}", code)).lower()

    assert normalize(written) == code


@given(st.text())
def test_normalize_changes_nothing_the_second_time(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)

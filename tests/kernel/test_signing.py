import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digital_days.kernel.codes import ALPHABET
from digital_days.kernel.signing import read_ticket_token, sign, ticket_token, verify

KEY = "the key of this year"
OLD_KEY = "the key of last year"
CODE = "7K3M9QXABC"

codes = st.text(alphabet=ALPHABET, min_size=1, max_size=32)
values = st.from_regex(r"[A-Za-z0-9._-]{1,100}", fullmatch=True)
any_text = st.text() | st.text(st.characters(categories=["Cs", "Cc", "Nd", "Lu"])) | st.from_regex(r"DD1[0-9A-Z]+")


@given(st.text(), values)
def test_verify_gives_back_what_was_signed(purpose: str, value: str) -> None:
    assert verify(purpose, sign(purpose, value, key=KEY), keys=[KEY]) == value


def test_sign_is_the_same_text_for_the_same_value() -> None:
    assert sign("place.cancel", f"{CODE}.2", key=KEY) == "7K3M9QXABC.2.7498F7DA66H7C0091SARDAYMK1"


def test_ticket_token_is_the_same_text_for_the_same_code() -> None:
    assert ticket_token(CODE, key=KEY) == "DD17K3M9QXABCF473XR36SEW6"


def test_sign_needs_no_quoting_in_an_address() -> None:
    assert re.fullmatch(r"7K3M9QXABC\.[0-9A-Z]{26}", sign("ticket", CODE, key=KEY))


@pytest.mark.parametrize("value", ["", "a b", "a/b", "é", "a\n", "x" * 101])
def test_sign_refuses_a_value_that_a_link_cannot_carry(value: str) -> None:
    with pytest.raises(ValueError, match="not a value"):
        sign("ticket", value, key=KEY)


def test_verify_refuses_another_purpose() -> None:
    assert verify("place.cancel", sign("ticket", CODE, key=KEY), keys=[KEY]) is None


def test_verify_refuses_a_key_that_nobody_has() -> None:
    assert verify("ticket", sign("ticket", CODE, key="stolen"), keys=[KEY, OLD_KEY]) is None
    assert verify("ticket", sign("ticket", CODE, key=KEY), keys=[]) is None


def test_verify_accepts_last_years_key_when_it_is_still_listed() -> None:
    token = sign("ticket", CODE, key=OLD_KEY)

    assert verify("ticket", token, keys=[KEY, OLD_KEY]) == CODE


@given(values, st.data())
def test_verify_refuses_a_token_when_any_sign_differs(value: str, data: st.DataObject) -> None:
    token = sign("ticket", value, key=KEY)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters().filter(lambda sign: sign != token[place]))

    assert verify("ticket", token[:place] + other + token[place + 1 :], keys=[KEY]) is None
    assert verify("ticket", token[:place] + token[place + 1 :], keys=[KEY]) is None
    assert verify("ticket", token + other, keys=[KEY]) is None


@given(any_text, any_text)
def test_verify_answers_none_to_anything_else(purpose: str, text: str) -> None:
    assert verify(purpose, text, keys=[KEY]) is None


@given(codes)
def test_read_ticket_token_gives_back_the_code(code: str) -> None:
    token = ticket_token(code, key=KEY)

    assert re.fullmatch("DD1[0-9A-Z]+", token)
    assert read_ticket_token(token, keys=[KEY]) == code


@given(codes)
def test_read_ticket_token_forgives_what_people_type(code: str) -> None:
    token = ticket_token(code, key=KEY).lower().replace("0", "o").replace("1", "l")
    typed = " - ".join(re.findall(".{1,5}", token))

    assert read_ticket_token(f"  {typed}\n", keys=[KEY]) == code


def test_read_ticket_token_accepts_last_years_key_when_it_is_still_listed() -> None:
    token = ticket_token(CODE, key=OLD_KEY)

    assert read_ticket_token(token, keys=[KEY, OLD_KEY]) == CODE
    assert read_ticket_token(token, keys=[KEY]) is None


@given(codes, st.data())
def test_read_ticket_token_refuses_a_token_when_any_sign_differs(code: str, data: st.DataObject) -> None:
    token = ticket_token(code, key=KEY)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from(ALPHABET).filter(lambda sign: sign != token[place]))

    assert read_ticket_token(token[:place] + other + token[place + 1 :], keys=[KEY]) is None
    assert read_ticket_token(token[:place], keys=[KEY]) is None


@given(any_text)
def test_read_ticket_token_answers_none_to_anything_else(text: str) -> None:
    assert read_ticket_token(text, keys=[KEY]) is None


@pytest.mark.parametrize("code", ["", "7k3m", "7K-3M", "OIL", "7" * 33])
def test_ticket_token_refuses_what_is_not_a_public_code(code: str) -> None:
    with pytest.raises(ValueError, match="not a public code"):
        ticket_token(code, key=KEY)


def test_ticket_and_link_open_nothing_of_each_other() -> None:
    mac = ticket_token(CODE, key=KEY)[-12:]

    assert mac not in sign("ticket", CODE, key=KEY)
    assert verify("ticket", ticket_token(CODE, key=KEY), keys=[KEY]) is None
    assert read_ticket_token(sign("ticket", CODE, key=KEY), keys=[KEY]) is None

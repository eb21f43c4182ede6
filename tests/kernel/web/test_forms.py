"""Forms tell every mistake at once, beside its field, in the reader's language."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.datastructures import FormMultiDict
from msgspec import Struct

from digital_days.kernel import i18n
from digital_days.kernel.web.forms import EmailAddress, Form, OneLine, YourName, parse


class Visit(Struct):
    name: OneLine
    email: EmailAddress
    guests: int
    agreed: bool
    topics: list[str]
    day: date | None = None
    note: str = ""


FILLED = [("name", " Bob  Tremblay "), ("email", "Bob@Example.CA"), ("guests", "2"), ("topics", "a"), ("topics", "b")]


def form(*changes: tuple[str, str]) -> Form[Visit]:
    kept = [(name, value) for name, value in FILLED if name not in {changed for changed, _ in changes}]
    return parse(FormMultiDict([*kept, *changes]), Visit)


def test_form_gives_the_value_when_every_field_fits():
    assert form(("agreed", "yes"), ("day", "2027-10-21")).value == Visit(
        name=OneLine("Bob Tremblay"),
        email=EmailAddress("bob@example.ca"),
        guests=2,
        agreed=True,
        topics=["a", "b"],
        day=date(2027, 10, 21),
    )


class Myself(Struct):
    name: YourName
    email: EmailAddress


def test_form_says_what_to_write_where_somebody_speaks_of_themselves():
    nothing = parse(FormMultiDict([]), Myself)
    long = parse(FormMultiDict([("name", "x" * 201)]), Myself)

    assert nothing.errors == {"name": "Écrivez votre nom.", "email": "Écrivez votre adresse courriel."}
    assert long.errors["name"].startswith("Votre nom est trop long")


def test_form_tells_every_mistake_at_once_and_keeps_what_was_typed():
    wrong = form(("name", ""), ("email", "bob"), ("guests", "deux"))

    assert wrong.value is None
    assert set(wrong.errors) == {"name", "email", "guests"}
    assert wrong["email"] == "bob"
    assert wrong["topics"] == ["a", "b"]


def test_form_speaks_the_readers_language():
    with i18n.use("en"):
        english = form(("name", "")).errors["name"]

    assert english != form(("name", "")).errors["name"]


def test_checkbox_left_alone_is_a_no():
    value = form().value

    assert value is not None
    assert value.agreed is False


@pytest.mark.parametrize(
    "address", ["bob", "bob@", "@b.ca", "a b@c.ca", "b@c", "b@c.ca\r\nbcc:x@y.ca", "b@c..ca", "b@-c.ca", "b\x01c@d.ca"]
)
def test_address_that_no_mail_reaches_is_refused(address: str):
    assert set(form(("email", address)).errors) == {"email"}


@pytest.mark.parametrize(
    "address", ["bob@example.ca", "o'neil@example.ca", "bob+ateliers@mrc.argenteuil.qc.ca", "é@exämple.ca"]
)
def test_address_as_people_have_them_is_taken(address: str):
    assert form(("email", address)).errors == {}


def test_nul_is_dropped_because_no_database_keeps_it():
    value = form(("name", "B\x00ob"), ("topics", "\x00a"), ("note", "\x00b")).value

    assert value is not None
    assert (value.name, value.topics, value.note) == ("Bob", ["a"], "b")


@given(st.lists(st.tuples(st.sampled_from(["name", "email", "guests", "agreed", "topics", "day", "note"]), st.text())))
def test_form_never_breaks_and_gives_errors_or_a_value(fields: list[tuple[str, str]]):
    read = parse(FormMultiDict(fields), Visit)

    assert (read.value is None) == bool(read.errors)
    if read.value:
        assert "\n" not in read.value.name
        assert 1 <= len(read.value.name) <= 200

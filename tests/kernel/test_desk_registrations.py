"""Registering at the desk: without an address, with one that somebody else uses, and never twice by one form."""

import pytest

from digital_days.kernel import consents, database
from digital_days.kernel.desk_registrations import register_at_desk, registration_made_by, reinstate
from tests.desk_factories import make_attendee
from tests.factories import Made, make_edition, make_person

pytestmark = pytest.mark.usefixtures("db")


async def register(edition: Made, name: str = "Bob Tremblay", email: str = "", form_code: str = "F1") -> str:
    return await register_at_desk(
        edition_id=edition.id, name=name, email=email, locale="fr", agreed={"registration"}, form_code=form_code
    )


async def people() -> list[tuple[str, str, str | None]]:
    rows = await database.fetch("SELECT name, email, account_email FROM person ORDER BY id")
    return [(row["name"], row["email"], row["account_email"]) for row in rows]


async def test_person_without_an_address_is_registered_without_an_account():
    edition = await make_edition()

    code = await register(edition)

    assert await people() == [("Bob Tremblay", "", None)]
    [row] = await database.fetch("SELECT code, state, origin, edition FROM registration")
    assert dict(row) == {"code": code, "state": "active", "origin": "desk", "edition": edition.id}


async def test_two_people_without_an_address_are_two_people():
    edition = await make_edition()

    codes = {await register(edition, form_code="F1"), await register(edition, "Charlie Roy", form_code="F2")}

    assert len(codes) == 2
    assert [name for name, _email, _account in await people()] == ["Bob Tremblay", "Charlie Roy"]


async def test_free_address_becomes_an_account():
    await register(await make_edition(), email="bob@example.ca")

    assert await people() == [("Bob Tremblay", "bob@example.ca", "bob@example.ca")]


async def test_shared_address_is_kept_for_messages_and_stays_the_first_persons_account():
    edition = await make_edition()
    await make_person("Alice Tremblay", "famille@example.ca")

    await register(edition, email="famille@example.ca")

    assert await people() == [
        ("Alice Tremblay", "famille@example.ca", "famille@example.ca"),
        ("Bob Tremblay", "famille@example.ca", None),
    ]


async def test_consents_are_kept_with_the_words_read_aloud():
    edition = await make_edition()

    await register_at_desk(
        edition_id=edition.id,
        name="Bob",
        email="",
        locale="fr",
        agreed={"registration", "news", "made-up"},
        form_code="F1",
    )

    rows = await database.fetch(
        "SELECT purpose, version, locale, text, origin, proved_at = given_at AS proved FROM consent ORDER BY id"
    )
    assert [dict(row) for row in rows] == [
        {**each, "locale": "fr", "origin": "desk", "proved": True if each["purpose"] == "registration" else None}
        for each in consents.given({"registration", "news"}, organiser="MRC d’Argenteuil")
    ]


async def test_form_sent_twice_registers_once():
    edition = await make_edition()

    assert await register(edition) == await register(edition) == await registration_made_by(edition.id, "F1")

    assert len(await people()) == 1
    assert await registration_made_by(edition.id, "F2") == ""


async def test_cancelled_registration_counts_again_once_it_is_reinstated():
    here, there = await make_edition(), await make_edition("cafe2028")
    bob = await make_attendee(here, state="cancelled")

    assert await reinstate(bob.code, edition_id=there.id) is False
    assert [await reinstate(bob.code, edition_id=here.id) for _ in range(2)] == [True, False]

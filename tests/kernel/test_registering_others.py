"""Somebody registers others: people of their own, and nobody's account is touched."""

import pytest

from digital_days.kernel import database
from digital_days.kernel.editions import edition_called
from digital_days.kernel.registering_others import register_other
from digital_days.kernel.registrations import NotAnnounced
from tests.factories import make_edition, make_person

pytestmark = pytest.mark.usefixtures("db")


async def register(email: str = "") -> None:
    edition = await edition_called("jn2027")
    async with database.transaction():
        await register_other(edition, name="Zoé Roy", email=email, locale="fr", origin="exhibitor")


async def test_person_without_an_address_is_registered_and_asked_nothing():
    await make_edition()

    await register()

    rows = await database.fetch(
        """
        SELECT p.name, p.email, p.account_email, r.state, r.origin
        FROM registration r JOIN person p ON p.id = r.person
        """
    )
    assert [tuple(row.values()) for row in rows] == [("Zoé Roy", "", None, "active", "exhibitor")]
    assert await database.fetch("SELECT id FROM consent") == []


async def test_consent_waits_for_the_owner_of_the_address():
    await make_edition()

    await register("zoe@example.ca")

    rows = await database.fetch("SELECT purpose, origin, proved_at FROM consent")
    assert [tuple(row.values()) for row in rows] == [("registration", "exhibitor", None)]


async def test_address_that_is_somebodys_account_is_used_for_messages_alone():
    bob = await make_person(email="zoe@example.ca")
    await make_edition()

    await register("zoe@example.ca")

    rows = await database.fetch("SELECT id = $1 AS is_bob, email, account_email FROM person ORDER BY id", bob)
    assert [tuple(row.values()) for row in rows] == [
        (True, "zoe@example.ca", "zoe@example.ca"),
        (False, "zoe@example.ca", None),
    ]
    assert await database.fetch("SELECT id FROM registration WHERE person = $1", bob) == []


async def test_nobody_is_registered_in_an_edition_that_is_not_announced():
    edition = await make_edition()
    await database.fetch("UPDATE edition SET announced = false WHERE id = $1", edition.id)

    with pytest.raises(NotAnnounced):
        await register()

"""People who were only ever typed in go after a month, and the seats they held are counted right."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from digital_days.kernel import clock, consents, database, purge
from digital_days.kernel.desk_registrations import register_at_desk
from digital_days.kernel.forgetting import KEPT
from digital_days.kernel.permissions import Role
from digital_days.kernel.private_links import remember_proof
from scheduling.domain.places import Applicant, cancel_place, take_place
from tests.factories import IN_A_YEAR, Made, grant, make_activity, make_edition, make_person, make_slot

pytestmark = pytest.mark.usefixtures("db", "app")

ASKED = datetime(2027, 9, 1, 16, 0, tzinfo=UTC)
OVER = IN_A_YEAR + timedelta(hours=1)
A_MOMENT = timedelta(seconds=1)
AGREED = consents.given({"registration", "news"}, organiser="MRC d’Argenteuil")


async def a_slot(*, seats: int = 5) -> Made:
    return await make_slot(await make_activity(await make_edition()), seats=seats)


async def ask(slot: Made, *names: str) -> list[str]:
    """The codes of what they got, a while before the event."""
    with clock.stopped_at(ASKED):
        return [
            (await take_place(slot.code, Applicant(name=name, email=f"{name}@example.ca"), consents=AGREED)).code
            for name in names
        ]


async def left_at(moment: datetime) -> list[str]:
    """The names of those still known after the purge of that moment."""
    await purge.purge(moment)
    await seats_are_counted()
    return [row["name"] for row in await database.fetch("SELECT name FROM person ORDER BY id")]


async def seats_are_counted() -> None:
    drifted = await database.fetch(
        """
        SELECT FROM slot s WHERE taken <> (SELECT count(*) FROM place p WHERE p.slot = s.id AND p.state = 'confirmed')
        """
    )
    assert drifted == []


async def count(table: str) -> int:
    [row] = await database.fetch(f"SELECT count(*) AS rows FROM {table}")
    return int(row["rows"])


async def test_person_goes_a_month_after_giving_the_place_back_with_all_that_was_theirs():
    slot = await a_slot()
    [bob, _charlie] = await ask(slot, "bob", "charlie")
    with clock.stopped_at(ASKED + timedelta(days=1)):
        await cancel_place(bob)
    gone = ASKED + timedelta(days=1) + KEPT

    assert await left_at(gone) == ["bob", "charlie"]
    assert await left_at(gone + A_MOMENT) == ["charlie"]
    tables = ("place", "registration", "consent", "agenda_entry", "outbox_message")
    assert [await count(table) for table in tables] == [1, 1, 2, 1, 1]


async def test_person_goes_a_month_after_a_refusal():
    await ask(await a_slot(seats=1), "bob", "charlie")

    assert await left_at(ASKED + KEPT + A_MOMENT) == ["bob"]


async def test_person_who_did_not_come_goes_a_month_after_the_activity():
    await ask(await a_slot(), "bob", "charlie")

    assert await left_at(OVER + KEPT) == ["bob", "charlie"]
    assert await left_at(OVER + KEPT + A_MOMENT) == []


async def test_person_stays_when_something_shows_that_they_exist():
    edition = await make_edition()
    slot = await make_slot(await make_activity(edition))
    await ask(slot, "arrived", "present", "absent", "proved", "helper")
    people = {row["name"]: row["id"] for row in await database.fetch("SELECT name, id FROM person")}
    await database.fetch(
        """
        INSERT INTO check_in (registration, day, at) SELECT id, '2027-10-21', $2 FROM registration WHERE person = $1
        """,
        people["arrived"],
        IN_A_YEAR,
    )
    await database.fetch(
        """
        INSERT INTO attendance (slot, registration, state, at)
        SELECT $1, r.id, p.name, $2 FROM registration r JOIN person p ON p.id = r.person
        WHERE p.name IN ('present', 'absent')
        """,
        slot.id,
        IN_A_YEAR,
    )
    await remember_proof(people["proved"])
    await grant(people["helper"], Role.DESK, edition)

    assert await left_at(OVER + 2 * KEPT) == ["arrived", "present", "proved", "helper"]


async def test_person_of_the_welcome_desk_stays_until_a_month_after_the_edition():
    edition = await make_edition()
    with clock.stopped_at(ASKED):
        await register_at_desk(
            edition_id=edition.id, name="Rita", email="", locale="fr", agreed={"registration"}, form_code="F1"
        )
    last_day = datetime(2027, 10, 22, 12, tzinfo=UTC)

    assert await left_at(last_day + KEPT) == ["Rita"]
    assert await left_at(last_day + KEPT + timedelta(days=1)) == []


async def test_everybody_is_looked_at_when_the_first_of_them_stay(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(purge, "BATCH", 2)
    slot = await a_slot(seats=3)
    await ask(slot, "a", "b", "c", "d", "e")

    assert await left_at(ASKED + KEPT + A_MOMENT) == ["a", "b", "c"]


async def test_person_with_a_place_is_kept_by_the_database():
    slot = await a_slot()
    await take_place(slot.code, Applicant(person_id=await make_person()), consents=[])

    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="place_person_fkey"):
        await database.fetch("DELETE FROM person")

"""The last seats of a workshop under real concurrent requests, with the protection and without it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

import scheduling
from digital_days.kernel import database
from digital_days.kernel.settings import Settings
from tests.factories import Made, make_activity, make_edition, make_slot
from tests.running_server import web_server

SEATS, PEOPLE = 5, 60
PROTECTED = "WHERE id = wanted.id AND taken + held + gained[n] <= seats"
SEATS_READ = "is_full := free <= kept;"
FUNCTION = (Path(scheduling.__file__).parent / "sql" / "take_places.sql").read_text(encoding="utf-8")

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture(scope="module")
def server(settings: Settings) -> Iterator[tuple[str, str]]:
    """Two web programs, asked in turn: what one decides in one go, the other cannot see."""
    generous = {"RATE_PER_ADDRESS": "100000", "RATE_PER_EMAIL": "100000"}
    with web_server(settings, **generous) as one, web_server(settings, **generous) as other:
        yield one, other


@pytest.fixture
async def without_protection(pool: None) -> AsyncIterator[None]:
    """The same function with its conditional update written as check-then-act, and no constraint behind it."""
    assert PROTECTED in FUNCTION
    assert SEATS_READ in FUNCTION
    slow_check = FUNCTION.replace(SEATS_READ, f"{SEATS_READ} PERFORM pg_sleep(0.02);")
    await database.fetch(slow_check.replace(PROTECTED, "WHERE id = wanted.id"))
    await database.fetch("ALTER TABLE slot DROP CONSTRAINT slot_never_oversold")
    yield
    await database.fetch(FUNCTION)
    await database.fetch("TRUNCATE slot CASCADE")
    await database.fetch(
        """
        ALTER TABLE slot ADD CONSTRAINT slot_never_oversold CHECK (
            taken >= 0 AND held >= 0 AND (seats IS NULL OR taken + held <= seats)
        )
        """
    )


async def everybody_wants(server: tuple[str, str], slot: Made, people: int = PEOPLE, **same: str) -> Counter[int]:
    limits = httpx.Limits(max_connections=people)
    async with httpx.AsyncClient(limits=limits, timeout=30) as client:
        answers = await asyncio.gather(
            *(
                client.post(
                    f"{server[number % 2]}/api/v1/registrations",
                    json={
                        "slot": slot.code,
                        "name": f"Personne {number}",
                        "email": f"personne{number}@example.ca",
                        "language": "fr",
                        "consents": ["registration"],
                        **same,
                    },
                )
                for number in range(people)
            )
        )
    return Counter(answer.status_code for answer in answers)


async def confirmed(slot: Made) -> tuple[int, int]:
    row = await database.fetch_one(
        """
        SELECT s.taken, (SELECT count(*) FROM place p WHERE p.slot = s.id AND p.state = 'confirmed') AS places
        FROM slot s WHERE s.id = $1
        """,
        slot.id,
    )
    assert row is not None
    return row["taken"], row["places"]


async def test_last_seats_go_to_exactly_as_many_people_as_there_are_seats(server: tuple[str, str]):
    slot = await make_slot(await make_activity(await make_edition()), seats=SEATS)

    answers = await everybody_wants(server, slot)

    assert answers == {201: SEATS, 409: PEOPLE - SEATS}
    assert await confirmed(slot) == (SEATS, SEATS)


@pytest.mark.usefixtures("without_protection")
async def test_last_seats_are_oversold_without_the_protection(server: tuple[str, str]):
    slot = await make_slot(await make_activity(await make_edition()), seats=SEATS)

    await everybody_wants(server, slot)

    assert (await confirmed(slot))[1] > SEATS


async def test_one_person_takes_one_seat_however_often_they_ask_at_once(server: tuple[str, str]):
    slot = await make_slot(await make_activity(await make_edition()), seats=SEATS)

    answers = await everybody_wants(server, slot, people=10, email="bob@example.ca", name="Bob Tremblay")

    assert answers == {201: 10}
    assert await confirmed(slot) == (1, 1)


async def test_overlapping_slots_give_one_of_two_places_when_asked_for_at_once(server: tuple[str, str]):
    activity = await make_activity(await make_edition())
    slots = [await make_slot(activity, seats=SEATS) for _ in range(4)]

    await asyncio.gather(*(everybody_wants(server, slot, people=3, email="bob@example.ca") for slot in slots))

    assert sorted([await confirmed(slot) for slot in slots]) == [(0, 0), (0, 0), (0, 0), (1, 1)]

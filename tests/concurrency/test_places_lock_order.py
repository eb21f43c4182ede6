"""Two web processes decide for the same people at once, in opposite orders: neither waits for the other for ever."""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from digital_days.kernel import clock, codes
from scheduling.domain import places
from tests.factories import IN_A_YEAR, make_activity, make_edition, make_person, make_slot

pytestmark = pytest.mark.usefixtures("committed")

PEOPLE, ROUNDS = 32, 5


def a_request(slot: str, person: int) -> bytes:
    return msgspec.json.encode(
        places._Request(
            asked_at=clock.now(),
            slot=slot,
            locale="fr",
            person=person,
            name="",
            email="",
            search_key="",
            registration_code=codes.new_code(),
            place_code=codes.new_code(),
            origin="web",
            consents=[],
            key=None,
            fingerprint="",
        )
    )


async def test_two_groups_of_the_same_people_both_succeed_when_in_opposite_orders():
    people = [await make_person(f"Personne {n}", f"personne{n}@example.ca") for n in range(PEOPLE)]
    activity = await make_activity(await make_edition())
    outcomes = []
    for number in range(ROUNDS):
        first = await make_slot(activity, seats=PEOPLE, starts_at=IN_A_YEAR + timedelta(days=2 * number))
        second = await make_slot(activity, seats=PEOPLE, starts_at=IN_A_YEAR + timedelta(days=2 * number + 1))

        both = await asyncio.gather(
            places._decided([a_request(first.code, person) for person in people]),
            places._decided([a_request(second.code, person) for person in reversed(people)]),
        )
        outcomes += [row["outcome"] for rows in both for row in rows]

    assert outcomes == ["confirmed"] * (2 * PEOPLE * ROUNDS)

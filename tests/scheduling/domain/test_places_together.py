"""Registrations that arrive at once are decided together, each as if it were alone."""

import asyncio
from collections.abc import Sequence

import asyncpg
import pytest

from digital_days.kernel import consents, database
from scheduling.domain.places import Answer, Applicant, KeyReused, NoSuchSlot, take_place
from tests.factories import Made, make_activity, make_edition, make_slot

pytestmark = pytest.mark.usefixtures("committed")

AGREED = consents.given({"registration"})


def person(number: int) -> Applicant:
    return Applicant(name=f"Personne {number}", email=f"personne{number}@example.ca")


async def asked_at_once(slot: str, *applicants: Applicant, key: str | None = None) -> list[Answer | BaseException]:
    return await asyncio.gather(
        *(take_place(slot, applicant, consents=AGREED, idempotency_key=key) for applicant in applicants),
        return_exceptions=True,
    )


def outcomes(answers: Sequence[Answer | BaseException]) -> list[str]:
    return [answer.outcome if isinstance(answer, Answer) else type(answer).__name__ for answer in answers]


async def taken(slot: Made) -> int:
    [row] = await database.fetch("SELECT taken FROM slot WHERE id = $1", slot.id)
    return int(row["taken"])


async def test_registrations_share_a_transaction_when_they_arrive_at_once():
    slot = await make_slot(await make_activity(await make_edition()), seats=40)

    answers = await asked_at_once(slot.code, *map(person, range(32)))

    assert outcomes(answers) == ["confirmed"] * 32
    [row] = await database.fetch("SELECT count(DISTINCT xmin::text) AS transactions FROM place")
    assert row["transactions"] == 1


async def test_last_seats_go_in_the_order_of_arrival():
    slot = await make_slot(await make_activity(await make_edition()), seats=3)

    answers = await asked_at_once(slot.code, *(person(number) for number in (5, 1, 9, 0, 7)))

    assert outcomes(answers) == ["confirmed", "confirmed", "confirmed", "full", "full"]
    assert [answer.slot_full for answer in answers if isinstance(answer, Answer)] == [False] * 3 + [True] * 2
    assert await taken(slot) == 3


async def test_same_person_takes_one_place_when_asking_several_times_at_once():
    slot = await make_slot(await make_activity(await make_edition()), seats=3)

    answers = await asked_at_once(slot.code, person(1), person(1), person(1))

    assert outcomes(answers) == ["confirmed", "already", "already"]
    assert len({answer.code for answer in answers if isinstance(answer, Answer)}) == 1
    assert await taken(slot) == 1


async def test_same_key_gets_the_same_answer_when_used_twice_at_once():
    slot = await make_slot(await make_activity(await make_edition()), seats=3)

    same = await asked_at_once(slot.code, person(1), person(1), key="key-1")
    other = await asked_at_once(slot.code, person(2), person(3), key="key-2")

    assert same[0] == same[1]
    assert outcomes(same) == ["confirmed", "confirmed"]
    assert outcomes(other) == ["confirmed", KeyReused.__name__]
    assert await taken(slot) == 2


async def test_overlapping_slots_give_the_first_of_them_when_asked_for_at_once():
    activity = await make_activity(await make_edition())
    slots = [await make_slot(activity) for _ in range(3)]

    answers = await asyncio.gather(*(take_place(slot.code, person(1), consents=AGREED) for slot in slots))

    assert [answer.outcome for answer in answers] == ["confirmed", "overlap", "overlap"]
    assert [await taken(slot) for slot in slots] == [1, 0, 0]


async def test_nobody_pays_for_a_request_that_the_database_cannot_read():
    slot = await make_slot(await make_activity(await make_edition()), seats=9)
    unreadable = Applicant(name="x" * 300, email="x@example.ca")

    answers = await asked_at_once(slot.code, person(1), unreadable, person(2))

    assert outcomes(answers) == ["confirmed", asyncpg.StringDataRightTruncationError.__name__, "confirmed"]
    assert await taken(slot) == 2


async def test_slot_that_is_gone_refuses_only_who_wants_it():
    slot = await make_slot(await make_activity(await make_edition()), seats=9)

    answers = await asyncio.gather(
        take_place(slot.code, person(1), consents=AGREED),
        take_place("NOSUCHSLOT", person(2), consents=AGREED),
        return_exceptions=True,
    )

    assert outcomes(answers) == ["confirmed", NoSuchSlot.__name__]
    assert [row["name"] for row in await database.fetch("SELECT name FROM person")] == ["Personne 1"]

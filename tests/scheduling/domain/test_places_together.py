"""Registrations that arrive at once are decided together, each as if it were alone."""

import asyncio
from collections.abc import Sequence
from contextvars import Context

import asyncpg
import pytest

from digital_days.kernel import consents, database
from scheduling.domain.places import Answer, Applicant, KeyReused, NoSuchSlot, Overtaken, take_place
from tests.factories import Made, make_activity, make_edition, make_slot

pytestmark = pytest.mark.usefixtures("committed")

AGREED = consents.given({"registration"}, organiser="MRC d’Argenteuil")


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


async def test_calm_slot_is_taken_when_another_of_the_group_is_always_overtaken():
    activity = await make_activity(await make_edition())
    hot, calm = await make_slot(activity, seats=9), await make_slot(activity, seats=9)
    await database.fetch(
        f"""
        CREATE FUNCTION be_faster() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RETURN CASE WHEN NEW.id = {hot.id} THEN NULL ELSE NEW END; END $$
        """
    )
    await database.fetch("CREATE TRIGGER be_faster BEFORE UPDATE ON slot FOR EACH ROW EXECUTE FUNCTION be_faster()")
    try:
        answers = await asyncio.gather(
            take_place(hot.code, person(1), consents=AGREED),
            take_place(calm.code, person(2), consents=AGREED),
            return_exceptions=True,
        )
    finally:
        await database.fetch("DROP TRIGGER be_faster ON slot")
        await database.fetch("DROP FUNCTION be_faster()")

    assert outcomes(answers) == [Overtaken.__name__, "confirmed"]


async def test_others_are_registered_while_one_waits_for_a_row_that_somebody_holds():
    activity = await make_activity(await make_edition())
    first, second = [await make_slot(activity, seats=9) for _ in range(2)]
    await take_place(first.code, person(1), consents=AGREED)

    async with database.transaction():
        await database.fetch("SELECT FROM person FOR UPDATE")
        waiting = asyncio.create_task(take_place(second.code, person(1), consents=AGREED), context=Context())
        for _turn in range(5):  # it is on its way before the others come
            await asyncio.sleep(0)
        others = [
            asyncio.create_task(take_place(first.code, person(number), consents=AGREED), context=Context())
            for number in range(2, 5)
        ]
        done, pending = await asyncio.wait({waiting, *others}, timeout=5, return_when=asyncio.FIRST_COMPLETED)

    await asyncio.gather(waiting, *others)
    assert (waiting in pending, done <= set(others), len(done) > 0) == (True, True, True)

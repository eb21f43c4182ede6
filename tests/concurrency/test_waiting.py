"""A freed seat under concurrent answers, cancellations and newcomers, with the protection and without it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path

import pytest

import scheduling
from digital_days.kernel import clock, database
from scheduling.domain.offers import sweep
from scheduling.domain.places import Answer, cancel_place
from scheduling.domain.waiting import OfferOver, accept, leave
from tests.factories import make_edition, make_person
from tests.scheduling.lines import FullSlot, a_line, ask, counted, states

pytestmark = pytest.mark.usefixtures("committed")

FUNCTION = (Path(scheduling.__file__).parent / "sql" / "take_places.sql").read_text(encoding="utf-8")
OFFER_READ = "AND asked.person IS NOT NULL;"
OFFER_ENDED = "RAISE EXCEPTION 'an offer has just ended'"
LINE_FIRST = "WHERE s.taken + s.held < s.seats\n    ) AND NOT"
SEAT_UPDATED = "WHERE id = wanted.id AND taken + held + gained[n] <= seats"
SLOW = f"{OFFER_READ} PERFORM pg_sleep(0.1);"
ROUNDS = 6

Rewrite = Callable[[dict[str, str]], Awaitable[None]]


async def said(answer: Awaitable[Answer]) -> str:
    """What somebody who answers is told."""
    try:
        return (await answer).outcome
    except OfferOver:
        return "over"


@pytest.fixture
async def rewritten(pool: None) -> AsyncIterator[Rewrite]:
    """The same function with parts of it written otherwise, and no constraint behind it."""

    async def rewrite(parts: dict[str, str]) -> None:
        text = FUNCTION
        for part, other in parts.items():
            assert part in text
            text = text.replace(part, other)
        await database.fetch(text)
        await database.fetch("ALTER TABLE slot DROP CONSTRAINT slot_never_oversold")

    yield rewrite
    await database.fetch(FUNCTION)
    await database.fetch("TRUNCATE slot CASCADE")
    await database.fetch(
        """
        ALTER TABLE slot ADD CONSTRAINT slot_never_oversold CHECK (
            taken >= 0 AND held >= 0 AND (seats IS NULL OR taken + held <= seats)
        )
        """
    )


async def offered(*, waiting: int = 2) -> FullSlot:
    """Bob has given his place back: the first in line has been asked."""
    full = await a_line(waiting=waiting)
    await cancel_place(full.place)
    return full


async def deadline(full: FullSlot) -> datetime:
    [row] = await database.fetch("SELECT deadline FROM waiting_entry WHERE code = $1", full.entries[0])
    late: datetime = row["deadline"]
    return late


async def test_one_place_and_two_clear_answers_when_two_devices_accept_at_once():
    full = await offered()

    told = await asyncio.gather(*(said(accept(full.entries[0])) for _ in range(6)))

    assert sorted(told) == ["already"] * 5 + ["confirmed"]
    assert (await states(full.slot), await counted(full.slot)) == (["accepted", "waiting"], (1, 0))


async def test_either_the_answer_or_the_deadline_comes_first_when_both_come_at_once():
    told, edition = [], await make_edition()
    for _ in range(ROUNDS):
        await database.fetch("UPDATE person SET account_email = NULL")  # each time other people
        full = await a_line(edition=edition)
        await cancel_place(full.place)
        late = await deadline(full)
        answer, _offers = await asyncio.gather(said(accept(full.entries[0])), sweep(late))
        told.append(answer)
        assert (await states(full.slot), await counted(full.slot)) == (
            (["accepted", "waiting"], (1, 0)) if answer == "confirmed" else (["expired", "offered"], (0, 1))
        )
    assert set(told) <= {"confirmed", "over"}


async def test_seat_is_kept_once_when_the_answer_comes_slowly_and_the_deadline_passes(rewritten: Rewrite):
    await rewritten({OFFER_READ: SLOW})
    full = await offered()

    answer, late = await asyncio.gather(said(accept(full.entries[0])), expire_meanwhile(full))

    assert late
    assert answer == "over"
    assert (await states(full.slot), await counted(full.slot)) == (["expired", "offered"], (0, 1))


async def test_seat_would_be_given_twice_without_looking_again_at_the_offer(rewritten: Rewrite):
    await rewritten(
        {OFFER_READ: SLOW, OFFER_ENDED: "RAISE NOTICE 'an offer has just ended'", SEAT_UPDATED: "WHERE true"}
    )
    full = await offered()

    await asyncio.gather(said(accept(full.entries[0])), expire_meanwhile(full))

    assert await counted(full.slot) == (1, 1)  # of one seat


async def expire_meanwhile(full: FullSlot) -> int:
    """Once the answer has been read, and before its seat is."""
    late = await deadline(full)
    await asyncio.sleep(0.04)
    return await sweep(late)


async def test_two_seats_go_to_two_people_when_they_are_given_back_at_once():
    full = await a_line(waiting=3)
    await database.fetch("UPDATE slot SET seats = 2 WHERE id = $1", full.slot.id)
    await sweep(clock.now())
    charlie = await accept(full.entries[0])

    await asyncio.gather(cancel_place(full.place), cancel_place(charlie.code))

    assert (await states(full.slot), await counted(full.slot)) == (["accepted", "offered", "offered"], (0, 2))


@pytest.mark.parametrize("how", ["given back", "declined", "put out"])
async def test_nobody_jumps_the_line_when_newcomers_ask_as_a_seat_comes_free(how: str):
    full = await (offered() if how == "declined" else a_line())
    newcomers = [await make_person(f"Nouvelle {number}", f"n{number}@example.ca") for number in range(8)]

    async def free() -> None:
        if how == "given back":
            await cancel_place(full.place)
        elif how == "declined":
            await leave(full.entries[0])
        else:
            await database.fetch("UPDATE slot SET seats = 2 WHERE id = $1", full.slot.id)

    answers = await asyncio.gather(*(ask(full.slot, person, wait=False) for person in newcomers), free())
    late = await ask(full.slot, newcomers[0], wait=False)

    assert {answer.outcome for answer in (*answers[:-1], late) if answer} == {"full"}
    assert (await states(full.slot)).count("offered") == 1


async def test_newcomer_would_jump_the_line_without_going_on_first(rewritten: Rewrite):
    await rewritten({LINE_FIRST: "WHERE false\n    ) AND NOT"})
    full = await a_line()

    await database.fetch("UPDATE slot SET seats = 2 WHERE id = $1", full.slot.id)

    assert (await ask(full.slot, await make_person("Nouvelle", "n@example.ca"), wait=False)).outcome == "confirmed"


async def test_everybody_has_an_answer_when_all_of_a_line_joins_leaves_and_cancels_at_once():
    full = await a_line(waiting=4)
    more = [await make_person(f"Nouvelle {number}", f"n{number}@example.ca") for number in range(6)]

    told = await asyncio.gather(
        cancel_place(full.place),
        *(ask(full.slot, person) for person in more),
        *(leave(code) for code in full.entries[:3]),
        *(said(accept(code)) for code in full.entries),
        return_exceptions=True,
    )

    assert [each for each in told if isinstance(each, BaseException)] == []
    taken, held = await counted(full.slot)
    assert taken + held == 1

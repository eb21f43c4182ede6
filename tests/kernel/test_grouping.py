"""Questions asked at once are put together; each asker gets their own answer, or their own error."""

import asyncio
from collections.abc import Sequence
from contextvars import ContextVar

import asyncpg
import pytest

from digital_days.kernel.grouping import Grouping

LONG = 60.0


class Oracle:
    """Answers with the double, once it is let, minus one only when ``pressed``; remembers what was put together."""

    def __init__(self, *, open: bool = True) -> None:  # noqa: A002 - it is a door
        self.groups: list[list[int]] = []
        self.door, self.pressed = asyncio.Event(), asyncio.Event()
        if open:
            self.door.set()

    async def __call__(self, questions: Sequence[int]) -> list[int]:
        self.groups.append(list(questions))
        if -1 in questions:
            await self.pressed.wait()
        await self.door.wait()
        return [2 * question for question in questions]


class Refusing(Oracle):
    async def __call__(self, questions: Sequence[int]) -> list[int]:
        answers = await super().__call__(questions)
        if 3 in questions:
            raise asyncpg.DataError("three is not for the database")
        return answers


async def put(grouping: Grouping[int, int], *questions: int) -> list["asyncio.Task[int]"]:
    """Asked, and as far on their way as they get by themselves."""
    asked = [asyncio.create_task(grouping.ask(question)) for question in questions]
    for _turn in range(5):
        await asyncio.sleep(0)
    return asked


async def test_lone_question_is_put_at_once_and_alone():
    oracle = Oracle()
    grouping = Grouping(oracle, most=4, patience=LONG)

    assert [await grouping.ask(1), await grouping.ask(2)] == [2, 4]
    assert oracle.groups == [[1], [2]]


async def test_questions_gather_in_order_while_a_group_is_on_its_way():
    oracle = Oracle(open=False)
    grouping = Grouping(oracle, most=4, patience=LONG)
    first = await put(grouping, 0)
    others = await put(grouping, *range(1, 8))

    oracle.door.set()

    assert await asyncio.gather(*first, *others) == [0, 2, 4, 6, 8, 10, 12, 14]
    assert oracle.groups == [[0], [1, 2, 3, 4], [5, 6, 7]]


async def test_next_group_is_on_its_way_before_the_answered_go_on():
    oracle = Oracle(open=False)
    grouping = Grouping(oracle, most=4, patience=LONG)
    put_when_answered: list[list[list[int]]] = []

    async def asks(question: int) -> None:
        await grouping.ask(question)
        put_when_answered.append(list(oracle.groups))

    first = asyncio.create_task(asks(0))
    await asyncio.sleep(0)
    others = await put(grouping, 1, 2)
    oracle.door.set()
    await asyncio.gather(first, *others)

    assert put_when_answered == [[[0], [1, 2]]]


async def test_group_that_takes_too_long_lets_the_next_one_go():
    oracle = Oracle()
    grouping = Grouping(oracle, most=9, patience=0.01)
    [stuck] = await put(grouping, -1)

    assert await asyncio.wait_for(grouping.ask(1), timeout=5) == 2
    assert await asyncio.wait_for(grouping.ask(2), timeout=5) == 4
    assert (oracle.groups, stuck.done()) == ([[-1], [1], [2]], False)
    oracle.pressed.set()
    assert await stuck == -2


async def test_error_of_one_question_is_its_own_when_the_database_refuses_the_group():
    oracle = Refusing()
    grouping = Grouping(oracle, most=9, patience=LONG)

    answers = await asyncio.gather(*(grouping.ask(n) for n in range(1, 5)), return_exceptions=True)

    assert answers[:2] + answers[3:] == [2, 4, 8]
    assert isinstance(answers[2], asyncpg.DataError)
    assert oracle.groups == [[1, 2, 3, 4], [1], [2], [3], [4]]


async def test_those_who_came_later_wait_until_each_of_a_refused_group_is_answered():
    groups: list[list[int]] = []

    async def alone_only(questions: Sequence[int]) -> list[int]:
        groups.append(list(questions))
        await asyncio.sleep(0.001)
        if len(questions) > 1:
            raise asyncpg.DataError("not together")
        return [2 * question for question in questions]

    grouping = Grouping(alone_only, most=3, patience=LONG)

    assert await asyncio.gather(*(grouping.ask(n) for n in range(4))) == [0, 2, 4, 6]
    assert groups == [[0, 1, 2], [0], [1], [2], [3]]


async def test_everybody_is_told_when_no_server_answers():
    async def away(_questions: Sequence[int]) -> list[int]:
        raise ConnectionRefusedError

    grouping = Grouping(away, most=9, patience=LONG)

    answers = await asyncio.gather(*(grouping.ask(n) for n in range(3)), return_exceptions=True)

    assert [type(answer) for answer in answers] == [ConnectionRefusedError] * 3


async def test_questions_are_still_answered_when_one_asker_has_gone():
    oracle = Oracle(open=False)
    grouping = Grouping(oracle, most=9, patience=LONG)
    impatient, patient = await put(grouping, 1, 2)
    impatient.cancel()

    oracle.door.set()

    assert await patient == 4
    with pytest.raises(asyncio.CancelledError):
        await impatient
    assert await grouping.ask(3) == 6


async def test_group_knows_nothing_of_who_asked():
    who: ContextVar[str] = ContextVar("who", default="nobody")

    async def known(questions: Sequence[int]) -> list[str]:
        return [who.get() for _ in questions]

    who.set("Bob")

    assert await Grouping(known, most=9, patience=LONG).ask(1) == "nobody"

"""Questions asked at once are put together; each asker gets their own answer, or their own error."""

import asyncio
from collections.abc import Sequence
from contextvars import ContextVar

import asyncpg
import pytest

from digital_days.kernel.grouping import Grouping


class Oracle:
    """Answers with the double, one turn of the loop later; remembers what was put together."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []

    async def __call__(self, questions: Sequence[int]) -> list[int]:
        self.groups.append(list(questions))
        await asyncio.sleep(0.01)
        return [2 * question for question in questions]


class Refusing(Oracle):
    async def __call__(self, questions: Sequence[int]) -> list[int]:
        answers = await super().__call__(questions)
        if 3 in questions:
            raise asyncpg.DataError("three is not for the database")
        return answers


async def test_lone_question_is_put_at_once_and_alone():
    oracle = Oracle()
    grouping = Grouping(oracle, most=4, groups=1)

    assert [await grouping.ask(1), await grouping.ask(2)] == [2, 4]
    assert oracle.groups == [[1], [2]]


async def test_questions_gather_in_order_while_a_group_is_on_its_way():
    oracle = Oracle()
    grouping = Grouping(oracle, most=4, groups=1)
    first = asyncio.create_task(grouping.ask(0))
    await asyncio.sleep(0.001)

    answers = await asyncio.gather(*(grouping.ask(n) for n in range(1, 8)))

    assert (await first, answers) == (0, [2, 4, 6, 8, 10, 12, 14])
    assert oracle.groups == [[0], [1, 2, 3, 4], [5, 6, 7]]


async def test_two_groups_are_on_their_way_at_once_when_allowed():
    oracle = Oracle()
    grouping = Grouping(oracle, most=2, groups=2)

    await asyncio.gather(*(grouping.ask(n) for n in range(6)))

    assert oracle.groups == [[0, 1], [2, 3], [4, 5]]


async def test_error_of_one_question_is_its_own_when_the_database_refuses_the_group():
    oracle = Refusing()
    grouping = Grouping(oracle, most=9, groups=1)

    answers = await asyncio.gather(*(grouping.ask(n) for n in range(1, 5)), return_exceptions=True)

    assert answers[:2] + answers[3:] == [2, 4, 8]
    assert isinstance(answers[2], asyncpg.DataError)
    assert oracle.groups == [[1, 2, 3, 4], [1], [2], [3], [4]]


async def test_everybody_is_told_when_no_server_answers():
    async def away(_questions: Sequence[int]) -> list[int]:
        raise ConnectionRefusedError

    grouping = Grouping(away, most=9, groups=1)

    answers = await asyncio.gather(*(grouping.ask(n) for n in range(3)), return_exceptions=True)

    assert [type(answer) for answer in answers] == [ConnectionRefusedError] * 3


async def test_questions_are_still_answered_when_one_asker_has_gone():
    grouping = Grouping(Oracle(), most=9, groups=1)
    impatient, patient = asyncio.create_task(grouping.ask(1)), asyncio.create_task(grouping.ask(2))
    await asyncio.sleep(0.001)
    impatient.cancel()

    assert await patient == 4
    with pytest.raises(asyncio.CancelledError):
        await impatient
    assert await grouping.ask(3) == 6


async def test_group_knows_nothing_of_who_asked():
    who: ContextVar[str] = ContextVar("who", default="nobody")

    async def known(questions: Sequence[int]) -> list[str]:
        return [who.get() for _ in questions]

    who.set("Bob")

    assert await Grouping(known, most=9, groups=1).ask(1) == "nobody"

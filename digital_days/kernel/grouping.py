"""Questions that arrive at the same time, put to the database together: one round trip and one commit for all."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Generic, TypeVar

import asyncpg

Question = TypeVar("Question")
Answer = TypeVar("Answer")
Asked = tuple[Question, asyncio.Future[Answer]]


class Grouping(Generic[Question, Answer]):
    """Puts what waits to ``answer_all``, at most ``most`` at once, whenever the group before it is answered.

    A lone question is put at once; only while a group is on its way do others gather. They go before those of the
    group are told: the database works on while answers are written. A group that takes longer than ``patience``
    seconds, for instance because somebody holds a row that it needs, lets the next one go.
    ``answer_all`` gets the questions in the order of their arrival, knows nothing of who asked (no language, no
    transaction), and gives one answer each. When the database refuses a group, each question is put alone: nobody
    pays for somebody else's.
    """

    def __init__(
        self, answer_all: Callable[[Sequence[Question]], Awaitable[Sequence[Answer]]], *, most: int, patience: float
    ) -> None:
        self._answer_all = answer_all
        self._most = most
        self._patience = patience
        self._waiting: deque[Asked[Question, Answer]] = deque()
        self._in_front: asyncio.Task[None] | None = None  # the group that the next one waits for
        self._groups: set[asyncio.Task[None]] = set()  # all of them: the loop itself holds tasks only weakly

    async def ask(self, question: Question) -> Answer:
        """The answer to this one, or the exception it led to; whoever no longer waits for it disturbs nobody."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, future))
        self._go_on()
        return await future

    def _go_on(self) -> None:
        if self._waiting and self._in_front is None:
            group = asyncio.create_task(self._put_group(), context=Context())
            group.add_done_callback(self._groups.discard)
            self._groups.add(group)
            self._in_front = group

    async def _put_group(self) -> None:
        overdue = asyncio.get_running_loop().call_later(self._patience, self._make_way, asyncio.current_task())
        group = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        try:
            outcomes = await self._outcomes([question for question, _ in group])
        finally:
            overdue.cancel()
            self._make_way(asyncio.current_task())
        for (_, future), outcome in zip(group, outcomes, strict=True):
            if future.done():
                continue
            if isinstance(outcome, Exception):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)

    def _make_way(self, group: asyncio.Task[None] | None) -> None:
        if self._in_front is group:
            self._in_front = None
            self._go_on()

    async def _outcomes(self, questions: Sequence[Question]) -> list[Answer | Exception]:
        try:
            answers = await self._answer_all(questions)
            return [answer for _, answer in zip(questions, answers, strict=True)]
        except asyncpg.PostgresError as error:
            if len(questions) == 1:
                return [error]
            return [outcome for question in questions for outcome in await self._outcomes([question])]
        except Exception as error:  # noqa: BLE001 (it is for those who asked)
            return [error] * len(questions)

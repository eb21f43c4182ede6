"""Questions that arrive at the same time, put to the database together: one round trip and one commit for all."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Generic, TypeVar

import asyncpg

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Grouping(Generic[Question, Answer]):
    """Puts what waits to ``answer_all``, at most ``most`` at once, whenever a group before it is answered.

    A lone question is put at once; only while ``groups`` are on their way do others gather. ``answer_all`` gets the
    questions in the order of their arrival, knows nothing of who asked (no language, no transaction), and gives one
    answer each. When the database refuses a group, each question is put alone: nobody pays for somebody else's.
    """

    def __init__(
        self, answer_all: Callable[[Sequence[Question]], Awaitable[Sequence[Answer]]], *, most: int, groups: int
    ) -> None:
        self._answer_all = answer_all
        self._most = most
        self._groups = groups
        self._waiting: deque[tuple[Question, asyncio.Future[Answer]]] = deque()
        self._on_their_way = 0
        self._tasks: set[asyncio.Task[None]] = set()  # the loop itself holds them only weakly

    async def ask(self, question: Question) -> Answer:
        """The answer to this one, or the exception it led to; whoever no longer waits for it disturbs nobody."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, future))
        if self._on_their_way < self._groups:
            self._on_their_way += 1
            task = asyncio.create_task(self._work(), context=Context())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await future

    async def _work(self) -> None:
        try:
            while self._waiting:
                await self._settle([self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))])
        finally:
            self._on_their_way -= 1

    async def _settle(self, group: list[tuple[Question, asyncio.Future[Answer]]]) -> None:
        try:
            answers = await self._answer_all([question for question, _ in group])
            settled = list(zip(group, answers, strict=True))
        except asyncpg.PostgresError as error:
            if len(group) == 1:
                _fail(group, error)
            for one in group if len(group) > 1 else ():
                await self._settle([one])
        except Exception as error:  # noqa: BLE001 (it is for those who asked)
            _fail(group, error)
        else:
            for (_, future), answer in settled:
                if not future.done():
                    future.set_result(answer)


def _fail(group: list[tuple[Question, asyncio.Future[Answer]]], error: Exception) -> None:
    for _, future in group:
        if not future.done():
            future.set_exception(error)

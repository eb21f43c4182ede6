"""Answers that never end by themselves end when the server is told to stop: it waits for them, for a while only."""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from types import FrameType

_stopping: asyncio.Event | None = None


@asynccontextmanager
async def told_to_stop() -> AsyncIterator[None]:
    """While inside, a SIGTERM or SIGINT that reaches this process is known to ``pause``.

    The server has the event loop watch the same signals. Loops (asyncio's and uvloop) do that through a wake-up file
    descriptor and leave Python's own handlers idle, so that ours goes beside it.
    """
    global _stopping
    _stopping = stopping = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stopping.set)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


async def pause(seconds: float) -> bool:
    """Sleeps; True, at once, when the server is stopping."""
    if _stopping is None:
        await asyncio.sleep(seconds)
        return False
    with suppress(TimeoutError):
        await asyncio.wait_for(_stopping.wait(), seconds)
    return _stopping.is_set()

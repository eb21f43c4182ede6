"""The engine at work in a process of its own, so that no request and no mail waits for it."""

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable

import msgspec

from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from matchmaking.engine.plan import Progress
from matchmaking.engine.protocol import Answer, Line, Request

GRACE = 30.0
"""Seconds beyond its own limit in which it starts, explains and answers."""
LONGEST_LINE = 64 * 1024 * 1024

_decode = msgspec.json.Decoder(Line).decode


class EngineDied(Conflict):
    message = N_("Le calcul s’est arrêté avant la fin. Recommencez; si cela se répète, réduisez le nombre de souhaits.")


class Engine:
    """One run; ``stop`` asks for the best so far, from anywhere."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._process: asyncio.subprocess.Process | None = None
        self._stopped = False

    def stop(self) -> None:
        """The answer follows soon; before it has begun, it begins and ends at once."""
        self._stopped = True
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()

    async def run(self, on_progress: Callable[[Progress], Awaitable[None]] | None = None) -> Answer:
        """Raises ``EngineDied`` where no answer comes; the process is gone in any case, also when cancelled."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "matchmaking.engine",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=LONGEST_LINE,
        )
        try:
            async with asyncio.timeout(self._request.time_limit + GRACE):
                return await self._talk(self._process, on_progress)
        except (TimeoutError, ConnectionError, msgspec.DecodeError, ValueError) as error:
            raise EngineDied from error
        finally:
            if self._process.returncode is None:
                self._process.kill()
            await self._process.wait()

    async def _talk(
        self, process: asyncio.subprocess.Process, on_progress: Callable[[Progress], Awaitable[None]] | None
    ) -> Answer:
        if process.stdin is None or process.stdout is None:  # pragma: no cover - both were asked for
            raise EngineDied
        process.stdin.write(msgspec.msgpack.encode(self._request))
        await process.stdin.drain()
        process.stdin.close()
        if self._stopped:
            self.stop()
        async for text in process.stdout:
            line = _decode(text)
            if isinstance(line, Answer):
                return line
            if on_progress is not None:
                await on_progress(line.progress)
        raise EngineDied


async def answer_to(request: Request) -> Answer:
    """Of a short run, where nobody watches. Raises ``EngineDied``."""
    return await Engine(request).run()

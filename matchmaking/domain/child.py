"""The process that solves, seen from here: it is started, listened to, stopped, and never outlives who waits for it."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from contextlib import suppress
from signal import SIGKILL

import msgspec

from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from matchmaking.engine.plan import Progress
from matchmaking.engine.protocol import (
    EXPLAINING,
    Advanced,
    ExitCode,
    Line,
    Request,
    Result,
    Started,
    read_line,
    write_request,
)

GRACE = 15.0
"""Seconds beyond what it is given, for starting, explaining and writing."""
LONGEST_LINE = 64 * 1024 * 1024


class EngineDied(Conflict):
    message = N_(
        "Le calcul s’est interrompu à cause d’une erreur. Rien n’est perdu de ce qui était publié. "
        "Relancez le calcul. Si cela se répète, avertissez la personne qui administre le site."
    )


class EngineKilled(EngineDied):
    message = N_(
        "Le serveur a mis fin au calcul, sans doute faute de mémoire. Rien n’est perdu de ce qui était publié. "
        "Relancez le calcul à un moment plus calme."
    )


class EngineLate(EngineDied):
    message = N_("Le calcul n’a pas répondu dans le temps prévu, et il a été arrêté. Relancez-le.")


class ProblemUnreadable(EngineDied):
    message = N_(
        "Le calcul n’a pas pu lire les données des rencontres. Faites vérifier les données avant de le relancer."
    )


REFUSALS: dict[int, type[EngineDied]] = {
    -SIGKILL: EngineKilled,
    ExitCode.OUT_OF_MEMORY: EngineKilled,
    ExitCode.UNREADABLE: ProblemUnreadable,
}


async def run_engine(
    request: Request,
    on_progress: Callable[[Progress], Awaitable[None]],
    *,
    stop: asyncio.Event | None = None,
    grace: float = GRACE,
) -> Result:
    """The answer, or ``EngineDied``; where ``stop`` is set, the best so far soon after.

    Whatever happens here (an error, a cancellation, the end of the time), the process is gone afterwards.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "matchmaking.engine", stdin=PIPE, stdout=PIPE, limit=LONGEST_LINE
    )
    try:
        async with asyncio.timeout(request.time_limit + EXPLAINING + grace):
            return await _conversation(process, write_request(request), on_progress, stop or asyncio.Event())
    except TimeoutError:
        raise EngineLate from None
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def answer_to(request: Request) -> Result:
    """Of a short run that nobody watches. Raises ``EngineDied``."""

    async def unheard(_progress: Progress) -> None:
        """Nobody watches."""

    return await run_engine(request, unheard)


async def _conversation(
    process: Process, request: bytes, on_progress: Callable[[Progress], Awaitable[None]], stop: asyncio.Event
) -> Result:
    writer, reader = process.stdin, process.stdout
    if writer is None or reader is None:
        raise EngineDied
    hearing = asyncio.Event()
    stopping = asyncio.create_task(_terminated(process, hearing, stop))
    result: Result | None = None
    try:
        with suppress(BrokenPipeError, ConnectionResetError):  # it died before it read: its end says why
            writer.write(request)
            await writer.drain()
            writer.close()
        async for line in reader:
            match _read(line):
                case Started():
                    hearing.set()
                case Advanced(progress=progress):
                    await on_progress(progress)
                case Result() as answer:
                    result = answer
    finally:
        stopping.cancel()
    code = await process.wait()
    if result is None:  # an answer counts, whatever ends the process after it: the stop that crossed it on its way
        raise REFUSALS.get(code, EngineDied)
    return result


def _read(line: bytes) -> Line | None:
    """Nothing where it died in the middle of the line: its end says why."""
    try:
        found: Line = read_line(line)
    except msgspec.DecodeError:
        return None
    return found


async def _terminated(process: Process, *all_of: asyncio.Event) -> None:
    """Once all of these are set: before it hears, a signal would end it without an answer."""
    for event in all_of:
        await event.wait()
    with suppress(ProcessLookupError):
        process.terminate()

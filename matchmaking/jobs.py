"""The worker's part: the engine at work on what organisers have asked for; what other services have done."""

import asyncio
import os
import secrets
from contextlib import suppress
from datetime import timedelta

from digital_days.kernel import database
from digital_days.kernel.courier import DatabaseAway
from digital_days.kernel.editions import edition_called
from matchmaking.domain.child import EngineDied, run_engine
from matchmaking.domain.copying import copy_speed_dating
from matchmaking.domain.drafts import fill_draft
from matchmaking.domain.runs import Claimed, Point, claim_run, end_run, give_back, keep_run, point
from matchmaking.engine.plan import Progress
from matchmaking.engine.protocol import Result
from scheduling.events import EditionCopied

TOLD_EVERY = 0.5


async def solve_one() -> bool:
    """Takes a run that waits, whether there was one; gives it back when the worker has to stop.

    Twice is harmless: whoever no longer holds the run writes nothing.
    """
    by = f"{os.getpid()}-{secrets.token_hex(8)}"
    claimed = await claim_run(by)
    if claimed is None:
        return False
    try:
        await _solve(claimed, by)
    except asyncio.CancelledError:
        await give_back(claimed.id, by)
        raise
    return True


async def copy_the_speed_dating(event: EditionCopied) -> None:
    """Twice is harmless: an edition that has a speed dating keeps it as it is."""
    source, edition = await edition_called(event.source), await edition_called(event.edition)
    await copy_speed_dating(source.id, edition.id, timedelta(days=event.days))


async def _solve(claimed: Claimed, by: str) -> None:
    stop, points = asyncio.Event(), list[Point]()
    if claimed.stop_asked:
        stop.set()
    keeping = asyncio.create_task(_keep(claimed.id, by, stop, points))

    async def hear(progress: Progress) -> None:
        points.append(point(progress))

    try:
        answer = await run_engine(claimed.request, hear, stop=stop)
    except EngineDied as died:
        await end_run(claimed.id, by, answer=None, points=points, reason=died.message)
    else:
        await _keep_answer(claimed, by, answer, points)
    finally:
        keeping.cancel()


async def _keep_answer(claimed: Claimed, by: str, answer: Result, points: list[Point]) -> None:
    async with database.transaction():
        if await end_run(claimed.id, by, answer=answer, points=points) and answer.plan.found:
            await fill_draft(claimed.id, claimed.request.problem, answer.plan)


async def _keep(run_id: int, by: str, stop: asyncio.Event, points: list[Point]) -> None:
    """Says twice a second how far it is and hears whether to stop, unless the database is away for a moment."""
    while True:
        await asyncio.sleep(TOLD_EVERY)
        with suppress(*DatabaseAway):
            if await keep_run(run_id, by, points) is not False:
                stop.set()

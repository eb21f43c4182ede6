"""The worker: keeps the outbox's promises. Arq brings the wake-up calls; without it the sweep goes on."""

import asyncio
import contextlib
import logging
import signal
import sys
from typing import Any

import uvloop
from arq.connections import ArqRedis
from arq.worker import Worker, func

from digital_days.composition import plug_in
from digital_days.kernel import database
from digital_days.kernel.courier import Courier, DatabaseAway
from digital_days.kernel.database import connect_to
from digital_days.kernel.failures import where
from digital_days.kernel.long_work import keep_at_it
from digital_days.kernel.mailbox import Mailbox
from digital_days.kernel.patience import Patience
from digital_days.kernel.purge import Housekeeping
from digital_days.kernel.sendgrid_transport import SendGrid
from digital_days.kernel.settings import Settings, SettingsError, check_for_service, current
from digital_days.kernel.sweeping import Sweeper
from digital_days.kernel.transport import Transport
from digital_days.kernel.wake import DRAIN, ValkeyAway, valkey

log = logging.getLogger(__name__)


def main() -> None:
    """``python -m digital_days.worker``: runs until SIGTERM or Ctrl-C."""
    try:
        settings = current()
        check_for_service(settings)
    except SettingsError as error:
        sys.exit(str(error))
    logging.basicConfig(level=settings.log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("arq").setLevel(logging.WARNING)  # a line for each wake-up call is no news
    uvloop.run(run(settings))


async def run(settings: Settings, *, patience: Patience | None = None) -> None:
    """Works until a signal; then finishes what is under way, gives back the rest, and returns."""
    patience = patience or Patience()
    something_waits, stopping = asyncio.Event(), asyncio.Event()
    plug_in()
    transport = transport_for(settings)
    courier = Courier(transport, settings=settings, patience=patience)

    def stop() -> None:
        courier.stop()
        stopping.set()
        something_waits.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    connect_to(settings.database_url or "")
    calls = asyncio.create_task(_listen(settings.redis_url or "", something_waits))
    toil = asyncio.create_task(keep_at_it())
    try:
        await _work(courier, settings, patience, something_waits, stopping)
    finally:
        await end(toil)
        await end(calls)
        if transport:
            transport.close()
        with contextlib.suppress(*DatabaseAway):
            await database.close_pool()
    log.info("worker stopped")


async def end(task: asyncio.Task[None]) -> None:
    """Returns when it has ended; arq may take a cancellation for the end of one poll, and go on."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=0.1)


def transport_for(settings: Settings) -> Transport | None:
    """SendGrid with a key, the mailbox where it is open, else nothing: then mails wait."""
    if settings.sendgrid_api_key:
        return SendGrid(settings, threads=settings.worker_concurrency)
    return Mailbox() if settings.mailbox_is_open else None


async def _work(
    courier: Courier,
    settings: Settings,
    patience: Patience,
    something_waits: asyncio.Event,
    stopping: asyncio.Event,
) -> None:
    away = False
    housekeeping, sweeper = Housekeeping(), Sweeper()
    while not stopping.is_set():
        something_waits.clear()
        try:
            if not database.DB.pool:
                await database.open_pool(settings.worker_concurrency + 2)
                log.info("worker ready, %s at once", settings.worker_concurrency)
            await sweeper.sweep_if_due()
            await courier.drain()
            await housekeeping.purge_if_due()
            away = False
        except DatabaseAway as error:
            if not away:
                log.warning("the database is away (%s); trying again", type(error).__name__)
            away = True
        except Exception as error:  # noqa: BLE001 - the worker goes on, whatever happens
            log.error("the outbox stumbled: %s", where(error))  # noqa: TRY400 - a text may quote somebody's data
        pause = min(1.0, patience.sweep.total_seconds()) if away else patience.sweep.total_seconds()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(something_waits.wait(), pause)


async def _listen(redis_url: str, something_waits: asyncio.Event) -> None:
    """Arq's worker ends when Valkey goes away; a new one begins when it is back."""
    away = False
    while True:
        redis = valkey(redis_url)
        try:
            await redis.ping()
            away = False
            await _arq(redis, something_waits).async_run()
        except ValkeyAway as error:
            if not away:
                log.warning("no wake-up calls for now (%s): the sweep goes on", type(error).__name__)
            away = True
        finally:
            with contextlib.suppress(*ValkeyAway):
                await redis.aclose()
        await asyncio.sleep(1)


def _arq(redis: ArqRedis, something_waits: asyncio.Event) -> Worker:
    async def wake_up(ctx: dict[str, Any], *_args: Any, **_more: Any) -> None:
        something_waits.set()

    return Worker(
        # The job only raises a flag and keeps no result, so a call is never held back by the one before.
        functions=[func(wake_up, name=DRAIN, keep_result=0, timeout=5, max_tries=1)],
        redis_pool=redis,
        handle_signals=False,
        poll_delay=0.1,
        job_serializer=redis.job_serializer,
        job_deserializer=redis.job_deserializer,
    )


if __name__ == "__main__":
    main()

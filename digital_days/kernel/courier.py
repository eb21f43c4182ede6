"""Keeps the promises of the outbox: takes what is due, a few at a time, and writes down what became of each."""

import asyncio
import contextlib
import logging
import os
import secrets
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import asyncpg

from digital_days.kernel import clock, database, events, mail, outbox
from digital_days.kernel.failures import where
from digital_days.kernel.i18n import N_
from digital_days.kernel.mail_request import mail_request
from digital_days.kernel.outbox import Message
from digital_days.kernel.patience import Patience
from digital_days.kernel.settings import Settings
from digital_days.kernel.transport import (
    Absent,
    Accepted,
    Closed,
    Doubtful,
    Later,
    NoAnswer,
    Outcome,
    Refused,
    Transport,
    Unknowable,
)

NO_WAY = N_("Aucun message ne peut partir : le réglage SENDGRID_API_KEY manque.")
BROKEN = N_("Ce message n’a pas pu être préparé. La cause est dans le journal du programme.")
FAILS_OFTEN = N_("SendGrid ne répond plus. Les messages attendent et le programme essaie de nouveau.")
NOT_SETTLED = N_("L’envoi a été interrompu plusieurs fois, et SendGrid ne l’a jamais reçu en entier.")

BATCH = 100
TROUBLES_IN_A_ROW = 3
DOUBTS_AT_ONCE = 5  # SendGrid answers six such questions a minute

DatabaseAway = (*database.Unreachable, asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError, TimeoutError)

log = logging.getLogger(__name__)


class Courier:
    """One a worker process; its concurrency is also how many mails a sudden death can leave in doubt."""

    def __init__(self, transport: Transport | None, *, settings: Settings, patience: Patience) -> None:
        self._transport = transport
        self._settings = settings
        self._concurrency = settings.worker_concurrency
        self._patience = patience
        self._stopping = False
        self._closed_until: datetime | None = None
        self._closed_because = ""
        self._troubles = 0

    def stop(self) -> None:
        """Begins nothing more; what is under way is finished by ``drain``."""
        self._stopping = True

    async def drain(self) -> int:
        """Works until nothing is due, or until told to stop; how many messages it had in hand."""
        handled = 0
        while not self._stopping:
            await self._pick_up_the_pieces()
            by = f"{os.getpid()}-{secrets.token_hex(8)}"
            batch = await outbox.claim(by=by, kinds=self._kinds(), limit=BATCH, lease=self._patience.lease)
            if not batch:
                break
            handled += len(batch)
            try:
                await self._work_through(batch)
            finally:
                await outbox.release(by)
        return handled

    def _kinds(self) -> list[str]:
        return ["mail", "event"] if self._transport and not self._mail_is_closed() else ["event"]

    def _mail_is_closed(self) -> bool:
        return self._closed_until is not None and clock.now() < self._closed_until

    async def _work_through(self, batch: list[Message]) -> None:
        left = deque(batch)

        async def one_after_another() -> None:
            while left and not self._stopping:
                message = left.popleft()
                if message.kind == "mail" and self._mail_is_closed():
                    continue  # goes back to the queue with the rest of the claim
                await self._keep(message)

        at_once = 1 if self._troubles else self._concurrency
        tasks = [one_after_another() for _ in range(min(at_once, len(batch)))]
        # Not a TaskGroup: it would cancel the others in the middle of their sending.
        for problem in await asyncio.gather(*tasks, return_exceptions=True):
            if problem:
                raise problem

    async def _keep(self, message: Message) -> None:
        try:
            request = await self._prepare(message)
        except mail.Unsendable as unsendable:
            await outbox.give_up(message, error=unsendable.error)
        except Exception as error:  # noqa: BLE001 - one message must never stop the others
            problem = where(error)
            log.error("message %s (%s) failed: %s", message.id, message.topic, problem)  # noqa: TRY400 - no text of it
            await self._retry(message, BROKEN)
        else:
            if request and self._transport:
                await self._send(self._transport, message, request)

    async def _prepare(self, message: Message) -> dict[str, Any] | None:
        """The request that remains to be sent; everything that can be kept inside a transaction is kept here."""
        if message.kind == "event":
            await self._hand_over(message)
            return None
        letter = await mail.compose(message)
        if letter is None or not letter.to_email:
            await outbox.finish(message, receipt=outbox.UNNEEDED)
            return None
        request = mail_request(letter, key=message.dedup_key, settings=self._settings)
        if self._transport is None or self._transport.sends_for_real:
            return request
        async with database.transaction():
            if await outbox.hold(message):
                await self._record(message, await self._transport.send(message, request))
        return None

    async def _hand_over(self, message: Message) -> None:
        """The subscriber's work and the record of it are one transaction: both happen, or neither."""
        async with database.transaction():
            if await outbox.hold(message):
                await events.hand_over(message)
                await outbox.finish(message)

    async def _send(self, transport: Transport, message: Message, request: dict[str, Any]) -> None:
        """Between the two records lies the one window in which a death leaves doubt: nothing else may stand here."""
        # Longer than the client waits: nobody may ask about a request that is still on its way.
        lease = max(self._patience.settling, timedelta(seconds=2 * self._settings.sendgrid_timeout))
        if await outbox.start_sending(message, lease=lease):
            outcome = await transport.send(message, request)
            await self._persist(lambda: self._record(message, outcome))

    async def _record(self, message: Message, outcome: Outcome) -> None:
        match outcome:
            case Accepted(receipt):
                self._troubles = 0
                await outbox.note_accepted(message, receipt=receipt)
            case Refused(error):
                self._troubles = 0
                await outbox.give_up(message, error=error)
            case Later(error):
                await self._retry(message, error)
                self._note_trouble(error)
            case Doubtful():
                wait = max(self._patience.settling, self._patience.before_retry(message.attempts))
                await outbox.leave_in_doubt(message, ask_at=clock.now() + wait)
                self._note_trouble(FAILS_OFTEN)
            case Closed(error, wait):
                until = clock.now() + (wait or self._patience.pause)
                await outbox.put_back(message, due_at=until, error=error, counts=False)
                self._close(error, until)

    def _note_trouble(self, error: str) -> None:
        """A server that hangs would leave every mail in doubt: after a few, all wait, and then one goes ahead alone."""
        self._troubles += 1
        if self._troubles >= TROUBLES_IN_A_ROW:
            self._close(error, clock.now() + self._patience.pause)

    def _close(self, error: str, until: datetime) -> None:
        if not self._mail_is_closed():
            log.error("no mail leaves until %s: %s", until.isoformat(timespec="seconds"), error)
        self._closed_until = max(until, self._closed_until or until)
        self._closed_because = error

    async def _retry(self, message: Message, error: str) -> None:
        if message.attempts + 1 >= self._patience.attempts:
            await outbox.give_up(message, error=error)
        else:
            due_at = clock.now() + self._patience.before_retry(message.attempts)
            await outbox.put_back(message, due_at=due_at, error=error)

    async def _pick_up_the_pieces(self) -> None:
        """What died while being prepared is queued again; what died while being sent is asked about first."""
        await outbox.recover(most_attempts=self._patience.attempts)
        if self._transport is None:
            await outbox.note_on_waiting_mails(NO_WAY)
            return
        if self._mail_is_closed():
            await outbox.note_on_waiting_mails(self._closed_because)
            return
        by = f"{os.getpid()}-{secrets.token_hex(8)}"
        lease = self._patience.settling
        for message in await outbox.doubtful(by=by, limit=DOUBTS_AT_ONCE, lease=lease):
            await self._settle(self._transport, message)

    async def _settle(self, transport: Transport, message: Message) -> None:
        verdict = await transport.was_accepted(message)
        if isinstance(verdict, NoAnswer) and message.asked + 1 >= self._patience.questions:
            verdict = Unknowable()
        match verdict:
            case Accepted(receipt):
                await outbox.note_accepted(message, receipt=receipt)
            case Absent() | Unknowable() if message.attempts + 1 >= self._patience.attempts:
                await outbox.give_up(message, error=NOT_SETTLED)
            case Absent():
                await outbox.put_back(message, due_at=clock.now(), error="")
            case Unknowable():
                log.warning("message %s (%s) is sent again and may arrive twice", message.id, message.topic)
                await outbox.put_back(message, due_at=clock.now(), error="", maybe_twice=True)
            case NoAnswer(wait):
                ask_at = clock.now() + min(wait, self._patience.longest_question)
                await outbox.leave_in_doubt(message, ask_at=ask_at, asked=message.asked + 1)

    async def _persist(self, record: Callable[[], Awaitable[None]]) -> None:
        """An outcome is known to nobody else: it is held while the database restarts."""
        deadline = clock.now() + self._patience.recording
        while True:
            with contextlib.suppress(*DatabaseAway):
                return await record()
            if clock.now() > deadline:
                log.error("an outcome could not be recorded: the message will be asked about")
                return None
            await asyncio.sleep(0.2)

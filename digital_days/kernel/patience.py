"""How long the outbox waits for what."""

import random
from datetime import timedelta

from msgspec import Struct


class Patience(Struct, frozen=True, kw_only=True):
    """The delays of the way of a message; tests are less patient."""

    sweep: timedelta = timedelta(seconds=5)
    """Between two looks at what is due, for retries and for wake-up calls that were missed."""
    lease: timedelta = timedelta(seconds=90)
    """For preparing a claimed batch; then others may take it."""
    settling: timedelta = timedelta(minutes=3)
    """From a sending without an answer until SendGrid's activity feed can be believed (users saw a minute)."""
    first_retry: timedelta = timedelta(seconds=30)
    longest_retry: timedelta = timedelta(hours=1)
    attempts: int = 12
    pause: timedelta = timedelta(minutes=1)
    """For all mails, when SendGrid refuses our key or has failed several times in a row."""
    questions: int = 10
    """About a mail in doubt, without an answer; then it is sent again."""
    longest_question: timedelta = timedelta(minutes=6)
    """Between two of them, whatever SendGrid asks for: a ticket waits an hour at most."""
    recording: timedelta = timedelta(minutes=1)
    """How long an outcome is held for a database that is away."""

    def before_retry(self, attempts: int) -> timedelta:
        """Doubles with every attempt made, with up to half of it taken off so that a crowd spreads out."""
        seconds = min(self.first_retry.total_seconds() * 2.0 ** min(attempts, 30), self.longest_retry.total_seconds())
        return timedelta(seconds=seconds * random.uniform(0.5, 1))  # noqa: S311 (no secret)

"""The rounds that fill a morning and an afternoon. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct


class Session(Struct, frozen=True, kw_only=True):
    """A stretch of time in which people meet, one round after the other."""

    starts_at: datetime
    ends_at: datetime


class Round(Struct, frozen=True, kw_only=True):
    """``number`` counts from 1 over all sessions, ``session`` from 1."""

    number: int
    session: int
    starts_at: datetime
    ends_at: datetime

    def overlaps(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Touching ends do not count."""
        return starts_at < self.ends_at and self.starts_at < ends_at


def rounds_in(sessions: Sequence[Session], *, round_minutes: int, pause_minutes: int) -> tuple[Round, ...]:
    """As many whole rounds as fit into each session, with pauses between them, in the order of time."""
    length, pause = timedelta(minutes=round_minutes), timedelta(minutes=pause_minutes)
    found: list[Round] = []
    for place, session in enumerate(sorted(sessions, key=lambda each: each.starts_at), start=1):
        starts_at = session.starts_at
        while starts_at + length <= session.ends_at:
            found.append(Round(number=len(found) + 1, session=place, starts_at=starts_at, ends_at=starts_at + length))
            starts_at += length + pause
    return tuple(found)

"""The whole day for a screen that must go on alone: rounds, tables, clock; in milliseconds, as scripts count."""

import hashlib
from datetime import datetime

import msgspec
from msgspec import Struct

from digital_days.kernel import clock
from digital_days.kernel.i18n import format_time
from digital_days.kernel.revalidated import Revalidated
from matchmaking.domain.hall import Hall, hall_of, hall_version


class Day(Struct, frozen=True):
    """``mark`` tells two of them apart; ``body`` is it all, in JSON."""

    mark: str
    body: msgspec.Raw


class Answer(Struct, frozen=True, omit_defaults=True):
    """``now`` is the server's clock, ``said`` the same in words; ``day`` only for whoever does not know it yet."""

    now: int
    said: str
    mark: str
    day: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


def milliseconds(moment: datetime) -> int:
    """Since 1970."""
    return int(moment.timestamp() * 1000)


def day_of(hall: Hall) -> Day:
    """Public: organisations and table numbers."""
    rounds = [
        {
            "number": turn.number,
            "from": milliseconds(turn.starts_at),
            "to": milliseconds(turn.ends_at),
            "seats": [[seat.table, seat.business, seat.resource] for seat in hall.seats.get(turn.number, ())],
        }
        for turn in hall.course.turns
        if turn.is_held
    ]
    paused_at = hall.course.paused_at
    body = msgspec.json.encode({"rounds": rounds, "paused": milliseconds(paused_at) if paused_at else None})
    return Day(hashlib.sha256(body).hexdigest()[:16], msgspec.Raw(body))


async def _load(edition_id: int, _version: str) -> Day:
    return day_of(await hall_of(edition_id))


days = Revalidated(hall_version, _load)


def answer(day: Day, known: str = "") -> bytes:
    """To whoever knows the day of this mark."""
    now = clock.now()
    new = day.body if known != day.mark else msgspec.UNSET
    return msgspec.json.encode(Answer(milliseconds(now), format_time(now), day.mark, new))

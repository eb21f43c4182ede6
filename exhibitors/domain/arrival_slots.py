"""The quarters of an hour in which exhibitors unload, as organisers open them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.errors import Conflict, Invalid, NotFound
from digital_days.kernel.i18n import N_
from digital_days.kernel.local_times import instant

QUARTER = timedelta(minutes=15)
MOST = 50
"""Vehicles at once."""


class NoSuchArrivalSlot(NotFound):
    message = N_("Ce quart d’heure n’est plus offert.")


class StillTaken(Conflict):
    message = N_(
        "Des exposants arrivent dans ce quart d’heure : sa capacité ne peut pas être plus petite que %(taken)s."
    )


class NotEmpty(Conflict):
    message = N_("Un exposant a choisi ce quart d’heure : il ne peut pas être enlevé.")


class NotQuarters(Invalid):
    message = N_("Écrivez des quarts d’heure, par exemple 7 h 15, le plus tôt d’abord.")


class Visit(Struct, frozen=True, kw_only=True):
    """Who arrives; ``booth`` is a number, empty without one."""

    name: str
    booth: str
    vehicle: str


class ArrivalSlot(Struct, frozen=True, kw_only=True):
    """``taken`` of ``capacity`` are chosen."""

    starts_at: datetime
    capacity: int
    taken: int
    visits: Sequence[Visit] = ()

    @property
    def left(self) -> int:
        """How many more may choose it."""
        return self.capacity - self.taken

    @property
    def ends_at(self) -> datetime:
        """A quarter of an hour later."""
        return self.starts_at + QUARTER

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.starts_at:%Y%m%dT%H%M}"


_VISITS = """
    SELECT a.slot, x.name, coalesce(b.number, '') AS booth, a.vehicle
    FROM exhibitor_arrival a JOIN exhibitor x ON x.id = a.exhibitor
    LEFT JOIN booking k ON k.exhibitor = x.id AND k.state = 'confirmed' LEFT JOIN booth b ON b.id = k.booth
    WHERE x.edition = $1 ORDER BY x.search_key, x.id
"""
_SLOTS = "SELECT id, starts_at, capacity, taken FROM arrival_slot WHERE edition = $1 ORDER BY starts_at"


async def arrival_slots(edition_id: int) -> list[ArrivalSlot]:
    """By time, with who comes; two queries."""
    rows = await database.fetch(_SLOTS, edition_id)
    visits: dict[int, list[Visit]] = {row["id"]: [] for row in rows}
    for row in await database.fetch(_VISITS, edition_id):
        visits.setdefault(row["slot"], []).append(Visit(name=row["name"], booth=row["booth"], vehicle=row["vehicle"]))
    return [
        ArrivalSlot(starts_at=row["starts_at"], capacity=row["capacity"], taken=row["taken"], visits=visits[row["id"]])
        for row in rows
    ]


async def without_arrival(edition_id: int) -> list[str]:
    """Accepted exhibitors who have not said when they come, by name."""
    rows = await database.fetch(
        """
        SELECT x.name FROM exhibitor x WHERE x.edition = $1 AND x.state = 'accepted'
            AND NOT EXISTS (SELECT FROM exhibitor_arrival a WHERE a.exhibitor = x.id)
        ORDER BY x.search_key, x.id
        """,
        edition_id,
    )
    return [row["name"] for row in rows]


def quarters(day: date, begin: time, end: time) -> list[datetime]:
    """From the first to before the last; raises ``NotQuarters``, ``SkippedTime``, ``DoubledTime``."""
    first, last = (at.hour * 60 + at.minute for at in (begin, end))
    if first % 15 or last % 15 or first >= last:
        raise NotQuarters
    return [instant(day, time(*divmod(minute, 60))) for minute in range(first, last, 15)]


async def open_slots(edition_id: int, starts: Sequence[datetime], capacity: int) -> int:
    """How many are new; those there already stay as they are."""
    made = await database.fetch(
        """
        INSERT INTO arrival_slot (edition, starts_at, capacity, taken)
        SELECT $1, unnest($2::timestamptz[]), $3, 0 ON CONFLICT (edition, starts_at) DO NOTHING RETURNING id
        """,
        edition_id,
        list(starts),
        capacity,
    )
    return len(made)


async def change_capacity(edition_id: int, key: str, capacity: int) -> None:
    """Raises ``StillTaken`` where more have chosen it, ``NoSuchArrivalSlot``."""
    starts_at = moment_of(key)
    changed = await database.fetch(
        """
        UPDATE arrival_slot SET capacity = $3 WHERE edition = $1 AND starts_at = $2 AND taken <= $3 RETURNING id
        """,
        edition_id,
        starts_at,
        capacity,
    )
    if not changed:
        raise StillTaken(taken=await _taken(edition_id, starts_at))


async def remove_slot(edition_id: int, key: str) -> None:
    """Raises ``NotEmpty`` where somebody has chosen it, ``NoSuchArrivalSlot``."""
    starts_at = moment_of(key)
    gone = await database.fetch(
        "DELETE FROM arrival_slot WHERE edition = $1 AND starts_at = $2 AND taken = 0 RETURNING id",
        edition_id,
        starts_at,
    )
    if not gone and await _taken(edition_id, starts_at):
        raise NotEmpty


def moment_of(key: str) -> datetime:
    """Raises ``NoSuchArrivalSlot`` for what no form of ours says."""
    try:
        return datetime.strptime(f"{key} +0000", "%Y%m%dT%H%M %z")
    except ValueError:
        raise NoSuchArrivalSlot from None


async def _taken(edition_id: int, starts_at: datetime) -> int:
    row = await database.fetch_one(
        "SELECT taken FROM arrival_slot WHERE edition = $1 AND starts_at = $2", edition_id, starts_at
    )
    if row is None:
        raise NoSuchArrivalSlot
    return int(row["taken"])

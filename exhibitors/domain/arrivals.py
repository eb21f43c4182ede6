"""When an exhibitor unloads: one quarter of an hour each, and never more at once than there is room for."""

from datetime import datetime

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from exhibitors.domain.arrival_slots import QUARTER, ArrivalSlot, NoSuchArrivalSlot, moment_of
from exhibitors.domain.badges import NotAtTheFair
from exhibitors.domain.exhibitors import Exhibitor
from exhibitors.domain.members import hold_exhibitor


class ArrivalTaken(Conflict):
    message = N_("Ce quart d’heure vient d’être pris : choisissez-en un autre.")


class Arrival(Struct, frozen=True, kw_only=True):
    """``updated_at`` grows with every change."""

    starts_at: datetime
    vehicle: str
    updated_at: datetime

    @property
    def ends_at(self) -> datetime:
        """A quarter of an hour later."""
        return self.starts_at + QUARTER


_ARRIVAL = """
    SELECT s.starts_at, a.vehicle, a.updated_at
    FROM exhibitor_arrival a JOIN arrival_slot s ON s.id = a.slot WHERE a.exhibitor = $1
"""
# In the order of their numbers, so that two who change places at once wait for each other and never crosswise.
_HOLD_SLOTS = """
    SELECT id FROM arrival_slot
    WHERE edition = $1 AND starts_at = $2 OR id = (SELECT slot FROM exhibitor_arrival WHERE exhibitor = $3)
    ORDER BY id FOR NO KEY UPDATE
"""
_TAKE = """
    UPDATE arrival_slot SET taken = taken + 1
    WHERE edition = $1 AND starts_at = $2 AND taken < capacity AND starts_at > $3 RETURNING id
"""
_GIVE_BACK = """
    UPDATE arrival_slot s SET taken = taken - 1 FROM exhibitor_arrival a WHERE a.exhibitor = $1 AND s.id = a.slot
"""
_WRITE = """
    INSERT INTO exhibitor_arrival (exhibitor, slot, vehicle, updated_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (exhibitor) DO UPDATE SET slot = excluded.slot, vehicle = excluded.vehicle,
        updated_at = excluded.updated_at
"""


async def arrival_of(exhibitor_id: int) -> Arrival | None:
    """None where nothing is chosen."""
    row = await database.fetch_one(_ARRIVAL, exhibitor_id)
    return Arrival(**row) if row else None


async def coming_slots(edition_id: int) -> list[ArrivalSlot]:
    """Those that have not begun, full ones too, by time; one query."""
    rows = await database.fetch(
        """
        SELECT starts_at, capacity, taken FROM arrival_slot WHERE edition = $1 AND starts_at > $2 ORDER BY starts_at
        """,
        edition_id,
        clock.now(),
    )
    return [ArrivalSlot(**row) for row in rows]


async def choose_arrival(exhibitor: Exhibitor, key: str, *, vehicle: str) -> None:
    """Takes this quarter and gives back the one held before, or leaves everything as it was.

    Raises ``NotAtTheFair``, ``ArrivalTaken``, ``NoSuchArrivalSlot``. One transaction.
    """
    starts_at = moment_of(key)
    async with database.transaction():
        if await hold_exhibitor(exhibitor.id) != "accepted":
            raise NotAtTheFair
        before = await arrival_of(exhibitor.id)
        if before and before.starts_at == starts_at:
            await database.fetch(
                "UPDATE exhibitor_arrival SET vehicle = $2, updated_at = $3 WHERE exhibitor = $1",
                exhibitor.id,
                vehicle,
                clock.now(),
            )
            return
        if not await database.fetch(_HOLD_SLOTS, exhibitor.edition_id, starts_at, exhibitor.id):
            raise NoSuchArrivalSlot
        taken = await database.fetch_one(_TAKE, exhibitor.edition_id, starts_at, clock.now())
        if taken is None:
            raise ArrivalTaken
        await database.fetch(_GIVE_BACK, exhibitor.id)
        await database.fetch(_WRITE, exhibitor.id, taken["id"], vehicle, clock.now())


async def cancel_arrival(exhibitor_id: int) -> None:
    """Gives the quarter back to others; again is harmless. Joins the caller's transaction."""
    async with database.transaction():
        await hold_exhibitor(exhibitor_id)
        await database.fetch(_GIVE_BACK, exhibitor_id)
        await database.fetch("DELETE FROM exhibitor_arrival WHERE exhibitor = $1", exhibitor_id)

"""Activities on the draft's schedule: nobody overwrites what they have not seen."""

from datetime import datetime, timedelta

from msgspec import UNSET, UnsetType

from digital_days.kernel import clock, database
from digital_days.kernel.codes import new_code, normalize
from scheduling.domain.refused_moves import (
    EndsTooSoon,
    LastsTooLong,
    NoSuchActivity,
    NoSuchRoom,
    already_placed,
    changed_meanwhile,
    slot_now,
    slots_now,
)

LONGEST = timedelta(days=1)


_MOVE = """
    UPDATE slot s
    SET room = (SELECT id FROM room WHERE id = $4 AND edition = $1), starts_at = $5, ends_at = $6,
        seats = CASE WHEN $7 THEN $8 ELSE s.seats END, changed_by = $9, updated_at = $10
    FROM activity a
    WHERE a.id = s.activity AND a.edition = $1 AND s.code = $2 AND s.xmin::text = $3 RETURNING s.code
"""
_REMOVE = """
    DELETE FROM slot s USING activity a
    WHERE a.id = s.activity AND a.edition = $1 AND s.code = $2 AND s.xmin::text = $3 RETURNING s.code
"""
# A slot that was taken off the draft and is still public is the same one when it comes back: people hold places in it.
_WAITED_FOR = """
    SELECT s.source_id, s.seats FROM slot s JOIN activity public ON public.id = s.activity
    JOIN edition draft ON draft.draft_of = public.edition
    JOIN activity a ON a.edition = draft.id AND a.source_id = public.source_id
    WHERE a.id = $1 AND s.state = 'scheduled'
        AND NOT EXISTS (SELECT FROM slot mine WHERE mine.activity = a.id AND mine.source_id = s.source_id)
    ORDER BY s.starts_at, s.id LIMIT 1
"""


async def place_activity(
    draft_id: int,
    activity: str,
    *,
    room: int | None,
    starts_at: datetime,
    ends_at: datetime | None = None,
    seats: int | UnsetType | None = UNSET,
    beside: int = 0,
    by: int,
) -> str:
    """The new slot's code. ``beside``: how many slots of the activity its author saw; if others, it is refused.

    Without an end it lasts as the activity says; without a word on seats it has those of the activity's other slot,
    else what the room holds. One transaction.
    """
    async with database.transaction():
        wanted = await _locked_activity(draft_id, activity)
        ends_at = ends_at or starts_at + timedelta(minutes=wanted["minutes"])
        await _check(draft_id, room, starts_at, ends_at)
        others = await slots_now(wanted["id"])
        if len(others) != beside:
            raise already_placed(others, by)
        waited_for = await database.fetch_one(_WAITED_FOR, wanted["id"])
        known = [*([waited_for] if waited_for else []), *others]
        code = new_code()
        await database.fetch(
            """
            INSERT INTO slot (activity, code, source_id, room, starts_at, ends_at, seats, changed_by, updated_at)
            VALUES ($1, $2, $3, (SELECT id FROM room WHERE id = $4 AND edition = $9), $5, $6, $7, $8, $10)
            """,
            wanted["id"],
            code,
            waited_for["source_id"] if waited_for else code,
            room,
            starts_at,
            ends_at,
            (known[0]["seats"] if known else await _fitting(room, wanted)) if isinstance(seats, UnsetType) else seats,
            by,
            draft_id,
            clock.now(),
        )
    return code


async def move_slot(
    draft_id: int,
    code: str,
    *,
    version: str,
    room: int | None,
    starts_at: datetime,
    ends_at: datetime,
    seats: int | UnsetType | None = UNSET,
    by: int,
) -> None:
    """Raises ``SlotChanged`` where it is not any more what its author saw; saying again what is so is no refusal."""
    await _check(draft_id, room, starts_at, ends_at)
    says_seats = not isinstance(seats, UnsetType)
    moved = await database.fetch_one(
        _MOVE,
        draft_id,
        normalize(code),
        version,
        room,
        starts_at,
        ends_at,
        says_seats,
        seats if says_seats else None,
        by,
        clock.now(),
    )
    if moved:
        return
    now = await slot_now(draft_id, code)
    same = (now["room"], now["starts_at"], now["ends_at"]) == (room, starts_at, ends_at)
    if not same or (says_seats and now["seats"] != seats):
        raise changed_meanwhile(now, by)


async def remove_slot(draft_id: int, code: str, *, version: str, by: int) -> None:
    """Back to what has no time yet; raises ``SlotChanged`` or ``SlotGone``."""
    if not await database.fetch_one(_REMOVE, draft_id, normalize(code), version):
        raise changed_meanwhile(await slot_now(draft_id, code), by)


async def _check(draft_id: int, room: int | None, starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise EndsTooSoon
    if ends_at - starts_at > LONGEST:
        raise LastsTooLong
    if room and not await database.fetch("SELECT FROM room WHERE id = $1 AND edition = $2", room, draft_id):
        raise NoSuchRoom


async def _locked_activity(draft_id: int, code: str) -> database.Row:
    row = await database.fetch_one(
        "SELECT id, minutes, needs_workstations FROM activity WHERE edition = $1 AND code = $2 FOR NO KEY UPDATE",
        draft_id,
        normalize(code),
    )
    if row is None:
        raise NoSuchActivity
    return row


async def _fitting(room: int | None, activity: database.Row) -> int | None:
    row = await database.fetch_one("SELECT capacity, workstations FROM room WHERE id = $1", room)
    limits = [row["capacity"], row["workstations"] if activity["needs_workstations"] else None] if row else []
    return min((limit for limit in limits if limit), default=None)

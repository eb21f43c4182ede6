"""An organiser moves somebody in a waiting list, for a reason that everybody who asks can read."""

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from scheduling.domain.offers import go_on
from scheduling.domain.waiting import hold_line


class NoLongerWaits(Conflict):
    message = N_("Cette personne n’attend plus de place : elle en a une, a répondu, ou est partie.")


async def move_in_line(code: str, position: int, *, by: int, words: str) -> int:
    """Puts who waits at this position, counted from 1; the position they got, never behind the last one.

    The others keep their order. Raises ``NotInLine``, ``NoLongerWaits``. One transaction.
    """
    now = clock.now()
    async with database.transaction():
        slot = await hold_line(code)
        rows = await database.fetch(
            "SELECT id, code, rank FROM waiting_entry WHERE slot = $1 AND state = 'waiting' ORDER BY rank, id", slot
        )
        line = [row["id"] for row in rows]
        moved = next((row["id"] for row in rows if row["code"] == code), None)
        if moved is None:
            raise NoLongerWaits
        before = line.index(moved)
        line.remove(moved)
        line.insert(max(position, 1) - 1, moved)
        after = line.index(moved)
        await database.fetch(
            """
            UPDATE waiting_entry w SET rank = place.rank
            FROM unnest($1::bigint[], $2::integer[]) AS place (id, rank) WHERE w.id = place.id
            """,
            line,
            [row["rank"] for row in rows],
        )
        await database.fetch(
            "INSERT INTO waiting_event (entry, kind, reason, words, by, at) VALUES ($1, 'moved', $2, $3, $4, $5)",
            moved,
            f"{before + 1}>{after + 1}",
            words,
            by,
            now,
        )
        await go_on([slot], now)
    return after + 1

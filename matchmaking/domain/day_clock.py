"""The clock of a speed dating: its rounds as published, moved by the moderator's word."""

from collections.abc import Callable
from datetime import datetime

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from matchmaking.domain.course import Course, Turn

Change = Callable[[Course, datetime], Course]


class ClockMoved(Conflict):
    message = N_("Quelqu’un vient de toucher à l’horloge : rien n’a été fait deux fois. Voici où elle en est.")


_COURSE = """
    SELECT r.number, r.session, r.starts_at AS announced_at, r.ends_at AS announced_end,
        coalesce(r.began_at, r.starts_at) AS starts_at, coalesce(r.ended_at, r.ends_at) AS ends_at,
        c.paused_at, coalesce(c.version, 0) AS version
    FROM meeting_round r LEFT JOIN round_clock c ON c.edition = r.edition
    WHERE r.edition = $1 ORDER BY r.number
"""
# One statement: rounds move only where the clock is still the one that was seen.
_WRITE = """
    WITH written AS (
        INSERT INTO round_clock AS c (edition, version, paused_at, changed_at) SELECT $1, 1, $3, $4
        WHERE $2 = 0 OR EXISTS (SELECT FROM round_clock WHERE edition = $1)
        ON CONFLICT (edition) DO UPDATE
        SET version = c.version + 1, paused_at = excluded.paused_at, changed_at = excluded.changed_at
        WHERE c.version = $2 RETURNING edition
    ), moved AS (
        UPDATE meeting_round r
        SET began_at = nullif(t.starts_at, r.starts_at),
            ended_at = CASE WHEN (t.starts_at, t.ends_at) <> (r.starts_at, r.ends_at) THEN t.ends_at END
        FROM written, unnest($5::int[], $6::timestamptz[], $7::timestamptz[]) AS t (number, starts_at, ends_at)
        WHERE r.edition = written.edition AND r.number = t.number
    )
    SELECT FROM written
"""


async def course_of(edition_id: int) -> Course:
    """As it goes; without a turn where nothing has been published. One query."""
    rows = await database.fetch(_COURSE, edition_id)
    if not rows:
        return Course()
    names = Turn.__struct_fields__
    turns = tuple(Turn(**{name: row[name] for name in names}) for row in rows)
    return Course(turns=turns, paused_at=rows[0]["paused_at"], version=rows[0]["version"])


async def change_course(edition_id: int, change: Change, *, version: int) -> Course:
    """``change`` of ``domain.course``, to the clock of that version and no other; of two at once one is made.

    Raises ``ClockMoved`` and what ``change`` raises.
    """
    now = clock.now()
    before = await course_of(edition_id)
    if before.version != version:
        raise ClockMoved
    after = change(before, now)
    turns = after.turns
    columns = ([t.number for t in turns], [t.starts_at for t in turns], [t.ends_at for t in turns])
    if not await database.fetch(_WRITE, edition_id, version, after.paused_at, now, *columns):
        raise ClockMoved
    return after

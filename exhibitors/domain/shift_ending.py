"""Shifts that end free their people's time in the same statement: removed, or of somebody the exhibitor has no more."""

from datetime import datetime

from digital_days.kernel import database
from digital_days.kernel.forgetting import KEPT
from digital_days.kernel.i18n import TORONTO

SOURCE = "exhibitors.shift"
"""Of a shift's entry in the kernel's agenda, under its code."""

_END = """
    WITH gone AS (DELETE FROM booth_shift s WHERE s.exhibitor = $1 AND {which} RETURNING s.code),
        freed AS (
            DELETE FROM agenda_entry e USING gone WHERE e.source = 'exhibitors.shift' AND e.source_code = gone.code
        )
    SELECT code FROM gone
"""
_FORGET = """
    WITH gone AS (
        DELETE FROM booth_shift s USING exhibitor x, edition e
        WHERE x.id = s.exhibitor AND e.id = x.edition AND e.ends_on < $1 RETURNING s.code
    )
    DELETE FROM agenda_entry a USING gone WHERE a.source = 'exhibitors.shift' AND a.source_code = gone.code
"""
_LEFT = """
    NOT EXISTS (SELECT FROM exhibitor_member m WHERE m.exhibitor = s.exhibitor AND m.person = s.person)
    AND NOT EXISTS (
        SELECT FROM staff_badge b JOIN registration r ON r.id = b.registration
        WHERE b.exhibitor = s.exhibitor AND r.person = s.person
    )
"""


async def end_shift(exhibitor_id: int, code: str) -> bool:
    """Whether it was there, and this exhibitor's."""
    return bool(await database.fetch(_END.format(which="s.code = $2"), exhibitor_id, code))


async def end_shifts(exhibitor_id: int) -> None:
    """All of them; again is harmless."""
    await database.fetch(_END.format(which="true"), exhibitor_id)


async def end_shifts_of_who_left(exhibitor_id: int) -> None:
    """Those of whoever is neither a member nor on a badge by now; again is harmless."""
    await database.fetch(_END.format(which=_LEFT), exhibitor_id)


async def forget_shifts(now: datetime) -> None:
    """Who stood where, once the edition has been over for as long as people are kept."""
    await database.fetch(_FORGET, (now - KEPT).astimezone(TORONTO).date())

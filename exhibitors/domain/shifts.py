"""Who is at a booth, and when: the kernel's agenda expects them there, so nobody else does."""

from datetime import date, datetime, time

from msgspec import Struct

from digital_days.kernel import clock, codes, database
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Conflict, Invalid, NotFound
from digital_days.kernel.i18n import N_, format_time_range
from digital_days.kernel.local_times import instant
from digital_days.kernel.occupations import occupations
from exhibitors.domain.exhibitors import Exhibitor
from exhibitors.domain.members import hold_exhibitor
from exhibitors.domain.shift_ending import SOURCE, end_shift
from exhibitors.domain.staff import Staff, staff_of

MOST = 150
"""Shifts of one exhibitor."""


class NoSuchShift(NotFound):
    message = N_("Cette présence n’est plus à l’horaire du kiosque.")


class NoShiftsYet(Conflict):
    message = N_("Les présences au kiosque se préparent une fois la candidature acceptée.")


class TooManyShifts(Conflict):
    message = N_("Au plus %(most)s présences par kiosque : enlevez-en une d’abord.")


class NotOnTheTeam(Invalid):
    message = N_("Choisissez une personne de votre équipe.")


class NotADayOfTheEvent(Invalid):
    message = N_("Choisissez un jour de l’événement.")


class EndsBeforeItStarts(Invalid):
    message = N_("L’heure de fin doit venir après l’heure de début.")


class ExpectedElsewhere(Conflict):
    message = N_("%(name)s a autre chose à son agenda de %(times)s.")


class AtAnotherShift(ExpectedElsewhere):
    message = N_("%(name)s est déjà au kiosque, de %(times)s.")


class YouAreElsewhere(ExpectedElsewhere):
    message = N_("Vous avez déjà « %(title)s » de %(times)s.")


class Shift(Struct, frozen=True, kw_only=True):
    """``name`` is as the team knows them."""

    code: str
    person_id: int
    name: str
    starts_at: datetime
    ends_at: datetime


_SHIFTS = """
    SELECT s.code, s.person AS person_id, s.starts_at, s.ends_at, coalesce(
        (SELECT nullif(m.name, '') FROM exhibitor_member m WHERE m.exhibitor = s.exhibitor AND m.person = s.person),
        (SELECT b.name FROM staff_badge b JOIN registration r ON r.id = b.registration
            WHERE b.exhibitor = s.exhibitor AND r.person = s.person ORDER BY b.id LIMIT 1),
        p.name) AS name
    FROM booth_shift s JOIN person p ON p.id = s.person WHERE s.exhibitor = $1 ORDER BY s.starts_at, s.ends_at, s.id
"""
_EXPECT = """
    INSERT INTO agenda_entry (person, starts_at, ends_at, source, source_code) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT ON CONSTRAINT agenda_entry_nobody_twice DO NOTHING RETURNING id
"""


async def shifts_of(exhibitor_id: int) -> list[Shift]:
    """By time; one query."""
    return [Shift(**row) for row in await database.fetch(_SHIFTS, exhibitor_id)]


def span(edition: Edition, day: date, begin: time, end: time) -> tuple[datetime, datetime]:
    """The two moments; raises ``NotADayOfTheEvent``, ``EndsBeforeItStarts``, ``SkippedTime``."""
    if not edition.starts_on <= day <= edition.ends_on:
        raise NotADayOfTheEvent
    starts_at, ends_at = (instant(day, at, "first") for at in (begin, end))
    if ends_at <= starts_at:
        raise EndsBeforeItStarts
    return starts_at, ends_at


async def add_shift(exhibitor: Exhibitor, key: str, starts_at: datetime, ends_at: datetime, *, by: int) -> None:
    """The kernel's agenda has the last word. What else keeps somebody is named to themselves alone.

    Raises ``NoShiftsYet``, ``TooManyShifts``, ``NotOnTheTeam``, ``ExpectedElsewhere``. One transaction.
    """
    async with database.transaction():
        if await hold_exhibitor(exhibitor.id) != "accepted":
            raise NoShiftsYet
        who = next((each for each in await staff_of(exhibitor.id) if each.key == key), None)
        if who is None:
            raise NotOnTheTeam
        await database.fetch("SELECT FROM person WHERE id = $1 FOR NO KEY UPDATE", who.person_id)
        there, code = await shifts_of(exhibitor.id), codes.new_code()
        if len(there) >= MOST:
            raise TooManyShifts(most=MOST)
        if not await database.fetch(_EXPECT, who.person_id, starts_at, ends_at, SOURCE, code):
            raise await _elsewhere(who, there, starts_at, ends_at, by=by)
        await database.fetch(
            """
            INSERT INTO booth_shift (code, exhibitor, person, starts_at, ends_at, created_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            code,
            exhibitor.id,
            who.person_id,
            starts_at,
            ends_at,
            clock.now(),
        )


async def remove_shift(exhibitor_id: int, code: str) -> None:
    """Frees the person's time. Raises ``NoSuchShift``, also for another exhibitor's."""
    if not await end_shift(exhibitor_id, code):
        raise NoSuchShift


async def _elsewhere(
    who: Staff, there: list[Shift], starts_at: datetime, ends_at: datetime, *, by: int
) -> ExpectedElsewhere:
    """What colleagues know already, they are told; of the rest, the time."""
    for shift in there:
        if shift.person_id == who.person_id and shift.starts_at < ends_at and starts_at < shift.ends_at:
            return AtAnotherShift(name=who.name, times=format_time_range(shift.starts_at, shift.ends_at))
    held = next(iter(await occupations([who.person_id], starts_at, ends_at)), None)
    if held is None:  # given back meanwhile
        return ExpectedElsewhere(name=who.name, times=format_time_range(starts_at, ends_at))
    times = format_time_range(held.starts_at, held.ends_at)
    if who.person_id == by and held.title:
        return YouAreElsewhere(title=held.title, times=times)
    return ExpectedElsewhere(name=who.name, times=times)

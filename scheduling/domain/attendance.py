"""Attendance: who was seen at the door of a slot, who was missed."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from digital_days.kernel import agenda, clock, database
from digital_days.kernel.agenda import AgendaItem
from digital_days.kernel.attendees import masked
from digital_days.kernel.check_in import UnknownTicket
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, localized
from scheduling.domain.doors import is_on_its_day
from scheduling.domain.places import Applicant, RegistrationClosed, take_place
from scheduling.domain.slots import SlotSummary

Outcome = Literal["present", "already", "off_day", "no_place", "full", "overlap", "cancelled", "elsewhere"]


class NotExpected(Conflict):
    message = N_("Cette personne n’est pas attendue à cette activité.")


class SlotCancelled(Conflict):
    message = N_("Cette activité est annulée : il n’y a pas de présences à noter.")


class AtTheDoor(Struct, frozen=True, kw_only=True):
    """What the door is told; ``left`` is the seats left, none where entry is free.

    ``held`` is where somebody without a place here is expected at the same hour.
    """

    outcome: Outcome
    registration: str
    person_id: int
    name: str
    edition_fr: str
    edition_en: str
    left: int | None
    at: datetime | None = None
    held: AgendaItem | None = None

    @property
    def edition(self) -> str:
        """The ticket's edition, in the reader's language."""
        return localized(self.edition_fr, self.edition_en)


class Expected(Struct, frozen=True, kw_only=True):
    """Somebody of the door's list; ``state`` is present, absent or not yet known (empty)."""

    registration: str
    name: str
    email: str
    state: str
    at: datetime | None

    @property
    def hint(self) -> str:
        """Enough to tell two of the same name apart."""
        return masked(self.email)


_ARRIVE = """
    WITH wanted AS (
        SELECT r.id, r.code, r.state, r.edition, p.id AS person_id, p.name, e.name_fr, e.name_en,
            s.id AS slot, s.seats - s.taken - s.held AS seats_left,
            s.seats IS NULL OR EXISTS (
                SELECT FROM place x WHERE x.slot = s.id AND x.person = p.id AND x.state = 'confirmed'
            ) AS may_enter
        FROM registration r JOIN person p ON p.id = r.person JOIN edition e ON e.id = r.edition
        CROSS JOIN slot s WHERE r.code = $1 AND s.code = $2
    ), seen AS (
        INSERT INTO attendance (slot, registration, state, at, by)
        SELECT slot, id, 'present', $4, $5 FROM wanted WHERE edition = $3 AND state = 'active' AND may_enter AND $6
        ON CONFLICT (slot, registration) DO UPDATE SET state = 'present', at = EXCLUDED.at, by = EXCLUDED.by
            WHERE attendance.state = 'absent'
        RETURNING at
    )
    SELECT wanted.*, seen.at FROM wanted LEFT JOIN seen ON true
"""


async def arrive(slot: SlotSummary, registration: str, *, by: int, anyway: bool = False) -> AtTheDoor:
    """Marks the holder of this registration present, or says why not; of two doors at once one marks.

    Who was marked absent and comes late is present. On another day than the slot's nobody is, but ``anyway``:
    somebody tries the door. Raises ``UnknownTicket`` or ``SlotCancelled``.
    """
    if slot.state != "scheduled":
        raise SlotCancelled
    on_its_day = anyway or await is_on_its_day(slot)
    while True:
        row = await database.fetch_one(_ARRIVE, registration, slot.code, slot.edition, clock.now(), by, on_its_day)
        if row is None:
            raise UnknownTicket
        outcome: Outcome = "present"
        at, held = row["at"], None
        if row["edition"] != slot.edition:
            outcome = "elsewhere"
        elif row["state"] != "active":
            outcome = "cancelled"
        elif at is None and (row["may_enter"] or not on_its_day):
            at = await _seen_at(row["slot"], row["id"])
            if at is None and on_its_day:  # undone in between, so that there is something to mark after all
                continue
            outcome = "already" if at else "off_day"
        elif at is None:
            held = next(iter(await agenda.busy(row["person_id"], slot.starts_at, slot.ends_at)), None)
            outcome = "full" if row["seats_left"] <= 0 else "overlap" if held else "no_place"
        return AtTheDoor(
            outcome=outcome,
            registration=row["code"],
            person_id=row["person_id"],
            name=row["name"] if outcome != "elsewhere" else "",
            edition_fr=row["name_fr"],
            edition_en=row["name_en"],
            left=row["seats_left"],
            at=at,
            held=held,
        )


async def let_in(slot: SlotSummary, registration: str, *, by: int) -> AtTheDoor:
    """Like ``arrive``, and who has no place and is expected nowhere else takes one of those left.

    On whatever day: who presses this has read which day it is. Raises ``RegistrationClosed`` once the activity is over.
    """
    seen = await arrive(slot, registration, by=by, anyway=True)
    if seen.outcome != "no_place":
        return seen
    if slot.ends_at <= clock.now():
        raise RegistrationClosed
    await take_place(slot.code, Applicant(person_id=seen.person_id), consents=[], origin="desk")
    return await arrive(slot, registration, by=by, anyway=True)


async def mark_absent(slot: SlotSummary, registration: str, *, by: int) -> None:
    """For somebody who holds a place; raises ``NotExpected`` for others. Twice is harmless."""
    if slot.state != "scheduled":
        raise SlotCancelled
    row = await database.fetch_one(
        """
        INSERT INTO attendance (slot, registration, state, at, by)
        SELECT s.id, r.id, 'absent', $4, $5
        FROM slot s JOIN registration r ON r.code = $2 AND r.edition = $3
        JOIN place x ON x.slot = s.id AND x.person = r.person AND x.state = 'confirmed' WHERE s.code = $1
        ON CONFLICT (slot, registration) DO UPDATE SET state = 'absent', at = EXCLUDED.at, by = EXCLUDED.by
        RETURNING id
        """,
        slot.code,
        registration,
        slot.edition,
        clock.now(),
        by,
    )
    if row is None:
        raise NotExpected


async def unmark(slot: SlotSummary, registration: str) -> bool:
    """Takes the mark back; the place, if one was taken at the door, stays. False when there was no mark."""
    row = await database.fetch_one(
        """
        DELETE FROM attendance t USING slot s, registration r
        WHERE s.code = $1 AND r.code = $2 AND r.edition = $3 AND t.slot = s.id AND t.registration = r.id
        RETURNING t.id
        """,
        slot.code,
        registration,
        slot.edition,
    )
    return row is not None


async def expected(slot: SlotSummary) -> list[Expected]:
    """Everybody who holds a place or was marked, by name; one query however many they are."""
    rows = await database.fetch(
        """
        WITH who AS (
            SELECT x.person FROM place x JOIN slot s ON s.id = x.slot WHERE s.code = $1 AND x.state = 'confirmed'
            UNION
            SELECT r.person FROM attendance t JOIN slot s ON s.id = t.slot JOIN registration r ON r.id = t.registration
            WHERE s.code = $1
        )
        SELECT r.code AS registration, p.name, p.email, coalesce(t.state, '') AS state, t.at
        FROM who JOIN person p ON p.id = who.person JOIN slot s ON s.code = $1
        JOIN registration r ON r.person = p.id AND r.edition = $2
        LEFT JOIN attendance t ON t.slot = s.id AND t.registration = r.id
        ORDER BY p.search_key, r.id
        """,
        slot.code,
        slot.edition,
    )
    return [Expected(**row) for row in rows]


async def _seen_at(slot_id: int, registration_id: int) -> datetime | None:
    """Asked in a statement of its own: the one that met the conflict cannot see the row it met."""
    row = await database.fetch_one(
        "SELECT at FROM attendance WHERE slot = $1 AND registration = $2 AND state = 'present'",
        slot_id,
        registration_id,
    )
    return row["at"] if row else None

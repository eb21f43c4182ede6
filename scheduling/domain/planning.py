"""The draft as its editor shows it: each day's slots with their conflicts, and what is to be placed."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import TORONTO, localized
from scheduling.domain.conflict_notes import beside
from scheduling.domain.conflict_wording import in_words
from scheduling.domain.planned_programme import planned
from scheduling.engine.conflicts import Conflict, Plan, PlannedRoom, PlannedSlot, conflicts

_PLACED = """
    SELECT s.id, s.xmin::text AS version, a.code AS activity, s.updated_at AS changed_at, s.changed_by,
        coalesce(p.name, '') AS changed_by_name
    FROM slot s JOIN activity a ON a.id = s.activity LEFT JOIN person p ON p.id = s.changed_by
    WHERE a.edition = $1 AND s.state = 'scheduled'
"""
# Whatever has no slot; and what has fewer than the public programme, since one was taken off.
_UNPLACED = """
    SELECT a.code, a.title_fr, a.title_en, a.minutes, a.needs_workstations,
        (SELECT count(*) FROM slot s WHERE s.activity = a.id) AS slots,
        ARRAY(
            SELECT s.name FROM activity_speaker l JOIN speaker s ON s.id = l.speaker
            WHERE l.activity = a.id ORDER BY l.position, l.id
        ) AS speakers
    FROM activity a JOIN edition draft ON draft.id = a.edition
    WHERE a.edition = $1 AND (
        NOT EXISTS (SELECT FROM slot s WHERE s.activity = a.id)
        OR EXISTS (
            SELECT FROM activity p JOIN slot s ON s.activity = p.id
            WHERE p.edition = draft.draft_of AND p.source_id = a.source_id AND s.state = 'scheduled'
                AND NOT EXISTS (SELECT FROM slot mine WHERE mine.activity = a.id AND mine.source_id = s.source_id)
        )
    )
    ORDER BY a.title_fr, a.id
"""


class Said(Struct, frozen=True, kw_only=True):
    """A conflict in a sentence; ``slots`` are the codes of those concerned."""

    sentence: str
    hard: bool
    day: date
    slots: tuple[str, ...]


class Note(Struct, frozen=True, kw_only=True):
    """A conflict as it stands beside one of its slots."""

    sentence: str
    hard: bool


class PlacedSlot(Struct, frozen=True, kw_only=True):
    """``version`` is what a form carries; ``changed_by`` is nobody when an import or a release wrote it."""

    code: str
    activity: str
    title: str
    starts_at: datetime
    ends_at: datetime
    room: PlannedRoom | None
    seats: int | None
    speakers: tuple[str, ...]
    version: str
    changed_at: datetime
    changed_by: int | None
    changed_by_name: str
    conflicts: tuple[Note, ...]

    @property
    def day(self) -> date:
        """On which it begins, Toronto time."""
        return self.starts_at.astimezone(TORONTO).date()


class Unplaced(Struct, frozen=True, kw_only=True):
    """An activity that has no time and no room, or lost one of its ``slots``."""

    code: str
    title: str
    minutes: int
    needs_workstations: bool
    slots: int
    speakers: tuple[str, ...]


class Planning(Struct, frozen=True, kw_only=True):
    """Rooms in the programme's order, slots and conflicts by time."""

    rooms: tuple[PlannedRoom, ...]
    slots: tuple[PlacedSlot, ...]
    conflicts: tuple[Said, ...]
    unplaced: tuple[Unplaced, ...]
    opening: Mapping[date, tuple[datetime, datetime]]

    def slot(self, code: str) -> PlacedSlot | None:
        """By its public code."""
        return next((slot for slot in self.slots if slot.code == code), None)


async def planning_of(draft_id: int) -> Planning:
    """In eight statements, as it is now, in the reader's language."""
    placed = {row["id"]: row for row in await database.fetch(_PLACED, draft_id)}
    plan = await planned(draft_id)
    unplaced = await database.fetch(_UNPLACED, draft_id)
    found = conflicts(plan)
    notes: defaultdict[int, list[Note]] = defaultdict(list)
    for conflict in found:
        for number in conflict.slots:
            sentence = beside(plan.slots[number], conflict, plan)
            notes[number].append(Note(sentence=sentence, hard=conflict.hard))
    return Planning(
        rooms=tuple(plan.rooms.values()),
        slots=tuple(
            _placed(slot, plan, placed[slot.id], notes[slot.id]) for slot in plan.slots.values() if slot.id in placed
        ),
        conflicts=tuple(_said(conflict, plan) for conflict in found),
        unplaced=tuple(_unplaced(row) for row in unplaced),
        opening={each.day[0].astimezone(TORONTO).date(): each.hours for each in plan.opening},
    )


def _said(conflict: Conflict, plan: Plan) -> Said:
    concerned = sorted((plan.slots[number] for number in conflict.slots), key=lambda slot: slot.starts_at)
    return Said(
        sentence=in_words(conflict, plan),
        hard=conflict.hard,
        day=concerned[0].starts_at.astimezone(TORONTO).date(),
        slots=tuple(slot.code for slot in concerned),
    )


def _placed(slot: PlannedSlot, plan: Plan, row: database.Row, notes: list[Note]) -> PlacedSlot:
    return PlacedSlot(
        code=slot.code,
        activity=row["activity"],
        title=slot.title,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        room=plan.rooms[slot.room] if slot.room else None,
        seats=slot.seats,
        speakers=tuple(plan.speakers[number] for number in slot.speakers),
        version=row["version"],
        changed_at=row["changed_at"],
        changed_by=row["changed_by"],
        changed_by_name=row["changed_by_name"],
        conflicts=tuple(notes),
    )


def _unplaced(row: database.Row) -> Unplaced:
    facts = {name: value for name, value in row.items() if name not in ("title_fr", "title_en")}
    title = localized(row["title_fr"], row["title_en"])
    return Unplaced(**{**facts, "title": title, "speakers": tuple(row["speakers"])})

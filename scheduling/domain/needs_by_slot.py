"""What has to be prepared in which room when, for those who prepare it."""

from datetime import datetime
from itertools import groupby

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import _, localized
from scheduling.domain.needs import COUNTING, COUNTS, KINDS, STATED, Needs


class Named(Struct, frozen=True, kw_only=True):
    """Somebody and what they need."""

    name: str
    needs: Needs


class SlotNeeds(Struct, frozen=True, kw_only=True):
    """A slot that is not over; ``people`` are those with a place in it who need something."""

    title_fr: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    room_fr: str
    room_en: str
    step_free: bool | None
    people: list[Named]

    @property
    def title(self) -> str:
        """In the reader's language."""
        return localized(self.title_fr, self.title_en)

    @property
    def room(self) -> str:
        """In the reader's language; empty without one."""
        return localized(self.room_fr, self.room_en)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Each of ``KINDS`` that somebody needs, in the reader's language, with the number of people."""
        found = [(words, sum(kind in person.needs.ticked for person in self.people)) for kind, words in KINDS.items()]
        return [(_(words), number) for words, number in found if number]

    @property
    def has_steps_in_the_way(self) -> bool:
        """Whether somebody in a wheelchair is expected where there are steps."""
        return self.step_free is False and any(person.needs.wheelchair for person in self.people)


_STATED = f"""
    WITH stated AS (
        SELECT g.id, g.person, {STATED}
        FROM {COUNTING} JOIN registration g ON g.id = n.registration
        WHERE g.edition = $1 AND g.state = 'active' AND {COUNTS} GROUP BY g.id
    ), expected AS (
        SELECT p.person, s.* FROM place p JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity
        WHERE a.edition = $1 AND p.state = 'confirmed' AND s.state = 'scheduled' AND s.ends_at > $2
    )
"""
_NEEDS = "t.interpreter, t.wheelchair, t.hearing, t.other, t.unconfirmed"


async def needs_by_slot(edition_id: int) -> list[SlotNeeds]:
    """By time, then by room and name; one query."""
    rows = await database.fetch(
        f"""
        {_STATED} SELECT s.id, a.title_fr, a.title_en, s.starts_at, s.ends_at, coalesce(r.name, '') AS room_fr,
            coalesce(r.name_en, '') AS room_en, r.step_free, w.name, {_NEEDS}
        FROM stated t JOIN expected s ON s.person = t.person JOIN activity a ON a.id = s.activity
        JOIN person w ON w.id = t.person LEFT JOIN room r ON r.id = s.room
        ORDER BY s.starts_at, r.position, s.id, w.search_key, w.id
        """,
        edition_id,
        clock.now(),
    )
    return [_slot(list(several)) for _number, several in groupby(rows, key=lambda row: row["id"])]


async def needs_without_slot(edition_id: int) -> list[Named]:
    """Of people who are registered, and expected nowhere that is still to come; by name."""
    rows = await database.fetch(
        f"""
        {_STATED} SELECT w.name, {_NEEDS} FROM stated t JOIN person w ON w.id = t.person
        WHERE NOT EXISTS (SELECT FROM expected s WHERE s.person = t.person) ORDER BY w.search_key, w.id
        """,
        edition_id,
        clock.now(),
    )
    return [_named(row) for row in rows]


def _slot(rows: list[database.Row]) -> SlotNeeds:
    about = {name: rows[0][name] for name in SlotNeeds.__struct_fields__ if name != "people"}
    return SlotNeeds(**about, people=[_named(row) for row in rows])


def _named(row: database.Row) -> Named:
    return Named(name=row["name"], needs=Needs(**{name: row[name] for name in Needs.__struct_fields__}))

"""Meetings, their agenda entries and their rounds as rows: what a publication reads and writes."""

from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec import Struct

from digital_days.kernel import codes, database
from digital_days.kernel.i18n import format_time
from matchmaking.domain.drafts import DraftPlace
from matchmaking.domain.pool import SOURCES
from matchmaking.domain.rounds import Round

Pair = tuple[int, int]
"""Two participants' numbers, the business's first."""


class Known(Struct, frozen=True, kw_only=True):
    """A meeting as it stands."""

    id: int
    business: int
    resource: int
    round: int
    table_number: int
    starts_at: datetime
    ends_at: datetime
    state: str

    @property
    def pair(self) -> Pair:
        """Who meets."""
        return self.business, self.resource

    def is_over(self, now: datetime, begun: int | None) -> bool:
        """Whether no plan changes it any more."""
        has_begun = self.starts_at <= now if begun is None else self.round <= begun
        return self.state in ("held", "missed") or (self.state == "planned" and has_begun)


class Wanted(Struct, frozen=True, kw_only=True):
    """A meeting of the new plan, its two people and its round found."""

    business: int
    resource: int
    place: DraftPlace
    round: Round

    @property
    def pair(self) -> Pair:
        """Who meets."""
        return self.business, self.resource

    def differs_from(self, was: Known) -> bool:
        """Whether its people have something new to know."""
        there = (self.place.round, self.place.table, self.round.starts_at, self.round.ends_at)
        return was.state == "cancelled" or there != (was.round, was.table_number, was.starts_at, was.ends_at)


# Of a pair that has several, the last one stands: the one that lives, where there is one.
_KNOWN = """
    SELECT id, business, resource, round, table_number, starts_at, ends_at, state FROM meeting
    WHERE edition = $1 ORDER BY state IN ('planned', 'held'), id
"""
_CHANGE = """
    UPDATE meeting AS m SET round = w.round, table_number = w.table_number, starts_at = w.starts_at,
        ends_at = w.ends_at, state = 'planned', sequence = m.sequence + 1, updated_at = $6
    FROM unnest($1::bigint[], $2::int[], $3::int[], $4::timestamptz[], $5::timestamptz[])
        AS w (id, round, table_number, starts_at, ends_at)
    WHERE m.id = w.id RETURNING m.id
"""
_ADD = """
    INSERT INTO meeting (code, edition, business, resource, round, table_number, starts_at, ends_at, created_at,
        updated_at)
    SELECT w.code, $8, w.business, w.resource, w.round, w.table_number, w.starts_at, w.ends_at, $9, $9
    FROM unnest($1::text[], $2::int[], $3::int[], $4::int[], $5::int[], $6::timestamptz[], $7::timestamptz[])
        AS w (code, business, resource, round, table_number, starts_at, ends_at) RETURNING id
"""
_CANCEL = """
    UPDATE meeting SET state = 'cancelled', sequence = sequence + 1, updated_at = $2 WHERE id = ANY($1)
"""
_LOCK = """
    UPDATE meeting m SET locked = NOT m.locked
    WHERE m.edition = $1 AND m.state = 'planned' AND m.locked <> EXISTS (
        SELECT FROM unnest($2::int[], $3::int[]) AS l (business, resource)
        WHERE l.business = m.business AND l.resource = m.resource)
"""
_FREE = """
    DELETE FROM agenda_entry e USING meeting m
    WHERE e.source = ANY($2) AND e.source_code = m.code AND m.id = ANY($1)
"""
_EXPECT = """
    INSERT INTO agenda_entry (person, starts_at, ends_at, source, source_code)
    SELECT s.person, m.starts_at, m.ends_at, $2, m.code FROM meeting m JOIN match_participant s ON s.id = m.{side}
    WHERE m.id = ANY($1) ORDER BY s.person, m.starts_at
    ON CONFLICT ON CONSTRAINT agenda_entry_nobody_twice DO NOTHING RETURNING source_code
"""
_UNEXPECTED = """
    SELECT p.name, m.starts_at FROM meeting m JOIN match_participant s ON s.id IN (m.business, m.resource)
    JOIN person p ON p.id = s.person
    WHERE m.id = ANY($1) AND NOT EXISTS (
        SELECT FROM agenda_entry e WHERE e.person = s.person AND e.source = ANY($2) AND e.source_code = m.code)
    ORDER BY m.starts_at, p.name
"""
_ROUNDS = """
    INSERT INTO meeting_round (edition, number, session, starts_at, ends_at)
    SELECT $1, r.* FROM unnest($2::int[], $3::int[], $4::timestamptz[], $5::timestamptz[]) AS r
    ON CONFLICT (edition, number) DO UPDATE
    SET session = excluded.session, starts_at = excluded.starts_at, ends_at = excluded.ends_at
    WHERE meeting_round.began_at IS NULL
"""


async def known_meetings(edition_id: int) -> dict[Pair, Known]:
    """By pair; one query."""
    return {each.pair: each for each in [Known(**row) for row in await database.fetch(_KNOWN, edition_id)]}


async def change_meetings(moved: Sequence[tuple[Wanted, Known]], now: datetime) -> list[int]:
    """They are planned where they are wanted; their numbers."""
    rows = await database.fetch(
        _CHANGE,
        [was.id for _each, was in moved],
        *_columns([each for each, _was in moved]),
        now,
    )
    return [row["id"] for row in rows]


async def add_meetings(edition_id: int, new: Sequence[Wanted], now: datetime) -> list[int]:
    """Their numbers."""
    rows = await database.fetch(
        _ADD,
        [codes.new_code() for _ in new],
        [each.business for each in new],
        [each.resource for each in new],
        *_columns(new),
        edition_id,
        now,
    )
    return [row["id"] for row in rows]


async def cancel_meetings(gone: Collection[int], now: datetime) -> None:
    """By their numbers; ``leave_agendas`` takes them out of agendas."""
    await database.fetch(_CANCEL, list(gone), now)


async def lock_meetings(edition_id: int, wanted: Sequence[Wanted]) -> None:
    """Those of the plan that are fixed, and no others."""
    locked = [each for each in wanted if each.place.locked]
    await database.fetch(_LOCK, edition_id, [each.business for each in locked], [each.resource for each in locked])


async def leave_agendas(meetings: Collection[int]) -> None:
    """Before anything moves: one meeting may take the time of another."""
    await database.fetch(_FREE, list(meetings), list(SOURCES.values()))


async def enter_agendas(meetings: Collection[int]) -> list[str]:
    """The kernel's agenda has the last word: whoever took something else meanwhile, by name and hour."""
    found = 0
    for side, source in SOURCES.items():
        found += len(await database.fetch(_EXPECT.format(side=side), list(meetings), source))
    if found == 2 * len(meetings):
        return []
    rows = await database.fetch(_UNEXPECTED, list(meetings), list(SOURCES.values()))
    return [f"{row['name']} ({format_time(row['starts_at'])})" for row in rows]


async def write_rounds(edition_id: int, rounds: Sequence[Round]) -> None:
    """Those that the clock has not moved yet."""
    await database.fetch(
        "DELETE FROM meeting_round WHERE edition = $1 AND number > $2 AND began_at IS NULL", edition_id, len(rounds)
    )
    await database.fetch(
        _ROUNDS,
        edition_id,
        [each.number for each in rounds],
        [each.session for each in rounds],
        [each.starts_at for each in rounds],
        [each.ends_at for each in rounds],
    )


def _columns(wanted: Sequence[Wanted]) -> tuple[list[int], list[int], list[datetime], list[datetime]]:
    return (
        [each.place.round for each in wanted],
        [each.place.table for each in wanted],
        [each.round.starts_at for each in wanted],
        [each.round.ends_at for each in wanted],
    )

"""A delay that lasts: the rounds that remain are announced anew, in everybody's agenda too, or not at all."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct, structs

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, ngettext
from digital_days.kernel.occupations import occupations
from matchmaking.domain.course import Course, NotNow, Turn
from matchmaking.domain.day_clock import ClockMoved, course_of
from matchmaking.domain.pool import SOURCES
from matchmaking.domain.told import tell_changes

MOST_NAMED = 8


class Collision(Struct, frozen=True, kw_only=True):
    """Somebody who is expected elsewhere while their meeting now takes place; ``title`` empty: by their own word."""

    person_id: int
    name: str
    organisation: str
    number: int
    table: int
    starts_at: datetime
    ends_at: datetime
    title: str = ""


class ShiftCollides(Conflict):
    message = N_("Les rondes n’ont pas été décalées : %(names)s ne seraient plus libres. Voyez qui, ci-dessous.")


_COLLISIONS = """
    SELECT p.id AS person_id, p.name, o.name AS organisation, m.round AS number, m.table_number AS "table",
        e.starts_at, e.ends_at
    FROM unnest($2::int[], $3::timestamptz[], $4::timestamptz[]) AS t (number, starts_at, ends_at)
    JOIN meeting m ON m.edition = $1 AND m.round = t.number AND m.state = 'planned'
    JOIN match_participant k ON k.id IN (m.business, m.resource)
    JOIN person p ON p.id = k.person JOIN match_organisation o ON o.id = k.organisation
    JOIN LATERAL (
        SELECT a.starts_at, a.ends_at FROM agenda_entry a WHERE a.person = k.person AND a.source <> ALL($5)
        UNION SELECT b.starts_at, b.ends_at FROM match_absence b WHERE b.participant = k.id
    ) e ON e.starts_at < t.ends_at AND t.starts_at < e.ends_at
    ORDER BY t.starts_at, p.search_key, m.id, e.starts_at
"""
_TAKE = """
    UPDATE round_clock SET version = version + 1, changed_at = $3 WHERE edition = $1 AND version = $2 RETURNING id
"""
_HOLD = """
    SELECT id FROM person WHERE id IN (
        SELECT k.person FROM meeting m JOIN match_participant k ON k.id IN (m.business, m.resource)
        WHERE m.edition = $1 AND m.round = ANY($2) AND m.state = 'planned'
    ) ORDER BY id FOR NO KEY UPDATE
"""
_MOVE = """
    UPDATE meeting m SET starts_at = coalesce(r.began_at, r.starts_at),
        ends_at = coalesce(r.ended_at, r.ends_at), sequence = m.sequence + 1, updated_at = $3
    FROM meeting_round r
    WHERE m.edition = $1 AND m.round = ANY($2) AND m.state = 'planned' AND r.edition = $1 AND r.number = m.round
    RETURNING m.id, m.code
"""
# Taken away first: one entry may move to where another one of the same person still is.
_CLEAR = "DELETE FROM agenda_entry WHERE source = ANY($1) AND source_code = ANY($2)"
_ENTER = """
    INSERT INTO agenda_entry (person, starts_at, ends_at, source, source_code)
    SELECT k.person, m.starts_at, m.ends_at, CASE k.id WHEN m.business THEN $1 ELSE $2 END, m.code
    FROM meeting m JOIN match_participant k ON k.id IN (m.business, m.resource) WHERE m.code = ANY($3)
"""
_ANNOUNCE = """
    UPDATE meeting_round SET starts_at = coalesce(began_at, starts_at), ends_at = coalesce(ended_at, ends_at),
        began_at = NULL, ended_at = NULL
    WHERE edition = $1 AND number = ANY($2)
"""


def delayed(course: Course, now: datetime) -> list[Turn]:
    """Rounds to come that are not when they were announced to be."""
    at = course.moment(now)
    return [turn for turn in course.expected(now).turns if turn.is_held and turn.starts_at > at and turn.is_moved]


async def collisions_of(edition_id: int, turns: Sequence[Turn]) -> list[Collision]:
    """Who cannot be at their meeting of these rounds as they are now; one query."""
    if not turns:
        return []
    columns = ([t.number for t in turns], [t.starts_at for t in turns], [t.ends_at for t in turns])
    rows = await database.fetch(_COLLISIONS, edition_id, *columns, list(SOURCES.values()))
    return [Collision(**row) for row in rows]


async def titled(collisions: Sequence[Collision]) -> list[Collision]:
    """With what keeps each of them; as many queries however many they are."""
    if not collisions:
        return []
    people = {each.person_id for each in collisions}
    starts_at, ends_at = min(each.starts_at for each in collisions), max(each.ends_at for each in collisions)
    found = await occupations(people, starts_at, ends_at, but=list(SOURCES.values()))
    titles = {(each.person_id, each.starts_at, each.ends_at): each.title for each in found}
    return [
        structs.replace(each, title=titles.get((each.person_id, each.starts_at, each.ends_at), ""))
        for each in collisions
    ]


async def announce_shift(edition_id: int, *, version: int) -> int:
    """The rounds to come are at their new times for good: meetings, agendas, letters; how many meetings moved.

    All of it or nothing. Raises ``ClockMoved``, ``NotNow`` while it is paused, ``ShiftCollides``.
    """
    async with database.transaction():
        now = clock.now()
        if not await database.fetch(_TAKE, edition_id, version, now):
            raise ClockMoved
        course = await course_of(edition_id)
        turns = delayed(course, now)
        if course.paused_at is not None or not turns:
            raise NotNow
        numbers = [turn.number for turn in turns]
        await database.fetch(_HOLD, edition_id, numbers)
        if found := await collisions_of(edition_id, turns):
            raise ShiftCollides(names=_names(found))
        rows = await database.fetch(_MOVE, edition_id, numbers, now)
        moved = [row["code"] for row in rows]
        await database.fetch(_CLEAR, list(SOURCES.values()), moved)
        await database.fetch(_ENTER, SOURCES["business"], SOURCES["resource"], moved)
        await database.fetch(_ANNOUNCE, edition_id, numbers)
        await tell_changes(edition_id, [row["id"] for row in rows], key=f"shift:{version}")
    return len(moved)


def _names(found: list[Collision]) -> str:
    names = list(dict.fromkeys(each.name for each in found))
    more = len(names) - MOST_NAMED
    rest = [ngettext("%(num)s autre personne", "%(num)s autres personnes", more)] if more > 0 else []
    return ", ".join([*names[:MOST_NAMED], *rest])

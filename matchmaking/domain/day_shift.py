"""A delay that lasts: the rounds that remain are announced anew, in everybody's agenda too, or not at all."""

from collections.abc import Sequence
from datetime import datetime, timedelta

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


class SkippedInTheWay(Conflict):
    message = N_(
        "Les rencontres d’une ronde sautée sont encore à ces heures-là : refaites d’abord les rondes qui restent."
    )


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
    UPDATE meeting m SET starts_at = t.starts_at, ends_at = t.ends_at, sequence = m.sequence + 1, updated_at = $5
    FROM unnest($2::int[], $3::timestamptz[], $4::timestamptz[]) AS t (number, starts_at, ends_at)
    WHERE m.edition = $1 AND m.round = t.number AND m.state <> 'cancelled'
    RETURNING m.id, m.code, m.round AS number, m.state
"""
# Taken away first: one entry may move to where another one of the same person still is.
_CLEAR = """
    DELETE FROM agenda_entry WHERE source = ANY($1) AND source_code = ANY($2) RETURNING person, source, source_code
"""
_ENTER = """
    INSERT INTO agenda_entry (person, starts_at, ends_at, source, source_code)
    SELECT e.person, m.starts_at, m.ends_at, e.source, e.code
    FROM unnest($1::int[], $2::text[], $3::text[]) AS e (person, source, code) JOIN meeting m ON m.code = e.code
    ON CONFLICT ON CONSTRAINT agenda_entry_nobody_twice DO NOTHING RETURNING id
"""
_ANNOUNCE = """
    UPDATE meeting_round r SET starts_at = t.starts_at, ends_at = t.ends_at, began_at = NULL, ended_at = NULL
    FROM unnest($2::int[], $3::timestamptz[], $4::timestamptz[]) AS t (number, starts_at, ends_at)
    WHERE r.edition = $1 AND r.number = t.number
"""
_MINUTE = timedelta(minutes=1)


def delayed(course: Course, now: datetime) -> list[Turn]:
    """Rounds to come that are not when they were announced to be, to the minute: nobody's clock is better."""
    at = course.moment(now)
    turns = course.expected(now).turns
    return [_to_the_minute(turn) for turn in turns if turn.is_held and turn.starts_at > at and turn.is_moved]


def _to_the_minute(turn: Turn) -> Turn:
    """The next one: not before the round before it is over."""
    seconds = timedelta(seconds=turn.starts_at.second, microseconds=turn.starts_at.microsecond)
    return turn.moved(_MINUTE - seconds) if seconds else turn


def _begun(course: Course, now: datetime) -> list[Turn]:
    """Rounds that took or take place at other hours than announced: they leave the others theirs."""
    return [turn for turn in course.turns if turn.is_held and turn.starts_at <= course.moment(now) and turn.is_moved]


async def collisions_of(edition_id: int, turns: Sequence[Turn]) -> list[Collision]:
    """Who cannot be at their meeting of these rounds as they are now; one query."""
    if not turns:
        return []
    rows = await database.fetch(_COLLISIONS, edition_id, *_columns(turns), list(SOURCES.values()))
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

    All of it or nothing. Raises ``ClockMoved``, ``NotNow`` while it is paused, ``ShiftCollides``, ``SkippedInTheWay``.
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
        rows = await database.fetch(_MOVE, edition_id, *_columns([*_begun(course, now), *turns]), now)
        entries = await database.fetch(_CLEAR, list(SOURCES.values()), [row["code"] for row in rows])
        columns = ([entry[name] for entry in entries] for name in ("person", "source", "source_code"))
        if len(await database.fetch(_ENTER, *columns)) < len(entries):
            raise SkippedInTheWay
        await database.fetch(_ANNOUNCE, edition_id, *_columns(turns))
        moved = [row["id"] for row in rows if row["state"] == "planned" and row["number"] in set(numbers)]
        await tell_changes(edition_id, moved, key=f"shift:{version}")
    return len(moved)


def _columns(turns: Sequence[Turn]) -> tuple[list[int], list[datetime], list[datetime]]:
    return [t.number for t in turns], [t.starts_at for t in turns], [t.ends_at for t in turns]


def _names(found: list[Collision]) -> str:
    names = list(dict.fromkeys(each.name for each in found))
    more = len(names) - MOST_NAMED
    rest = [ngettext("%(num)s autre personne", "%(num)s autres personnes", more)] if more > 0 else []
    return ", ".join([*names[:MOST_NAMED], *rest])

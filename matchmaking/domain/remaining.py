"""What is left of a day, as a problem for the engine: who is there, which tables, what was announced."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct, structs

from digital_days.kernel import clock, database
from matchmaking.domain.asking import Asked, ask, busy_rounds
from matchmaking.domain.asking_now import closed_tables, met_before
from matchmaking.domain.course import Course
from matchmaking.domain.day_clock import course_of
from matchmaking.domain.pool import PoolParticipant, pool_of
from matchmaking.domain.rounds import Round
from matchmaking.domain.scenarios import Lock
from matchmaking.domain.settings import speed_dating_of
from matchmaking.engine.problem import Placed, Problem
from matchmaking.engine.replan import replan_problem


class Standing(Struct, frozen=True, kw_only=True):
    """A published meeting (codes of its two participants) that is held, was missed, or is to come."""

    one: str
    other: str
    round: int
    table: int
    missed: bool
    locked: bool


class Remaining(Struct, frozen=True, kw_only=True):
    """``begun`` is the last round that nothing changes any more; ``rounds`` as they were announced."""

    problem: Problem
    rounds: tuple[Round, ...]
    begun: int
    standing: list[Standing]


_STANDING = """
    SELECT b.code AS one, r.code AS other, m.round, m.table_number AS "table", m.state = 'missed' AS missed, m.locked
    FROM meeting m JOIN match_participant b ON b.id = m.business JOIN match_participant r ON r.id = m.resource
    WHERE m.edition = $1 AND m.state <> 'cancelled' ORDER BY m.id
"""
_MISSING = "SELECT code FROM match_participant WHERE edition = $1 AND missing_at IS NOT NULL"


async def standing_meetings(edition_id: int) -> list[Standing]:
    """All but the cancelled ones; one query."""
    return [Standing(**row) for row in await database.fetch(_STANDING, edition_id)]


async def remaining(edition_id: int) -> Remaining:
    """As things are now: those who are missing stay away, closed tables stay empty, who walked in may meet others."""
    now = clock.now()
    course = await course_of(edition_id)
    standing = await standing_meetings(edition_id)
    asked = ask(
        await pool_of(edition_id),
        dating := await speed_dating_of(edition_id),
        locks=[Lock(one=each.one, other=each.other, round=each.round) for each in standing],
        met=await met_before(edition_id),
    )
    numbers = set(range(1, dating.tables + 1)) | {each.table for each in standing}
    places = {each.code: place for place, each in enumerate(asked.participants)}
    missing = {row["code"] for row in await database.fetch(_MISSING, edition_id)}
    begun = course.begun(now)
    known = {asked.numbers[each.one, each.other]: each for each in standing if (each.one, each.other) in asked.numbers}
    problem = replan_problem(
        _on_the_day(asked, course, now, tables=tuple(sorted(numbers)), standing=standing),
        [Placed(meeting=number, round=each.round - 1, table=each.table) for number, each in known.items()],
        now=begun,
        absent=[places[code] for code in sorted(missing & places.keys())],
        missed=[number for number, each in known.items() if each.missed],
        closed=await closed_tables(edition_id),
        locked=[number for number, each in known.items() if each.locked],
    )
    return Remaining(problem=problem, rounds=announced_rounds(course), begun=begun, standing=standing)


def announced_rounds(course: Course) -> tuple[Round, ...]:
    """As published."""
    return tuple(
        Round(number=turn.number, session=turn.session, starts_at=turn.announced_at, ends_at=turn.announced_end)
        for turn in course.turns
    )


def _on_the_day(
    asked: Asked, course: Course, now: datetime, *, tables: tuple[int, ...], standing: Sequence[Standing]
) -> Problem:
    """In the published rounds, at their announced times and at those that the clock has made of them.

    Whoever was promised more meetings than the settings give keeps them.
    """
    promised = Counter(code for each in standing if not each.missed for code in (each.one, each.other))
    turns = course.expected(now).turns
    real = tuple(
        Round(number=turn.number, session=turn.session, starts_at=turn.starts_at, ends_at=turn.ends_at)
        for turn in turns
    )
    rounds = (announced_rounds(course), real)
    return structs.replace(
        asked.problem,
        tables=tuple(tables if turn.is_held else () for turn in turns),
        participants=tuple(
            structs.replace(
                each,
                busy=_busy(asked.participants[place], rounds),
                most=None if each.most is None else max(each.most, promised[each.key]),
            )
            for place, each in enumerate(asked.problem.participants)
        ),
        fixed=(),
    )


def _busy(participant: PoolParticipant, rounds: Sequence[tuple[Round, ...]]) -> tuple[int, ...]:
    return tuple(sorted({at for each in rounds for at in busy_rounds(participant, each)}))

"""All that the moderator looks at, at once."""

from datetime import datetime

from msgspec import Struct

from digital_days.kernel import clock, database
from matchmaking.domain.arrivals import Expected, expected_people
from matchmaking.domain.course import Course, Standing, Turn
from matchmaking.domain.day_clock import course_of
from matchmaking.domain.day_shift import Collision, collisions_of, delayed, titled
from matchmaking.domain.hall import Table, hall_version, tables_of
from matchmaking.domain.presence import Sitting, sittings
from matchmaking.domain.replan_reasons import Reasons, replan_reasons


class Moderated(Struct, frozen=True, kw_only=True):
    """``sittings`` are those of the round that goes on, else of the next; ``mark`` changes with anything shown."""

    mark: str
    now: datetime
    course: Course
    standing: Standing
    people: list[Expected]
    tables: list[Table]
    sittings: list[Sitting]
    late: list[Turn]
    collisions: list[Collision]
    reasons: Reasons
    can_replan: bool

    @property
    def arrived(self) -> list[Expected]:
        """Those who are here."""
        return [each for each in self.people if each.arrived_at]

    @property
    def missing(self) -> list[Expected]:
        """Those who will not come."""
        return [each for each in self.people if each.missing_at]

    @property
    def awaited(self) -> list[Expected]:
        """Those of whom nothing is known; whoever is needed first comes first."""
        waiting = [each for each in self.people if each.is_awaited]
        return sorted(waiting, key=lambda each: each.number or len(self.course.turns) + 1)


_MARK = """
    SELECT concat_ws(' ',
        (SELECT concat(count(*), ' ', max(updated_at)) FROM match_participant WHERE edition = $1),
        (SELECT string_agg(number::text, ',' ORDER BY number) FROM meeting_table
            WHERE edition = $1 AND closed_at IS NOT NULL),
        (SELECT max(number) FROM publication WHERE edition = $1)) AS mark
"""


async def mark_of(edition_id: int) -> str:
    """Of what the moderator's page shows now; three small queries."""
    course = await course_of(edition_id)
    return await _mark(edition_id, course, course.standing(clock.now()))


async def moderated(edition_id: int) -> Moderated:
    """The page's number of queries does not grow with the hall."""
    now = clock.now()
    course = await course_of(edition_id)
    standing = course.standing(now)
    mark = await _mark(edition_id, course, standing)
    shown = standing.shown
    late, begun = delayed(course, now), course.begun(now)
    return Moderated(
        mark=mark,
        now=now,
        course=course,
        standing=standing,
        people=await expected_people(edition_id, over=course.over(now)),
        tables=await tables_of(edition_id),
        sittings=await sittings(edition_id, [shown.number] if shown else []),
        late=late,
        collisions=await titled(await collisions_of(edition_id, late)),
        reasons=await replan_reasons(edition_id, course, begun=begun),
        can_replan=standing.following is not None,
    )


async def _mark(edition_id: int, course: Course, standing: Standing) -> str:
    [row] = await database.fetch(_MARK, edition_id)
    number = standing.turn.number if standing.turn else 0
    return f"{await hall_version(edition_id)} {row['mark']} {standing.phase} {number} {standing.is_counted}"

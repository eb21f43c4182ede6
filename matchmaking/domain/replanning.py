"""The rounds that remain, planned anew: offered with all that it would change, taken once or not at all."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from digital_days.kernel import clock, codes, database
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_
from matchmaking.domain.child import EngineDied, answer_to
from matchmaking.domain.day_clock import course_of
from matchmaking.domain.drafts import DraftPlace
from matchmaking.domain.publications import Publication, last_publication
from matchmaking.domain.publishing import publish_plan
from matchmaking.domain.remaining import Remaining, announced_rounds, remaining
from matchmaking.engine.plan import Plan
from matchmaking.engine.protocol import Request

SECONDS, PATIENCE = 1.3, 15.0
"""What the engine may take (two seconds with its start), and after how long nobody waits for it any more."""


class NothingRemains(Conflict):
    message = N_("Il ne reste aucune ronde à refaire.")


class NoPlan(Conflict):
    message = N_("Aucun autre horaire n’a été trouvé. L’horaire publié n’a pas changé.")


class NoSuchReplan(NotFound):
    message = N_("Ce nouvel horaire n’existe pas, ou n’existe plus.")


class Overtaken(Conflict):
    message = N_("La journée a avancé entre-temps : rien n’a changé. Refaites les rondes qui restent encore une fois.")


class Replan(Struct, frozen=True, kw_only=True):
    """``plan`` holds the rounds that remained when it was made."""

    code: str
    stamp: str
    plan: tuple[DraftPlace, ...]
    created_at: datetime
    taken_at: datetime | None


# All that the plan rests on: who came or left otherwise shows in the meetings.
_STAMP = """
    SELECT md5(concat_ws('|', $2::int,
        (SELECT max(number) FROM publication WHERE edition = $1),
        (SELECT string_agg(concat_ws(' ', id, state, round, table_number, locked), ',' ORDER BY id)
            FROM meeting WHERE edition = $1 AND round > $2),
        (SELECT string_agg(id::text, ',' ORDER BY id) FROM match_participant
            WHERE edition = $1 AND missing_at IS NOT NULL),
        (SELECT string_agg(number::text, ',' ORDER BY number) FROM meeting_table
            WHERE edition = $1 AND closed_at IS NOT NULL),
        (SELECT string_agg(number::text, ',' ORDER BY number) FROM meeting_round
            WHERE edition = $1 AND coalesce(began_at, starts_at) = coalesce(ended_at, ends_at)))) AS stamp
"""


async def offer_replan(edition_id: int) -> str:
    """The code of a new plan that keeps as much of what was announced as it can; nothing published changes.

    Plans that the day has overtaken go.

    Raises ``NothingRemains``, ``NoPlan``, ``EngineDied``.
    """
    stamp = await _stamp(edition_id)
    left = await remaining(edition_id)
    if left.begun >= len(left.rounds):
        raise NothingRemains
    request = Request(problem=left.problem, time_limit=SECONDS, start=left.problem.announced, explain=False)
    try:
        async with asyncio.timeout(PATIENCE):
            answer = await answer_to(request)
    except TimeoutError as late:
        raise EngineDied from late
    if not answer.plan.found:
        raise NoPlan
    code = codes.new_code()
    await database.fetch(
        "DELETE FROM replan WHERE edition = $1 AND taken_at IS NULL AND stamp <> $2", edition_id, stamp
    )
    await database.fetch(
        "INSERT INTO replan (code, edition, stamp, meetings, created_at) VALUES ($1, $2, $3, $4, $5)",
        code,
        edition_id,
        stamp,
        msgspec.json.encode(_places(left, answer.plan)).decode(),
        clock.now(),
    )
    return code


async def replan_called(edition_id: int, code: str) -> Replan:
    """Raises ``NoSuchReplan``."""
    row = await database.fetch_one(
        "SELECT code, stamp, meetings, created_at, taken_at FROM replan WHERE edition = $1 AND code = $2",
        edition_id,
        code,
    )
    if row is None:
        raise NoSuchReplan
    plan = msgspec.json.decode(row["meetings"], type=tuple[DraftPlace, ...])
    return Replan(code=code, stamp=row["stamp"], plan=plan, created_at=row["created_at"], taken_at=row["taken_at"])


async def begun_now(edition_id: int) -> int:
    """The number of the last round that nothing changes any more."""
    return (await course_of(edition_id)).begun(clock.now())


async def is_overtaken(edition_id: int, replan: Replan) -> bool:
    """Whether it could not be taken any more."""
    return replan.taken_at is not None or replan.stamp != await _stamp(edition_id)


async def take_replan(edition_id: int, code: str, *, by: int | None) -> Publication:
    """It is published: meetings, agendas and letters, all of it or nothing; what has begun stays as it is.

    Raises ``NoSuchReplan``, ``Overtaken``, and what ``publish_plan`` raises.
    """
    async with database.transaction():
        await database.fetch("SELECT FROM edition WHERE id = $1 FOR NO KEY UPDATE", edition_id)
        replan = await replan_called(edition_id, code)
        if await is_overtaken(edition_id, replan):
            raise Overtaken
        await database.fetch("UPDATE replan SET taken_at = $2 WHERE code = $1", code, clock.now())
        course = await course_of(edition_id)
        before = await last_publication(edition_id)
        return await publish_plan(
            edition_id,
            replan.plan,
            announced_rounds(course),
            expected=before.number,
            by=by,
            begun=course.begun(clock.now()),
        )


def _places(left: Remaining, plan: Plan) -> Sequence[DraftPlace]:
    locked = {(each.one, each.other, each.round) for each in left.standing if each.locked}
    places = []
    for placed in plan.held:
        one, _space, other = left.problem.meetings[placed.meeting].key.partition(" ")
        if (number := placed.round + 1) > left.begun:
            keeps = (one, other, number) in locked
            places.append(DraftPlace(round=number, table=placed.table or 0, one=one, other=other, locked=keeps))
    return places


async def _stamp(edition_id: int) -> str:
    [row] = await database.fetch(_STAMP, edition_id, await begun_now(edition_id))
    return str(row["stamp"])

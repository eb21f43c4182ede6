"""A run's plan as organisers may change it by hand: what the engine found is where it begins."""

from collections.abc import Sequence

from msgspec import Struct

from digital_days.kernel import database
from matchmaking.engine.plan import Plan
from matchmaking.engine.problem import Placed, Problem


class DraftPlace(Struct, frozen=True, kw_only=True, order=True):
    """These two (participants' codes, the business's first) in this round (from 1), at this table (0: at none yet)."""

    round: int
    table: int
    one: str
    other: str
    locked: bool = False


_WRITE = """
    INSERT INTO draft_meeting (run, one, other, round, table_number, locked)
    SELECT $1, d.* FROM unnest($2::text[], $3::text[], $4::int[], $5::int[], $6::int[]) AS d
"""


async def fill_draft(run_id: int, problem: Problem, plan: Plan) -> None:
    """In place of what the draft had; inside the caller's transaction."""
    fixed = {(each.meeting, each.round) for each in problem.fixed}
    draft = []
    for place in plan.held:
        one, other = problem.meetings[place.meeting].key.split(" ")
        locked = (place.meeting, place.round) in fixed
        draft.append(DraftPlace(one=one, other=other, round=place.round + 1, table=place.table or 0, locked=locked))
    await write_draft(run_id, draft)


async def write_draft(run_id: int, draft: Sequence[DraftPlace]) -> None:
    """In place of what it had; inside the caller's transaction, which holds the scenario."""
    await database.fetch("DELETE FROM draft_meeting WHERE run = $1", run_id)
    await database.fetch(
        _WRITE,
        run_id,
        [each.one for each in draft],
        [each.other for each in draft],
        [each.round for each in draft],
        [each.table for each in draft],
        [int(each.locked) for each in draft],
    )


async def draft_of(run_id: int) -> list[DraftPlace]:
    """By round and table; one query."""
    rows = await database.fetch(
        """
        SELECT round, table_number AS "table", one, other, locked > 0 AS locked FROM draft_meeting
        WHERE run = $1 ORDER BY round, table_number, id
        """,
        run_id,
    )
    return [DraftPlace(**row) for row in rows]


def placed(draft: Sequence[DraftPlace], problem: Problem) -> tuple[Placed, ...]:
    """In the problem's numbers; what it does not know is left out."""
    numbers = {meeting.key: number for number, meeting in enumerate(problem.meetings)}
    return tuple(
        sorted(
            Placed(meeting=numbers[f"{each.one} {each.other}"], round=each.round - 1, table=each.table or None)
            for each in draft
            if f"{each.one} {each.other}" in numbers
        )
    )

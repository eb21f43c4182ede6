"""What was published, and how a draft differs from it."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from digital_days.kernel import clock, database
from matchmaking.domain.drafts import DraftPlace
from matchmaking.domain.rounds import Round


class Publication(Struct, frozen=True, kw_only=True):
    """``number`` 0: nothing is published yet. The counts are of meetings."""

    number: int = 0
    run: str = ""
    at: datetime | None = None
    kept: int = 0
    moved: int = 0
    cancelled: int = 0
    added: int = 0


class Difference(Struct, frozen=True, kw_only=True):
    """What publishing would change, by meetings; ``alone`` are names of those who would meet nobody."""

    kept: int
    moved: int
    cancelled: int
    added: int
    alone: list[str]


_STANDING = """
    SELECT b.code AS one, r.code AS other, m.round, m.table_number AS "table", m.starts_at, m.ends_at
    FROM meeting m JOIN match_participant b ON b.id = m.business JOIN match_participant r ON r.id = m.resource
    WHERE m.edition = $1 AND m.state = 'planned' AND m.starts_at > $2
"""
_PEOPLE = """
    SELECT m.code, p.name FROM match_participant m JOIN person p ON p.id = m.person
    WHERE m.edition = $1 AND m.opted_in_at IS NOT NULL AND m.left_at IS NULL ORDER BY p.name, m.id
"""


async def last_publication(edition_id: int) -> Publication:
    """The one that stands; number 0 where there is none."""
    row = await database.fetch_one(
        """
        SELECT number, run, at, kept, moved, cancelled, added FROM publication
        WHERE edition = $1 ORDER BY number DESC LIMIT 1
        """,
        edition_id,
    )
    return Publication(**row) if row else Publication()


async def difference(edition_id: int, plan: Sequence[DraftPlace], rounds: Sequence[Round]) -> Difference:
    """Between what stands and this plan, as ``publish_plan`` would make it now; two queries."""
    rows = await database.fetch(_STANDING, edition_id, clock.now())
    standing = {
        (row["one"], row["other"]): (row["round"], row["table"], row["starts_at"], row["ends_at"]) for row in rows
    }
    times = {each.number: (each.starts_at, each.ends_at) for each in rounds}
    wanted = {(each.one, each.other): (each.round, each.table, *times.get(each.round, ())) for each in plan}
    both = wanted.keys() & standing.keys()
    kept = sum(wanted[pair] == standing[pair] for pair in both)
    busy = {code for pair in wanted for code in pair}
    people = await database.fetch(_PEOPLE, edition_id)
    return Difference(
        kept=kept,
        moved=len(both) - kept,
        cancelled=len(standing.keys() - wanted.keys()),
        added=len(wanted.keys() - standing.keys()),
        alone=[row["name"] for row in people if row["code"] not in busy],
    )

"""Who has come to the speed dating, who has not, and who will not."""

from datetime import datetime

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_
from digital_days.kernel.people import fold
from matchmaking.domain.pool import Side


class NotExpected(NotFound):
    message = N_("Cette personne ne participe pas aux rencontres éclair.")


class Expected(Struct, frozen=True, kw_only=True):
    """Somebody who takes part. ``number`` and ``table``: of their next meeting, or of the one that goes on."""

    code: str
    person_id: int
    name: str
    organisation: str
    side: Side
    arrived_at: datetime | None
    missing_at: datetime | None
    meetings: int
    number: int | None
    table: int | None

    @property
    def is_awaited(self) -> bool:
        """Whether somebody will sit at a table for them, and nothing is known of them yet."""
        return self.arrived_at is None and self.missing_at is None and self.meetings > 0


_EXPECTED = """
    SELECT k.code, k.person AS person_id, p.name, o.name AS organisation, o.side, k.arrived_at, k.missing_at,
        count(m.id) AS meetings,
        (array_agg(m.round ORDER BY m.round) FILTER (WHERE m.state = 'planned' AND m.round > $2))[1] AS number,
        (array_agg(m.table_number ORDER BY m.round) FILTER (WHERE m.state = 'planned' AND m.round > $2))[1] AS "table"
    FROM match_participant k JOIN person p ON p.id = k.person JOIN match_organisation o ON o.id = k.organisation
    LEFT JOIN meeting m ON k.id IN (m.business, m.resource) AND m.edition = $1 AND m.state <> 'cancelled'
    WHERE k.edition = $1 AND k.opted_in_at IS NOT NULL AND k.left_at IS NULL
    GROUP BY k.id, p.id, o.id ORDER BY p.search_key, k.id
"""
_ARRIVE = "arrived_at = coalesce(arrived_at, $3), missing_at = NULL"
_MISS = "missing_at = coalesce(missing_at, $3), arrived_at = NULL"
_UNDO = "missing_at = NULL, arrived_at = NULL"


async def expected_people(edition_id: int, *, over: int) -> list[Expected]:
    """By name; the next meeting is after the round ``over``. One query."""
    return [Expected(**row) for row in await database.fetch(_EXPECTED, edition_id, over)]


def called(people: list[Expected], text: str) -> list[Expected]:
    """Of whom every word begins a word of their name or organisation, accents apart."""
    words = fold(text).split()
    keys = [(each, f" {fold(each.name, each.organisation)}") for each in people] if words else []
    return [each for each, key in keys if all(f" {word}" in key for word in words)]


async def arrive(edition_id: int, code: str) -> None:
    """They are here; the first time counts. Raises ``NotExpected``."""
    await _say(_ARRIVE, edition_id, code)


async def miss(edition_id: int, code: str) -> None:
    """They will not come: the next plan does without them. Raises ``NotExpected``."""
    await _say(_MISS, edition_id, code)


async def unsay(edition_id: int, code: str) -> None:
    """Neither here nor missing, as before anybody said anything. Raises ``NotExpected``."""
    await _say(_UNDO, edition_id, code)


async def participant_with(edition_id: int, registration: str) -> str:
    """The code of whoever has this ticket. Raises ``NotExpected``."""
    row = await database.fetch_one(
        """
        SELECT k.code FROM registration r JOIN match_participant k ON k.person = r.person AND k.edition = r.edition
        WHERE r.edition = $1 AND r.code = $2 AND k.opted_in_at IS NOT NULL AND k.left_at IS NULL
        """,
        edition_id,
        registration,
    )
    if row is None:
        raise NotExpected
    return str(row["code"])


async def _say(words: str, edition_id: int, code: str) -> None:
    said = await database.fetch(
        f"""
        UPDATE match_participant SET {words}, updated_at = $3
        WHERE edition = $1 AND code = $2 AND opted_in_at IS NOT NULL AND left_at IS NULL RETURNING id
        """,
        edition_id,
        code,
        clock.now(),
    )
    if not said:
        raise NotExpected

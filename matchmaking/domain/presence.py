"""Who sits at a table: both, and the meeting is held; one alone, and it is missed, until somebody says otherwise."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from matchmaking.domain.met import NoSuchMeeting
from matchmaking.domain.pool import Side

State = Literal["planned", "held", "missed"]


class AlreadySpoken(Conflict):
    message = N_("Cette rencontre a eu lieu : une des deux personnes l’a déjà dit.")


class MeetAgain(Conflict):
    message = N_("Le nouvel horaire donne à ces deux personnes une autre rencontre : celle-ci reste manquée.")


class Sitting(Struct, frozen=True, kw_only=True):
    """A meeting as a table knows it."""

    code: str
    number: int
    table: int
    state: State
    business: str
    business_organisation: str
    business_present_at: datetime | None
    business_missing_at: datetime | None
    resource: str
    resource_organisation: str
    resource_present_at: datetime | None
    resource_missing_at: datetime | None

    @property
    def lacks_somebody(self) -> bool:
        """Whether it is known that it cannot be held as planned."""
        return self.state == "planned" and bool(self.business_missing_at or self.resource_missing_at)


_SITTINGS = """
    SELECT m.code, m.round AS number, m.table_number AS "table", m.state,
        bp.name AS business, bo.name AS business_organisation,
        m.business_present_at, b.missing_at AS business_missing_at,
        rp.name AS resource, ro.name AS resource_organisation,
        m.resource_present_at, r.missing_at AS resource_missing_at
    FROM meeting m
    JOIN match_participant b ON b.id = m.business JOIN person bp ON bp.id = b.person
    JOIN match_organisation bo ON bo.id = b.organisation
    JOIN match_participant r ON r.id = m.resource JOIN person rp ON rp.id = r.person
    JOIN match_organisation ro ON ro.id = r.organisation
    WHERE m.edition = $1 AND m.round = ANY($2) AND m.state <> 'cancelled' ORDER BY m.round, m.table_number, m.id
"""
ALONE = """
    (m.state <> 'missed' OR NOT EXISTS (
        SELECT FROM meeting e WHERE e.id <> m.id AND e.business = m.business AND e.resource = m.resource
            AND e.state IN ('planned', 'held')))
"""
"""Of a meeting ``m``: a missed one of two who have another by now stays missed."""
_NOBODY_SPOKE = "NOT EXISTS (SELECT FROM meeting_outcome o WHERE o.meeting = m.id)"
_BOTH = f"""
    WITH sat AS (
        UPDATE meeting m SET state = 'held', updated_at = $3,
            business_present_at = coalesce(business_present_at, $3),
            resource_present_at = coalesce(resource_present_at, $3)
        WHERE edition = $1 AND code = $2 AND state <> 'cancelled' AND {ALONE} RETURNING business, resource
    ), come AS (
        UPDATE match_participant k SET arrived_at = coalesce(arrived_at, $3), missing_at = NULL, updated_at = $3
        FROM sat WHERE k.id IN (sat.business, sat.resource)
    )
    SELECT FROM sat
"""
_ONE_MISSING = """
    WITH sat AS (
        UPDATE meeting m SET state = 'missed', updated_at = $3, {side}_present_at = NULL
        WHERE edition = $1 AND code = $2 AND state <> 'cancelled' AND {nobody_spoke} RETURNING {side} AS absent
    ), gone AS (
        UPDATE match_participant k SET missing_at = coalesce(missing_at, $3), updated_at = $3
        FROM sat WHERE k.id = sat.absent AND k.arrived_at IS NULL
    )
    SELECT FROM sat
"""
_TAKE_BACK = f"""
    UPDATE meeting m SET state = 'planned', updated_at = $3, business_present_at = NULL, resource_present_at = NULL
    WHERE edition = $1 AND code = $2 AND state <> 'cancelled' AND {_NOBODY_SPOKE} AND {ALONE} RETURNING id
"""


async def sittings(edition_id: int, numbers: Sequence[int]) -> list[Sitting]:
    """Of these rounds, by round and table; one query."""
    return [Sitting(**row) for row in await database.fetch(_SITTINGS, edition_id, list(numbers))]


async def both_are_here(edition_id: int, code: str) -> None:
    """The meeting is held, and both have arrived; saying so again changes nothing.

    Raises ``MeetAgain``, ``NoSuchMeeting``.
    """
    await _say(_BOTH, edition_id, code)


async def somebody_is_missing(edition_id: int, code: str, side: Side) -> None:
    """The meeting is missed; of whoever has not been seen all day, it is noted that they are missing.

    Raises ``AlreadySpoken``, ``NoSuchMeeting``.
    """
    await _say(_ONE_MISSING.format(side=side, nobody_spoke=_NOBODY_SPOKE), edition_id, code)


async def take_presence_back(edition_id: int, code: str) -> None:
    """As before anybody looked at the table. Raises ``AlreadySpoken``, ``MeetAgain``, ``NoSuchMeeting``."""
    await _say(_TAKE_BACK, edition_id, code)


async def _say(statement: str, edition_id: int, code: str) -> None:
    if await database.fetch(statement, edition_id, code, clock.now()):
        return
    known = await database.fetch_one(
        f"SELECT {_NOBODY_SPOKE} AS silent FROM meeting m WHERE edition = $1 AND code = $2 AND state <> 'cancelled'",
        edition_id,
        code,
    )
    if known is None:
        raise NoSuchMeeting
    raise MeetAgain if known["silent"] else AlreadySpoken

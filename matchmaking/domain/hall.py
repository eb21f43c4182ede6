"""The hall: its tables, and who goes to which of them in every round. Organisations only, for everybody to read."""

from datetime import datetime

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_
from matchmaking.domain.course import Course
from matchmaking.domain.day_clock import course_of


class NoSuchTable(NotFound):
    message = N_("Cette table n’existe pas.")


class Table(Struct, frozen=True, kw_only=True):
    number: int
    closed_at: datetime | None


class Seat(Struct, frozen=True, kw_only=True):
    """Who goes to a table in a round."""

    number: int
    table: int
    business: str
    resource: str


class Hall(Struct, frozen=True, kw_only=True):
    """What a screen in the hall needs for the whole day, so that it can go on alone."""

    course: Course
    seats: dict[int, list[Seat]]


_TABLES = """
    SELECT number, max(closed_at) AS closed_at FROM (
        SELECT number, closed_at FROM meeting_table WHERE edition = $1
        UNION ALL SELECT table_number, NULL FROM meeting WHERE edition = $1 AND state <> 'cancelled'
    ) t GROUP BY number ORDER BY number
"""
_SEATS = """
    SELECT m.round AS number, m.table_number AS "table", bo.name AS business, ro.name AS resource
    FROM meeting m
    JOIN match_participant b ON b.id = m.business JOIN match_organisation bo ON bo.id = b.organisation
    JOIN match_participant r ON r.id = m.resource JOIN match_organisation ro ON ro.id = r.organisation
    WHERE m.edition = $1 AND m.state <> 'cancelled' ORDER BY m.round, m.table_number, m.id
"""
_VERSION = """
    SELECT concat_ws(' ',
        (SELECT version FROM round_clock WHERE edition = $1),
        (SELECT md5(string_agg(concat_ws(' ', starts_at, ends_at, began_at, ended_at), ' ' ORDER BY number))
            FROM meeting_round WHERE edition = $1),
        (SELECT concat(count(*), ' ', max(updated_at)) FROM meeting WHERE edition = $1),
        (SELECT max(updated_at) FROM match_organisation WHERE edition = $1)) AS version
"""


async def tables_of(edition_id: int) -> list[Table]:
    """By number; one query."""
    return [Table(**row) for row in await database.fetch(_TABLES, edition_id)]


async def close_table(edition_id: int, number: int) -> None:
    """Nobody is sent there any more by the next plan; closing it again changes nothing. Raises ``NoSuchTable``."""
    await _known(edition_id, number)
    await database.fetch(
        """
        INSERT INTO meeting_table AS t (edition, number, closed_at) VALUES ($1, $2, $3)
        ON CONFLICT (edition, number) DO UPDATE SET closed_at = coalesce(t.closed_at, excluded.closed_at)
        """,
        edition_id,
        number,
        clock.now(),
    )


async def open_table(edition_id: int, number: int) -> None:
    """It is there again. Raises ``NoSuchTable``."""
    await _known(edition_id, number)
    await database.fetch(
        "UPDATE meeting_table SET closed_at = NULL WHERE edition = $1 AND number = $2", edition_id, number
    )


async def hall_of(edition_id: int) -> Hall:
    """As published and as the moderator says; two queries."""
    course = await course_of(edition_id)
    seats: dict[int, list[Seat]] = {turn.number: [] for turn in course.turns}
    for row in await database.fetch(_SEATS, edition_id):
        seats.setdefault(row["number"], []).append(Seat(**row))
    return Hall(course=course, seats=seats)


async def hall_version(edition_id: int) -> str:
    """Changes with whatever ``hall_of`` says."""
    row = await database.fetch_one(_VERSION, edition_id)
    return str(row["version"]) if row else ""


async def _known(edition_id: int, number: int) -> None:
    if number not in {table.number for table in await tables_of(edition_id)}:
        raise NoSuchTable

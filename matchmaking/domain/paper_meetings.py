"""The meetings that stand, as paper needs them: everybody by name, by round and by table."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import Locale, as_locale
from digital_days.kernel.people import fold
from matchmaking.domain.pool import Side
from matchmaking.domain.roster_sheet import NoSuchParticipant
from matchmaking.domain.rounds import Round


class PaperSeat(Struct, frozen=True, kw_only=True):
    """Somebody who meets others."""

    code: str
    name: str
    organisation: str
    side: Side
    locale: str

    def language(self, *, english: bool) -> Locale:
        """A business in Québec is written to in French; ``english``: whether the edition opens it."""
        return as_locale(self.locale) if english and self.side == "resource" else "fr"


class PaperMeeting(Struct, frozen=True, kw_only=True):
    """``common``: what one looks for and the other offers, by slugs."""

    round: int
    table: int
    starts_at: datetime
    ends_at: datetime
    business: PaperSeat
    resource: PaperSeat
    common: tuple[str, ...]

    def across(self, seat: PaperSeat) -> PaperSeat:
        """Whom this one of the two meets."""
        return self.resource if seat.code == self.business.code else self.business


_MEETINGS = """
    SELECT m.round, m.table_number AS "table", m.starts_at, m.ends_at, b.code AS business, r.code AS resource,
        ARRAY(SELECT t.slug FROM match_need x JOIN match_need y ON y.need = x.need JOIN need_term t ON t.id = x.need
            WHERE x.organisation = b.organisation AND y.organisation = r.organisation
            ORDER BY t.position, t.id) AS common
    FROM meeting m JOIN match_participant b ON b.id = m.business JOIN match_participant r ON r.id = m.resource
    WHERE m.edition = $1 AND m.state <> 'cancelled' ORDER BY m.starts_at, m.table_number, m.id
"""
_SEATS = """
    SELECT m.code, p.name, o.name AS organisation, o.side, p.locale
    FROM match_participant m JOIN person p ON p.id = m.person JOIN match_organisation o ON o.id = m.organisation
    WHERE m.edition = $1
"""
_ROUNDS = "SELECT number, session, starts_at, ends_at FROM meeting_round WHERE edition = $1 ORDER BY number"


async def paper_meetings(edition_id: int) -> list[PaperMeeting]:
    """By time and table; two queries."""
    seats = {row["code"]: PaperSeat(**row) for row in await database.fetch(_SEATS, edition_id)}
    return [
        PaperMeeting(
            **{
                **row,
                "business": seats[row["business"]],
                "resource": seats[row["resource"]],
                "common": tuple(row["common"]),
            }
        )
        for row in await database.fetch(_MEETINGS, edition_id)
    ]


async def paper_seat(edition_id: int, code: str) -> PaperSeat:
    """Raises ``NoSuchParticipant``, also for another edition's."""
    row = await database.fetch_one(f"{_SEATS} AND m.code = $2", edition_id, code)
    if row is None:
        raise NoSuchParticipant
    return PaperSeat(**row)


async def paper_rounds(edition_id: int) -> list[Round]:
    """As published, moved by the moderator where they were."""
    return [Round(**row) for row in await database.fetch(_ROUNDS, edition_id)]


def by_person(meetings: Sequence[PaperMeeting]) -> list[tuple[PaperSeat, list[PaperMeeting]]]:
    """Everybody who meets somebody, by name."""
    seats: dict[str, PaperSeat] = {}
    theirs: dict[str, list[PaperMeeting]] = defaultdict(list)
    for meeting in meetings:
        for seat in (meeting.business, meeting.resource):
            seats[seat.code] = seat
            theirs[seat.code].append(meeting)
    order = sorted(seats.values(), key=lambda seat: (fold(seat.name), seat.code))
    return [(seat, theirs[seat.code]) for seat in order]


def by_table(meetings: Sequence[PaperMeeting]) -> list[tuple[int, list[PaperMeeting]]]:
    """Every table that somebody comes to, by its number."""
    tables: dict[int, list[PaperMeeting]] = defaultdict(list)
    for meeting in meetings:
        tables[meeting.table].append(meeting)
    return sorted(tables.items())

"""Everybody who takes part, was invited or has left, as organisers see them: both sides, with what they wish for."""

from collections.abc import Iterable
from typing import Literal

import msgspec
from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import N_
from digital_days.kernel.people import fold
from matchmaking.domain.participations import STATE
from matchmaking.domain.pool import Side

State = Literal["active", "invited", "left"]
STATES: dict[State, str] = {
    "active": N_("Participe"),
    "invited": N_("Invitation envoyée"),
    "left": N_("Ne participe plus"),
}


class RosterLine(Struct, frozen=True, kw_only=True):
    """A person. ``wishes`` of their organisation, and ``wished`` by how many of the other side; ``no`` is in neither.

    ``most`` None: as organisers say for everybody.
    """

    code: str
    name: str
    email: str
    role: str
    organisation: str
    organisation_code: str
    side: Side
    state: State
    languages: tuple[str, ...]
    least: int
    most: int | None
    needs: int
    wishes: int
    wished: int
    meetings: int


_LINES = f"""
    SELECT m.code, p.name, coalesce(p.email, '') AS email, m.role, o.name AS organisation, o.code AS organisation_code,
        o.side, {STATE.format("m")} AS state, m.languages, m.least, m.most,
        (SELECT count(*) FROM match_need n WHERE n.organisation = o.id) AS needs,
        (SELECT count(*) FROM match_wish w WHERE w.by = o.id AND w.strength <> 'no') AS wishes,
        (SELECT count(*) FROM match_wish w WHERE w.about = o.id AND w.strength <> 'no') AS wished,
        (SELECT count(*) FROM meeting x WHERE x.business = m.id AND x.state IN ('planned', 'held'))
            + (SELECT count(*) FROM meeting x WHERE x.resource = m.id AND x.state IN ('planned', 'held')) AS meetings
    FROM match_participant m JOIN match_organisation o ON o.id = m.organisation JOIN person p ON p.id = m.person
    WHERE m.edition = $1
"""


async def roster_of(edition_id: int) -> list[RosterLine]:
    """By organisation, in the order of the alphabet; one query."""
    rows = await database.fetch(_LINES, edition_id)
    lines = [
        RosterLine(**{**row, "languages": msgspec.json.decode(row["languages"], type=tuple[str, ...])}) for row in rows
    ]
    return sorted(lines, key=lambda line: (fold(line.organisation), line.organisation_code, fold(line.name), line.code))


def narrowed(lines: Iterable[RosterLine], *, words: str = "", side: str = "", state: str = "") -> list[RosterLine]:
    """Of this side and in this state, where they are given; every word is in somebody's name, address or house."""
    asked = fold(words).split()
    return [line for line in lines if side in ("", line.side) and state in ("", line.state) and _says(line, asked)]


def _says(line: RosterLine, words: list[str]) -> bool:
    said = fold(line.name, line.email, line.organisation)
    return all(word in said for word in words)

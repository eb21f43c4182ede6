"""Meetings by name, for whoever asks what keeps somebody: each of the two meets the other."""

from collections.abc import Collection

from digital_days.kernel import database
from digital_days.kernel.occupations import Titles
from matchmaking.domain.agenda_items import title_of
from matchmaking.domain.pool import SOURCES, Side

_OTHERS = """
    SELECT m.code, p.name, o.name AS organisation FROM meeting m
    JOIN match_participant s ON s.id = m.{other} JOIN person p ON p.id = s.person
    JOIN match_organisation o ON o.id = s.organisation WHERE m.code = ANY($1)
"""


def _titles(other: Side) -> Titles:
    async def titles(codes: Collection[str]) -> dict[str, str]:
        rows = await database.fetch(_OTHERS.format(other=other), list(codes))
        return {row["code"]: title_of(row["name"], row["organisation"]) for row in rows}

    return titles


TITLES = {SOURCES["business"]: _titles("resource"), SOURCES["resource"]: _titles("business")}
"""By the sources of their entries in people's agendas."""

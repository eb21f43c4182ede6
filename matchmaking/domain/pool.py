"""Everybody who may be matched in an edition, with all that decides whom they meet and when."""

from collections import defaultdict
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from digital_days.kernel import database

Side = Literal["business", "resource"]
Strength = Literal["must", "like", "no"]
Span = tuple[datetime, datetime]

SOURCES: dict[Side, str] = {"business": "matchmaking.business", "resource": "matchmaking.resource"}
"""Of a meeting's two entries in the kernel's agenda, under its code."""


class PoolOrganisation(Struct, frozen=True, kw_only=True):
    """``needs`` are slugs of the taxonomy: what a business looks for, what a resource offers."""

    id: int
    code: str
    side: Side
    name: str
    sector: str
    size: str
    needs: tuple[str, ...] = ()


class PoolParticipant(Struct, frozen=True, kw_only=True):
    """``absent``: by their own word; ``expected``: elsewhere, by the kernel's agenda. ``most`` None: as usual."""

    id: int
    code: str
    organisation: int
    person_id: int
    name: str
    languages: tuple[str, ...]
    least: int
    most: int | None
    absent: tuple[Span, ...] = ()
    expected: tuple[Span, ...] = ()


class Pool(Struct, frozen=True, kw_only=True):
    """Organisations (by their numbers) with at least one participant; ``wishes`` by who wishes, about whom."""

    organisations: dict[int, PoolOrganisation]
    participants: tuple[PoolParticipant, ...]
    wishes: dict[tuple[int, int], Strength]
    exclusions: frozenset[tuple[int, int]]


_PARTICIPANTS = """
    SELECT m.id, m.code, m.organisation, m.person AS person_id, p.name, m.languages, m.least, m.most
    FROM match_participant m JOIN person p ON p.id = m.person
    WHERE m.edition = $1 AND m.opted_in_at IS NOT NULL AND m.left_at IS NULL ORDER BY m.id
"""
_ORGANISATIONS = """
    SELECT o.id, o.code, o.side, o.name, o.sector, o.size,
        ARRAY(SELECT t.slug FROM match_need n JOIN need_term t ON t.id = n.need WHERE n.organisation = o.id
            ORDER BY t.position, t.id) AS needs
    FROM match_organisation o WHERE o.id = ANY($1) ORDER BY o.id
"""
_ABSENT = "SELECT participant, starts_at, ends_at FROM match_absence WHERE participant = ANY($1) ORDER BY starts_at, id"
_EXPECTED = """
    SELECT person, starts_at, ends_at FROM agenda_entry
    WHERE person = ANY($1) AND source <> ALL($2) ORDER BY starts_at, id
"""
_WISHES = "SELECT by, about, strength FROM match_wish WHERE by = ANY($1) AND about = ANY($1) ORDER BY id"
_EXCLUSIONS = "SELECT one, other FROM match_exclusion WHERE edition = $1"


async def pool_of(edition_id: int) -> Pool:
    """As things are now, the agenda included; six queries, however many take part."""
    rows = await database.fetch(_PARTICIPANTS, edition_id)
    absent = await _spans(_ABSENT, "participant", [row["id"] for row in rows])
    expected = await _spans(_EXPECTED, "person", [row["person_id"] for row in rows], list(SOURCES.values()))
    numbers = sorted({row["organisation"] for row in rows})
    organisations = {
        row["id"]: PoolOrganisation(**{**row, "needs": tuple(row["needs"])})
        for row in await database.fetch(_ORGANISATIONS, numbers)
    }
    return Pool(
        organisations=organisations,
        participants=tuple(
            PoolParticipant(
                **{**row, "languages": msgspec.json.decode(row["languages"], type=tuple[str, ...])},
                absent=absent[row["id"]],
                expected=expected[row["person_id"]],
            )
            for row in rows
        ),
        wishes={(row["by"], row["about"]): row["strength"] for row in await database.fetch(_WISHES, numbers)},
        exclusions=frozenset((row["one"], row["other"]) for row in await database.fetch(_EXCLUSIONS, edition_id)),
    )


async def _spans(statement: str, about: str, numbers: list[int], *values: object) -> dict[int, tuple[Span, ...]]:
    found: dict[int, tuple[Span, ...]] = defaultdict(tuple)
    for row in await database.fetch(statement, numbers, *values):
        found[row[about]] += ((row["starts_at"], row["ends_at"]),)
    return found

"""Who takes part for whom: one person's own part in the speed dating of an edition, with their organisation's."""

from typing import Literal

import msgspec
from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_
from matchmaking.domain.pool import Side, Span

SIDES: dict[Side, str] = {"business": N_("Entreprise"), "resource": N_("Ressource de soutien")}


class NoParticipation(NotFound):
    message = N_("Vous ne participez pas aux rencontres éclair de cette édition.")


class OrganisationWords(Struct, frozen=True, kw_only=True):
    """What colleagues say together; ``needs`` are slugs of the taxonomy, sector and size codes of ``sectors``."""

    side: Side
    name: str
    about: str = ""
    sector: str = ""
    size: str = ""
    needs: tuple[str, ...] = ()


class OwnWords(Struct, frozen=True, kw_only=True):
    """What each says alone. ``most`` None: as organisers say; ``absent``: when they cannot, by their own word."""

    role: str = ""
    languages: tuple[str, ...] = ("fr",)
    least: int = 0
    most: int | None = None
    absent: tuple[Span, ...] = ()


class Colleague(Struct, frozen=True, kw_only=True):
    """``state``: invited (has not agreed yet), active or left."""

    name: str
    state: Literal["invited", "active", "left"]


class Participation(Struct, frozen=True, kw_only=True):
    """``version`` changes with whatever the form shows."""

    id: int
    code: str
    edition_id: int
    person_id: int
    organisation_id: int
    organisation_code: str
    state: Literal["invited", "active", "left"]
    organisation: OrganisationWords
    own: OwnWords
    colleagues: list[Colleague]
    version: str

    @property
    def is_active(self) -> bool:
        """Whether they may be matched."""
        return self.state == "active"


STATE = """
    CASE WHEN {0}.left_at IS NOT NULL THEN 'left' WHEN {0}.opted_in_at IS NULL THEN 'invited' ELSE 'active' END
"""
_PARTICIPATION = f"""
    SELECT m.id, m.code, m.edition AS edition_id, m.person AS person_id, o.id AS organisation_id,
        o.code AS organisation_code, {STATE.format("m")} AS state, o.side, o.name, o.about, o.sector, o.size, m.role,
        m.languages, m.least, m.most, m.xmin::text || '-' || o.xmin::text AS version,
        ARRAY(SELECT t.slug FROM match_need n JOIN need_term t ON t.id = n.need WHERE n.organisation = o.id
            ORDER BY t.position, t.id) AS needs,
        (SELECT coalesce(jsonb_agg(jsonb_build_array(a.starts_at, a.ends_at) ORDER BY a.starts_at), '[]')
            FROM match_absence a WHERE a.participant = m.id)::text AS absent,
        (SELECT coalesce(jsonb_agg(
                jsonb_build_object('name', p.name, 'state', {STATE.format("c")}) ORDER BY c.id), '[]')
            FROM match_participant c JOIN person p ON p.id = c.person
            WHERE c.organisation = o.id AND c.id <> m.id)::text AS colleagues
    FROM match_participant m JOIN match_organisation o ON o.id = m.organisation
"""


async def participation_of(person_id: int, edition_id: int) -> Participation | None:
    """Whatever its state; None for who never took part. One query."""
    row = await database.fetch_one(f"{_PARTICIPATION} WHERE m.person = $1 AND m.edition = $2", person_id, edition_id)
    return _participation(row) if row else None


async def active_participation(person_id: int, edition_id: int) -> Participation:
    """Raises ``NoParticipation`` for everybody who may not be matched."""
    found = await participation_of(person_id, edition_id)
    if found is None or not found.is_active:
        raise NoParticipation
    return found


def _participation(row: database.Row) -> Participation:
    said = {name: row[name] for name in ("side", "name", "about", "sector", "size")}
    own = {name: row[name] for name in ("role", "least", "most")}
    mine = {name: row[name] for name in Participation.__struct_fields__ if name in row.keys()}  # noqa: SIM118 - a record
    mine |= {
        "organisation": OrganisationWords(**said, needs=tuple(row["needs"])),
        "own": OwnWords(
            **own,
            languages=msgspec.json.decode(row["languages"], type=tuple[str, ...]),
            absent=msgspec.json.decode(row["absent"], type=tuple[Span, ...]),
        ),
        "colleagues": msgspec.json.decode(row["colleagues"], type=list[Colleague]),
    }
    return Participation(**mine)

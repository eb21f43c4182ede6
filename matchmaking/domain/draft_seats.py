"""Whom a draft speaks of, by name: everybody who may be matched, and those of the draft who no longer take part."""

from collections.abc import Collection, Mapping

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import _
from matchmaking.domain.pool import Side


class Seat(Struct, frozen=True, kw_only=True):
    """``is_active``: they may be matched."""

    code: str
    name: str
    organisation: str
    organisation_code: str
    side: Side
    is_active: bool

    @property
    def words(self) -> str:
        """For sentences."""
        return _("%(name)s (%(organisation)s)", name=self.name, organisation=self.organisation)


_SEATS = """
    SELECT m.code, p.name, o.name AS organisation, o.code AS organisation_code, o.side,
        m.opted_in_at IS NOT NULL AND m.left_at IS NULL AS is_active
    FROM match_participant m JOIN person p ON p.id = m.person JOIN match_organisation o ON o.id = m.organisation
    WHERE m.edition = $1 AND (m.opted_in_at IS NOT NULL AND m.left_at IS NULL OR m.code = ANY($2))
    ORDER BY o.side, lower(o.name), o.id, lower(p.name), m.id
"""


async def seats_of(edition_id: int, codes: Collection[str]) -> dict[str, Seat]:
    """By code: businesses first, then by organisation; one query. Whoever was erased is not there."""
    return {row["code"]: Seat(**row) for row in await database.fetch(_SEATS, edition_id, list(codes))}


def somebody(seats: Mapping[str, Seat], code: str) -> str:
    """The name, or what is said of one who has been erased."""
    return seats[code].name if code in seats else _("Une personne qui n’est plus là")

"""Shifts as lines of a person's agenda, and their names for whoever asks what keeps somebody."""

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.agenda import AgendaItem
from digital_days.kernel.i18n import _
from digital_days.kernel.web.urls import url

CALENDARS = "presences.digital-days"


class _Expected(Struct, frozen=True, kw_only=True):
    code: str
    starts_at: datetime
    ends_at: datetime
    updated_at: datetime
    sequence: int
    organisation: str
    exhibitor: str
    edition: str
    listed: bool
    booth: str
    acts: bool

    @property
    def path(self) -> str:
        """Where whoever acts for the exhibitor may change it; for others its public page, where it has one."""
        if self.acts:
            return url("exhibitors:team", edition_slug=self.edition, exhibitor=self.exhibitor)
        if self.listed:
            return url("exhibitors:exhibitor", edition_slug=self.edition, exhibitor=self.exhibitor)
        return ""


# The booth may change under a shift: what calendars are told grows with its bookings, the ended ones included.
_EXPECTED = """
    SELECT s.code, s.starts_at, s.ends_at, greatest(s.created_at, k.updated_at) AS updated_at,
        coalesce(k.sequence, 0) AS sequence, x.name AS organisation, x.code AS exhibitor, e.slug AS edition, x.listed,
        coalesce(k.booth, '') AS booth,
        EXISTS (SELECT FROM exhibitor_member m WHERE m.exhibitor = x.id AND m.person = s.person) AS acts
    FROM booth_shift s JOIN exhibitor x ON x.id = s.exhibitor JOIN edition e ON e.id = x.edition,
    LATERAL (
        SELECT max(o.updated_at) AS updated_at, max(o.sequence) AS sequence,
            max(b.number) FILTER (WHERE o.state = 'confirmed') AS booth
        FROM booking o JOIN booth b ON b.id = o.booth WHERE o.exhibitor = x.id
    ) k
    WHERE s.person = $1 AND x.edition = $2 ORDER BY s.starts_at, s.id
"""


async def agenda_items(person_id: int, edition_id: int) -> list[AgendaItem]:
    """For the kernel's agenda and its feed; one query."""
    return [_item(_Expected(**row)) for row in await database.fetch(_EXPECTED, person_id, edition_id)]


async def titles_of_shifts(codes: Collection[str]) -> dict[str, str]:
    """For each of these shifts what an agenda calls it, in the reader's language; one query."""
    rows = await database.fetch(
        "SELECT s.code, x.name FROM booth_shift s JOIN exhibitor x ON x.id = s.exhibitor WHERE s.code = ANY($1)",
        list(codes),
    )
    return {row["code"]: _title(row["name"]) for row in rows}


def _item(each: _Expected) -> AgendaItem:
    title = _title(each.organisation)
    return AgendaItem(
        uid=f"{each.code}@{CALENDARS}",
        sequence=each.sequence,
        updated_at=each.updated_at,
        title=title,
        summary=title,
        starts_at=each.starts_at,
        ends_at=each.ends_at,
        place=_("Kiosque %(number)s", number=each.booth) if each.booth else "",
        path=each.path,
    )


def _title(organisation: str) -> str:
    return _("Présence au kiosque : %(name)s", name=organisation)

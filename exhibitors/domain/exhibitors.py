"""Exhibitors as every page needs them, and who may act for one."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_, _, localized

State = Literal["submitted", "accepted", "waiting", "declined", "withdrawn"]

STATES: dict[State, str] = {
    "submitted": N_("Candidature reçue"),
    "accepted": N_("Acceptée"),
    "waiting": N_("En attente"),
    "declined": N_("Refusée"),
    "withdrawn": N_("Retirée"),
}
"""In words, as of a candidature."""


class NoSuchExhibitor(NotFound):
    message = N_("Cet exposant n’existe pas, ou cette page n’est pas la vôtre.")


class Exhibitor(Struct, frozen=True, kw_only=True):
    """An organisation at the fair; ``version`` is the row's."""

    id: int
    code: str
    edition_id: int
    name: str
    state: State
    in_quebec: bool
    listed: bool
    applied_at: datetime
    category_id: int
    category_code: str
    category_fr: str
    category_en: str
    needs_insurance: bool
    price_cents: int
    version: str

    @property
    def category(self) -> str:
        """Its category's name in the reader's language."""
        return localized(self.category_fr, self.category_en)

    @property
    def state_in_words(self) -> str:
        """What became of its application."""
        return _(STATES[self.state])


_EXHIBITOR = """
    SELECT x.id, x.code, x.edition AS edition_id, x.name, x.state, x.in_quebec, x.listed, x.applied_at,
        c.id AS category_id, c.code AS category_code, c.name_fr AS category_fr, c.name_en AS category_en,
        c.needs_insurance, c.price_cents, x.xmin::text AS version
    FROM exhibitor x JOIN fair_category c ON c.id = x.category
"""
_MEMBER = "EXISTS (SELECT FROM exhibitor_member m WHERE m.exhibitor = x.id AND m.person = $2)"


async def exhibitor_called(edition_id: int, code: str) -> Exhibitor:
    """For organisers. Raises ``NoSuchExhibitor``, also for one of another edition."""
    row = await database.fetch_one(f"{_EXHIBITOR} WHERE x.edition = $1 AND x.code = $2", edition_id, code)
    if row is None:
        raise NoSuchExhibitor
    return Exhibitor(**row)


async def own_exhibitor(edition_id: int, person_id: int, code: str) -> Exhibitor:
    """For whoever acts for it. Raises ``NoSuchExhibitor`` for everybody else: nobody learns that it exists."""
    row = await database.fetch_one(
        f"{_EXHIBITOR} WHERE x.edition = $1 AND {_MEMBER} AND x.code = $3", edition_id, person_id, code
    )
    if row is None:
        raise NoSuchExhibitor
    return Exhibitor(**row)


async def exhibitors_of(edition_id: int, person_id: int) -> list[Exhibitor]:
    """All for which this person acts in the edition."""
    rows = await database.fetch(
        f"{_EXHIBITOR} WHERE x.edition = $1 AND {_MEMBER} ORDER BY x.name, x.id", edition_id, person_id
    )
    return [Exhibitor(**row) for row in rows]


async def contacts_of(exhibitor_id: int) -> list[int]:
    """The people who are written to about it."""
    rows = await database.fetch(
        "SELECT person FROM exhibitor_member WHERE exhibitor = $1 AND is_contact ORDER BY id", exhibitor_id
    )
    return [row["person"] for row in rows]

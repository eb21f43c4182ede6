"""The categories of a fair: for whom, on which conditions, for how much."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_, localized


class NoSuchCategory(NotFound):
    message = N_("Cette catégorie n’existe pas, ou n’existe plus.")


class Category(Struct, frozen=True, kw_only=True):
    """The price is in cents, before taxes."""

    id: int
    code: str
    name_fr: str
    name_en: str
    conditions_fr: str
    conditions_en: str
    price_cents: int
    needs_insurance: bool
    position: int
    version: str

    @property
    def name(self) -> str:
        """In the reader's language."""
        return localized(self.name_fr, self.name_en)

    @property
    def conditions(self) -> str:
        """In the reader's language."""
        return localized(self.conditions_fr, self.conditions_en)

    @property
    def is_free(self) -> bool:
        """Nothing to pay for the booth itself."""
        return self.price_cents == 0


_CATEGORIES = """
    SELECT id, code, name_fr, name_en, conditions_fr, conditions_en, price_cents, needs_insurance, position,
        xmin::text AS version
    FROM fair_category WHERE edition = $1
"""


async def categories_of(edition_id: int) -> list[Category]:
    """In the organisers' order; one query."""
    rows = await database.fetch(f"{_CATEGORIES} ORDER BY position, id", edition_id)
    return [Category(**row) for row in rows]


async def category_called(edition_id: int, code: str) -> Category:
    """Raises ``NoSuchCategory``, also for one of another edition."""
    row = await database.fetch_one(f"{_CATEGORIES} AND code = $2", edition_id, code)
    if row is None:
        raise NoSuchCategory
    return Category(**row)

"""The shared taxonomy of needs and offers: what visitors look for, what exhibitors and support resources answer."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import localized


class NeedTerm(Struct, frozen=True, kw_only=True):
    """``slug`` names it in addresses and is the same from one edition to the next."""

    id: int
    slug: str
    name_fr: str
    name_en: str

    @property
    def name(self) -> str:
        """In the reader's language."""
        return localized(self.name_fr, self.name_en)


async def need_terms(edition_id: int) -> list[NeedTerm]:
    """In the organisers' order; one query."""
    rows = await database.fetch(
        "SELECT id, slug, name_fr, name_en FROM need_term WHERE edition = $1 ORDER BY position, id", edition_id
    )
    return [NeedTerm(**row) for row in rows]

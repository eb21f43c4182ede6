"""For whom there is something in the programme."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import localized


class AudienceSummary(Struct, frozen=True, kw_only=True):
    """An audience and how many activities are meant for it."""

    slug: str
    name_fr: str
    name_en: str
    activities: int

    @property
    def name(self) -> str:
        """In the reader's language."""
        return localized(self.name_fr, self.name_en)


async def audiences_of(edition_id: int) -> list[AudienceSummary]:
    """Those that something in the programme is meant for, in the edition's own order; one query."""
    rows = await database.fetch(
        """
        SELECT l.slug, l.name_fr, l.name_en, count(a.id) AS activities
        FROM label l JOIN activity a ON a.audience = l.id
        WHERE l.edition = $1 AND l.facet = 'audience' AND EXISTS (SELECT FROM slot s WHERE s.activity = a.id)
        GROUP BY l.id ORDER BY l.position, l.id
        """,
        edition_id,
    )
    return [AudienceSummary(**row) for row in rows]

"""A theme, an audience or a kind goes; an audience only once no activity of the draft reserves seats for it."""

from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, localized
from scheduling.domain.drafts import hold
from scheduling.domain.label_lists import ListedLabel, label_numbered


class AudienceHasSeats(Conflict):
    message = N_("Des places sont réservées à ce public : réservez-les d’abord à un autre, ou à personne.")


class Reserving(Struct, frozen=True, kw_only=True):
    """An activity of the draft that reserves ``seats`` of each slot."""

    code: str
    title_fr: str
    title_en: str
    seats: int

    @property
    def title(self) -> str:
        """In the reader's language."""
        return localized(self.title_fr, self.title_en)


_RESERVING = """
    SELECT a.code, a.title_fr, a.title_en, r.reserved_seats AS seats
    FROM label l JOIN edition d ON d.id = l.edition
    JOIN activity_rules r ON r.edition = d.draft_of AND r.reserved_for = l.slug AND r.reserved_seats > 0
        AND (r.reserved_until IS NULL OR r.reserved_until > $2)
    JOIN activity a ON a.edition = d.id AND a.source_id = r.activity
    WHERE l.id = $1 AND l.facet = 'audience'
"""


async def titles_with(draft_id: int, label: ListedLabel) -> list[str]:
    """Of the activities that bear it, in the reader's language."""
    rows = await database.fetch(
        f"SELECT title_fr, title_en FROM activity WHERE edition = $1 AND {label.facet} = $2 ORDER BY title_fr, id",
        draft_id,
        label.id,
    )
    return [localized(row["title_fr"], row["title_en"]) for row in rows]


async def reserving(label: ListedLabel) -> list[Reserving]:
    """Who reserves seats for it now; none for a theme or a kind."""
    rows = await database.fetch(f"{_RESERVING} ORDER BY a.title_fr, a.id", label.id, clock.now())
    return [Reserving(**row) for row in rows]


async def remove_label(draft_id: int, number: int) -> None:
    """Activities that bear it have none from now on. Raises ``AudienceHasSeats``, ``NoSuchLabel``."""
    async with database.transaction():
        await hold(draft_id)
        await label_numbered(draft_id, number)
        # Whoever reserves seats for it now is done before the next statement looks, or finds it gone.
        await database.fetch("SELECT FROM label WHERE id = $1 FOR UPDATE", number)
        gone = await database.fetch(
            f"DELETE FROM label WHERE id = $1 AND NOT EXISTS ({_RESERVING}) RETURNING id", number, clock.now()
        )
        if not gone:
            raise AudienceHasSeats

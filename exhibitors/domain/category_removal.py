"""Taking a category away: never from under an exhibitor, and from booths only as many as somebody has seen."""

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from exhibitors.domain.category_uses import used_category
from exhibitors.domain.fair_turns import fair_turn


class CategoryHasExhibitors(Conflict):
    message = N_("Des exposants sont dans cette catégorie : elle ne peut pas être enlevée.")


class MoreBooths(Conflict):
    message = N_("D’autres kiosques sont entrés dans cette catégorie pendant que vous lisiez. Comptez-les de nouveau.")


_REMOVE = """
    DELETE FROM fair_category c WHERE c.edition = $1 AND c.code = $2
        AND NOT EXISTS (SELECT FROM exhibitor x WHERE x.category = c.id)
        AND (SELECT count(*) FROM booth b WHERE b.category = c.id) <= $3
    RETURNING c.id
"""
_NEXT_PLAN = "UPDATE floor_plan SET version = version + 1, updated_at = $2 WHERE edition = $1"


async def remove_category(edition_id: int, code: str, *, booths: int) -> int:
    """How many booths are anybody's from now on, ``booths`` at most; who waits is offered them.

    Raises ``CategoryHasExhibitors``, ``MoreBooths``, ``NoSuchCategory``.
    """
    async with database.transaction():
        await fair_turn(edition_id)
        # Whoever is about to enter it is waited for: the statement below then sees them.
        await database.fetch("SELECT FROM fair_category WHERE edition = $1 AND code = $2 FOR UPDATE", edition_id, code)
        seen = await used_category(edition_id, code)
        if not await database.fetch(_REMOVE, edition_id, code, booths):
            raise CategoryHasExhibitors if seen.exhibitors else MoreBooths
        if seen.booths:
            await database.fetch(_NEXT_PLAN, edition_id, clock.now())
            await fair_turn(edition_id)
    return seen.booths

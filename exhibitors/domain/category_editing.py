"""Categories of the fair, as organisers write them; one that somebody is in stays."""

from msgspec import Struct
from msgspec.structs import asdict

from digital_days.kernel import codes, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from exhibitors.domain.categories import category_called
from exhibitors.domain.ordering import place_after


class CategoryInUse(Conflict):
    message = N_("Des exposants ou des kiosques sont dans cette catégorie : elle ne peut pas être enlevée.")


class CategoryTexts(Struct, frozen=True, kw_only=True):
    """What is said of a category; the names are those of the columns."""

    name_fr: str
    name_en: str = ""
    conditions_fr: str = ""
    conditions_en: str = ""
    price_cents: int = 0
    needs_insurance: bool = True


async def add_category(edition_id: int, said: CategoryTexts, *, after: str) -> str:
    """Its code; it stands behind ``after``."""
    columns, code = asdict(said), codes.new_code()
    places = ", ".join(f"${number}" for number in range(3, len(columns) + 3))
    async with database.transaction():
        await database.fetch(
            f"INSERT INTO fair_category (edition, code, {', '.join(columns)}) VALUES ($1, $2, {places})",
            edition_id,
            code,
            *columns.values(),
        )
        await place_after("fair_category", code, after, edition_id=edition_id)
    return code


async def change_category(edition_id: int, code: str, said: CategoryTexts, *, version: str, after: str) -> None:
    """Raises ``NoSuchCategory``, or ``ChangedMeanwhile`` where somebody else was faster.

    Bookings and invoices keep the price of their day.
    """
    columns = asdict(said)
    sets = ", ".join(f"{name} = ${place}" for place, name in enumerate(columns, start=4))
    async with database.transaction():
        await category_called(edition_id, code)
        changed = await database.fetch(
            f"UPDATE fair_category SET {sets} WHERE edition = $1 AND code = $2 AND xmin::text = $3 RETURNING id",
            edition_id,
            code,
            version,
            *columns.values(),
        )
        if not changed:
            raise ChangedMeanwhile
        await place_after("fair_category", code, after, edition_id=edition_id)


async def remove_category(edition_id: int, code: str) -> None:
    """Raises ``NoSuchCategory`` or ``CategoryInUse``; whoever applies at this moment keeps it."""
    async with database.transaction():
        held = await database.fetch(
            "SELECT id FROM fair_category WHERE edition = $1 AND code = $2 FOR UPDATE", edition_id, code
        )
        category = await category_called(edition_id, code)
        used = held and await database.fetch_one(
            """
            SELECT EXISTS (SELECT FROM exhibitor WHERE category = $1)
                OR EXISTS (SELECT FROM booth WHERE category = $1) AS used
            """,
            category.id,
        )
        if used and used["used"]:
            raise CategoryInUse
        await database.fetch("DELETE FROM fair_category WHERE id = $1", category.id)

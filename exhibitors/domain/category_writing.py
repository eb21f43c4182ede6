"""Organisers write the categories of their fair."""

from msgspec import Struct
from msgspec.structs import asdict

from digital_days.kernel import codes, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from exhibitors.domain.categories import category_called
from exhibitors.domain.fair_order import place_after
from exhibitors.domain.fair_turns import fair_turn


class CategoryTexts(Struct, frozen=True, kw_only=True):
    """What is said of a category; the names are those of the columns."""

    name_fr: str
    name_en: str = ""
    conditions_fr: str = ""
    conditions_en: str = ""
    price_cents: int = 0
    needs_insurance: bool = True


async def add_category(edition_id: int, said: CategoryTexts, *, after: str) -> str:
    """Behind the one of the code ``after``; gives its own code."""
    columns, code = asdict(said), codes.new_code()
    places = ", ".join(f"${number}" for number in range(3, len(columns) + 3))
    async with database.transaction():
        await fair_turn(edition_id)
        await database.fetch(
            f"INSERT INTO fair_category (edition, code, {', '.join(columns)}) VALUES ($1, $2, {places})",
            edition_id,
            code,
            *columns.values(),
        )
        await place_after("fair_category", code, after, edition_id=edition_id)
    return code


async def change_category(edition_id: int, code: str, said: CategoryTexts, *, version: str, after: str) -> None:
    """Bookings and invoices keep the price of their day. Raises ``NoSuchCategory``, ``ChangedMeanwhile``."""
    columns = asdict(said)
    changes = ", ".join(f"{name} = ${place}" for place, name in enumerate(columns, start=4))
    async with database.transaction():
        await fair_turn(edition_id)
        await category_called(edition_id, code)
        changed = await database.fetch(
            f"UPDATE fair_category SET {changes} WHERE edition = $1 AND code = $2 AND xmin::text = $3 RETURNING id",
            edition_id,
            code,
            version,
            *columns.values(),
        )
        if not changed:
            raise ChangedMeanwhile
        await place_after("fair_category", code, after, edition_id=edition_id)

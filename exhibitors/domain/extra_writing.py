"""Organisers write what may be rented with a booth; what somebody has rented stays."""

from msgspec import Struct
from msgspec.structs import asdict

from digital_days.kernel import codes, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from exhibitors.domain.extras import extra_called
from exhibitors.domain.fair_order import place_after
from exhibitors.domain.fair_turns import fair_turn


class StockBelowTaken(Conflict):
    message = N_("Les exposants en louent déjà %(taken)s : le nombre ne peut pas être plus petit.")


class ExtraRented(Conflict):
    message = N_("Des exposants ont loué ce supplément : il ne peut pas être enlevé.")


class ExtraTexts(Struct, frozen=True, kw_only=True):
    """What is said of it; the names are those of the columns. ``stock`` none: as many as are asked for."""

    name_fr: str
    name_en: str = ""
    price_cents: int = 0
    stock: int | None = None


async def add_extra(edition_id: int, said: ExtraTexts, *, after: str) -> str:
    """Behind the one of the code ``after``; gives its own code."""
    columns, code = asdict(said), codes.new_code()
    places = ", ".join(f"${number}" for number in range(3, len(columns) + 3))
    async with database.transaction():
        await fair_turn(edition_id)
        await database.fetch(
            f"INSERT INTO booth_extra (edition, code, {', '.join(columns)}) VALUES ($1, $2, {places})",
            edition_id,
            code,
            *columns.values(),
        )
        await place_after("booth_extra", code, after, edition_id=edition_id)
    return code


async def change_extra(edition_id: int, code: str, said: ExtraTexts, *, version: str, after: str) -> None:
    """Who has rented it keeps the price. Raises ``NoSuchExtra``, ``ChangedMeanwhile``, ``StockBelowTaken``."""
    columns = asdict(said)
    changes = ", ".join(f"{name} = ${place}" for place, name in enumerate(columns, start=4))
    async with database.transaction():
        await fair_turn(edition_id)
        seen = await extra_called(edition_id, code)
        if seen.version != version:
            raise ChangedMeanwhile
        changed = await database.fetch(
            f"""
            UPDATE booth_extra SET {changes}
            WHERE edition = $1 AND code = $2 AND ($3::integer IS NULL OR taken <= $3) RETURNING id
            """,
            edition_id,
            code,
            said.stock,
            *columns.values(),
        )
        if not changed:
            raise StockBelowTaken(taken=seen.taken)
        await place_after("booth_extra", code, after, edition_id=edition_id)


async def remove_extra(edition_id: int, code: str) -> None:
    """Raises ``NoSuchExtra``, or ``ExtraRented``: bookings that are over name what was rented too."""
    async with database.transaction():
        await fair_turn(edition_id)
        await extra_called(edition_id, code)
        gone = await database.fetch(
            """
            DELETE FROM booth_extra e WHERE e.edition = $1 AND e.code = $2 AND e.taken = 0
                AND NOT EXISTS (SELECT FROM booking_extra o WHERE o.extra = e.id) RETURNING e.id
            """,
            edition_id,
            code,
        )
        if not gone:
            raise ExtraRented

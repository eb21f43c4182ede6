"""What may be rented with a booth, as organisers write it; what somebody has rented stays."""

from msgspec import Struct
from msgspec.structs import asdict

from digital_days.kernel import codes, database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_, localized
from exhibitors.domain.ordering import place_after


class NoSuchExtra(NotFound):
    message = N_("Cet équipement n’existe pas, ou n’existe plus.")


class ExtraInUse(Conflict):
    message = N_("Des exposants ont loué cet équipement : il ne peut pas être enlevé.")


class StockBelowRented(Conflict):
    message = N_("Des exposants en louent déjà %(taken)s : la quantité ne peut pas être plus petite.")


class ExtraTexts(Struct, frozen=True, kw_only=True):
    """What is said of it; the names are those of the columns. ``stock`` none: as many as are asked for."""

    name_fr: str
    name_en: str = ""
    price_cents: int = 0
    stock: int | None = None


class Extra(ExtraTexts, frozen=True, kw_only=True):
    """``taken``: how many are rented; ``version`` is that of what organisers wrote."""

    code: str
    taken: int
    version: str

    @property
    def name(self) -> str:
        """In the reader's language."""
        return localized(self.name_fr, self.name_en)


# Renting one changes the row too: what counts as changed is what organisers wrote.
_VERSION = "md5(row(name_fr, name_en, price_cents, stock)::text)"
_EXTRAS = f"""
    SELECT code, name_fr, name_en, price_cents, stock, taken, {_VERSION} AS version FROM booth_extra WHERE edition = $1
"""


async def extras_of(edition_id: int) -> list[Extra]:
    """In the organisers' order; one query."""
    return [Extra(**row) for row in await database.fetch(f"{_EXTRAS} ORDER BY position, id", edition_id)]


async def extra_called(edition_id: int, code: str) -> Extra:
    """Raises ``NoSuchExtra``, also for one of another edition."""
    row = await database.fetch_one(f"{_EXTRAS} AND code = $2", edition_id, code)
    if row is None:
        raise NoSuchExtra
    return Extra(**row)


async def add_extra(edition_id: int, said: ExtraTexts, *, after: str) -> str:
    """Its code; it stands behind ``after``."""
    columns, code = asdict(said), codes.new_code()
    places = ", ".join(f"${number}" for number in range(3, len(columns) + 3))
    async with database.transaction():
        await database.fetch(
            f"INSERT INTO booth_extra (edition, code, {', '.join(columns)}) VALUES ($1, $2, {places})",
            edition_id,
            code,
            *columns.values(),
        )
        await place_after("booth_extra", code, after, edition_id=edition_id)
    return code


async def change_extra(edition_id: int, code: str, said: ExtraTexts, *, version: str, after: str) -> None:
    """Raises ``NoSuchExtra``, ``StockBelowRented``, ``ChangedMeanwhile``. Who has rented it keeps the price."""
    columns = asdict(said)
    sets = ", ".join(f"{name} = ${place}" for place, name in enumerate(columns, start=3))
    async with database.transaction():
        await database.fetch("SELECT FROM booth_extra WHERE edition = $1 AND code = $2 FOR UPDATE", edition_id, code)
        before = await extra_called(edition_id, code)
        if before.version != version:
            raise ChangedMeanwhile
        if said.stock is not None and said.stock < before.taken:
            raise StockBelowRented(taken=before.taken)
        await database.fetch(
            f"UPDATE booth_extra SET {sets} WHERE edition = $1 AND code = $2", edition_id, code, *columns.values()
        )
        await place_after("booth_extra", code, after, edition_id=edition_id)


async def remove_extra(edition_id: int, code: str) -> None:
    """Raises ``NoSuchExtra`` or ``ExtraInUse``: bookings name what was rented, also when they are over."""
    async with database.transaction():
        await database.fetch("SELECT FROM booth_extra WHERE edition = $1 AND code = $2 FOR UPDATE", edition_id, code)
        await extra_called(edition_id, code)
        gone = await database.fetch(
            """
            DELETE FROM booth_extra e WHERE e.edition = $1 AND e.code = $2
                AND NOT EXISTS (SELECT FROM booking_extra b WHERE b.extra = e.id) RETURNING id
            """,
            edition_id,
            code,
        )
        if not gone:
            raise ExtraInUse

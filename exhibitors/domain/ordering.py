"""The order of a fair's categories and of what may be rented, as organisers wish it."""

from typing import Literal

from digital_days.kernel import database


async def place_after(
    table: Literal["fair_category", "booth_extra"], code: str, other: str, *, edition_id: int
) -> None:
    """Behind this other one; first behind "", last behind what is no more. Whoever calls it is in a transaction.

    What keeps its place is not written, so that nobody who edits it is disturbed.
    """
    await database.fetch("SELECT FROM edition WHERE id = $1 FOR NO KEY UPDATE", edition_id)
    rows = await database.fetch(f"SELECT code FROM {table} WHERE edition = $1 ORDER BY position, id", edition_id)
    codes = [row["code"] for row in rows if row["code"] != code]
    at = 0 if other == "" else codes.index(other) + 1 if other in codes else len(codes)
    codes.insert(at, code)
    await database.fetch(
        f"""
        UPDATE {table} SET position = wanted.position - 1
        FROM unnest($1::text[]) WITH ORDINALITY AS wanted (code, position)
        WHERE {table}.code = wanted.code AND {table}.position <> wanted.position - 1
        """,
        codes,
    )

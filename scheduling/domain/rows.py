"""Many rows in one statement: as one JSON document, which PostgreSQL types after the table's own columns."""

from collections.abc import Mapping, Sequence

import msgspec
from asyncpg import Record

from digital_days.kernel import database

Row = Mapping[str, object]


async def insert_rows(table: str, rows: Sequence[Row], *, returning: str = "id") -> list[Record]:
    """What ``returning`` names of each new row, in no promised order; every row names the same columns."""
    if not rows:
        return []
    columns = ", ".join(f'"{name}"' for name in rows[0])
    return await database.fetch(
        f"""
        INSERT INTO {table} ({columns})
        SELECT {columns} FROM json_populate_recordset(NULL::{table}, $1) RETURNING {returning}
        """,
        msgspec.json.encode(rows).decode(),
    )


async def update_rows(table: str, rows: Sequence[Row]) -> None:
    """Each row names its ``id`` and the same columns as the others."""
    if not rows:
        return
    columns = ", ".join(f'"{name}" = new."{name}"' for name in rows[0] if name != "id")
    await database.fetch(
        f"""
        UPDATE {table} SET {columns}
        FROM json_populate_recordset(NULL::{table}, $1) new WHERE {table}.id = new.id
        """,
        msgspec.json.encode(rows).decode(),
    )


async def delete_rows(table: str, ids: Sequence[int]) -> None:
    """By number."""
    if ids:
        await database.fetch(f"DELETE FROM {table} WHERE id = ANY($1)", list(ids))

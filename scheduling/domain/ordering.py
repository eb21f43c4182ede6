"""The order of a draft's rooms, or of the labels of a facet, as organisers wish it."""

from typing import Literal

from digital_days.kernel import database

_ORDERED = {
    "room": "SELECT id FROM room WHERE edition = $1 ORDER BY position, id",
    "label": """
        SELECT id FROM label WHERE edition = $1 AND facet = (SELECT facet FROM label WHERE id = $2)
        ORDER BY position, id
    """,
}


async def place_after(table: Literal["room", "label"], thing: int, other: int, *, draft_id: int) -> None:
    """Behind this other one; first behind 0, last behind what is no more. Whoever calls it holds the draft.

    What keeps its place is not written, so that nobody who edits it is disturbed.
    """
    parameters = (draft_id,) if table == "room" else (draft_id, thing)
    ids = [row["id"] for row in await database.fetch(_ORDERED[table], *parameters) if row["id"] != thing]
    at = 0 if other == 0 else ids.index(other) + 1 if other in ids else len(ids)
    ids.insert(at, thing)
    await database.fetch(
        f"""
        UPDATE {table} SET position = wanted.position - 1
        FROM unnest($1::int[]) WITH ORDINALITY AS wanted (id, position)
        WHERE {table}.id = wanted.id AND {table}.position <> wanted.position - 1
        """,
        ids,
    )

"""The order of a fair's categories and of its extras, as organisers wish it."""

from collections.abc import Sequence
from typing import Literal, Protocol

from digital_days.kernel import database


class Coded(Protocol):
    """Whatever stands in a list under a public code."""

    @property
    def code(self) -> str:
        """Its code."""


def before(listed: Sequence[Coded], code: str) -> str:
    """The code of the one that stands before this one, empty for the first; for a new one that of the last."""
    codes = ["", *(each.code for each in listed)]
    return codes[codes.index(code) - 1] if code in codes[1:] else codes[-1]


async def place_after(
    table: Literal["fair_category", "booth_extra"], code: str, other: str, *, edition_id: int
) -> None:
    """Behind this other one; first behind "", last behind what is no more. Whoever calls it has the fair's turn.

    What keeps its place is not written, so that nobody who edits it is disturbed.
    """
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

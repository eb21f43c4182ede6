"""Booths of the plan as rows: put and taken away, inside a turn of the plan; nobody loses theirs by a slip."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from digital_days.kernel import codes, database
from digital_days.kernel.i18n import N_, _
from exhibitors.domain.booth_numbers import next_numbers
from exhibitors.domain.categories import NoSuchCategory
from exhibitors.domain.plan_pieces import (
    BoothBooked,
    BoothFacts,
    BoothHeld,
    BoothInBooks,
    NumberTaken,
    PieceChanged,
    PieceGone,
    Put,
    TakeAway,
)
from exhibitors.domain.told_booths import Place, promise_news

HELD = N_("« %(number)s » est en option pour %(name)s, qui voit ce changement sur sa page.")
MOVED = N_("« %(number)s » est réservé par %(name)s, qui l’apprendra par courriel.")
BOOKED = N_("« %(number)s » est réservé par %(name)s.")


class _Row(Struct, frozen=True, kw_only=True):
    """``state`` and ``name``: of whoever holds or has booked it, empty where it is free."""

    id: int
    code: str
    number: str
    x: int
    y: int
    width: int
    depth: int
    version: str
    booking: int
    state: str
    name: str

    @property
    def place(self) -> Place:
        """What its exhibitor knows of it."""
        return Place(number=self.number, x=self.x, y=self.y, width=self.width, depth=self.depth)


_ROWS = """
    SELECT b.id, b.code, b.number, b.x, b.y, b.width, b.depth, b.xmin::text AS version,
        coalesce(k.id, 0) AS booking, coalesce(k.state, '') AS state, coalesce(x.name, '') AS name
    FROM booth b LEFT JOIN booking k ON k.booth = b.id AND k.state IN ('held', 'confirmed')
    LEFT JOIN exhibitor x ON x.id = k.exhibitor
    WHERE b.edition = $1 AND b.code = ANY($2) ORDER BY b.id FOR UPDATE OF b
"""
_COLUMNS = BoothFacts.__struct_fields__
_PUT = f"""
    INSERT INTO booth (code, edition, {", ".join(_COLUMNS)})
    SELECT r.code, $1, {", ".join("c.id" if name == "category" else f"r.{name}" for name in _COLUMNS)}
    FROM jsonb_to_recordset($2) AS r (
        code text, x integer, y integer, width integer, depth integer, number text, category text,
        power boolean, network boolean, step_free boolean, note text
    ) LEFT JOIN fair_category c ON c.edition = $1 AND c.code = r.category
    ON CONFLICT (code) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
"""


async def put_booths(edition_id: int, puts: Sequence[Put], *, plan_version: int) -> tuple[list[str], list[str]]:
    """Their codes, in this order, and sentences on who has one of them."""
    if not puts:
        return [], []
    before = await _seen(edition_id, [(put.code, put.version, _number(put)) for put in puts if put.code])
    rows = [{"code": put.code or codes.new_code(), **asdict(put.facts)} for put in puts]
    await _check_categories(edition_id, {row["category"] for row in rows} - {""})
    await _number_all(edition_id, rows)
    # Numbers may change places among themselves: none of the old ones is in the way.
    await database.fetch("UPDATE booth SET number = '~' || id WHERE code = ANY($1)", list(before))
    await database.fetch(_PUT, edition_id, msgspec.json.encode(rows).decode())
    now = {row["code"]: Place(**{name: row[name] for name in Place.__struct_fields__}) for row in rows}
    had = [was for was in before.values() if was.state]
    await promise_news(
        {was.booking: was.place for was in had if was.state == "confirmed" and was.place != now[was.code]},
        plan_version=plan_version,
    )
    return [row["code"] for row in rows], [_note(was, now[was.code]) for was in had]


async def remove_booths(edition_id: int, removals: Sequence[TakeAway]) -> None:
    """Raises ``BoothHeld``, ``BoothBooked`` and ``BoothInBooks``; options that came to nothing go with their booth."""
    if not removals:
        return
    rows = await _seen(edition_id, [(each.code, each.version, "") for each in removals])
    for row in rows.values():
        if row.state:
            raise (BoothHeld if row.state == "held" else BoothBooked)(number=row.number, name=row.name)
    ids = [row.id for row in rows.values()]
    await database.fetch("DELETE FROM booking WHERE booth = ANY($1) AND confirmed_at IS NULL", ids)
    written = await database.fetch(
        """
        SELECT b.number, x.name FROM booking k JOIN booth b ON b.id = k.booth JOIN exhibitor x ON x.id = k.exhibitor
        WHERE k.booth = ANY($1) ORDER BY k.id DESC LIMIT 1
        """,
        ids,
    )
    if written:
        raise BoothInBooks(**written[0])
    await database.fetch("DELETE FROM booth WHERE id = ANY($1)", ids)


async def _seen(edition_id: int, seen: Sequence[tuple[str, str, str]]) -> dict[str, _Row]:
    """By their codes, locked; of each (code, version, its name, empty where it may be gone)."""
    rows = await database.fetch(_ROWS, edition_id, [code for code, _version, _name in seen])
    found = {row["code"]: _Row(**row) for row in rows}
    for code, version, name in seen:
        if code not in found and name:
            raise PieceGone(name=name)
        if code in found and found[code].version != version:
            raise PieceChanged(name=found[code].number)
    return found


async def _check_categories(edition_id: int, wanted: set[str]) -> None:
    rows = await database.fetch(
        "SELECT code FROM fair_category WHERE edition = $1 AND code = ANY($2)", edition_id, wanted
    )
    if {row["code"] for row in rows} != wanted:
        raise NoSuchCategory


async def _number_all(edition_id: int, rows: Sequence[dict[str, str]]) -> None:
    """Gives a number to whoever has none; raises ``NumberTaken``, however the number is written."""
    others = await database.fetch(
        "SELECT number FROM booth WHERE edition = $1 AND code <> ALL($2)", edition_id, [row["code"] for row in rows]
    )
    taken = {row["number"].casefold() for row in others}
    for row in rows:
        if row["number"]:
            if row["number"].casefold() in taken:
                raise NumberTaken(number=row["number"])
            taken.add(row["number"].casefold())
    without = [row for row in rows if not row["number"]]
    known = [row["number"] for row in (*others, *rows) if row["number"]]
    for row, number in zip(without, next_numbers(known, len(without)), strict=True):
        row["number"] = number


def _note(was: _Row, now: Place) -> str:
    words = HELD if was.state == "held" else MOVED if was.place != now else BOOKED
    return _(words, number=now.number, name=was.name)


def _number(put: Put) -> str:
    return put.facts.number if isinstance(put.facts, BoothFacts) else ""

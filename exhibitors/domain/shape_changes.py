"""Shapes of the plan as rows: put and taken away, inside a turn of the plan."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import asdict

from digital_days.kernel import codes, database
from digital_days.kernel.i18n import _
from exhibitors.domain.plan_pieces import SHAPES, BoothFacts, PieceChanged, PieceGone, Put, ShapeFacts, TakeAway

_COLUMNS = ShapeFacts.__struct_fields__
_PUT = f"""
    INSERT INTO plan_shape (code, edition, {", ".join(_COLUMNS)})
    SELECT r.code, $1, {", ".join(f"r.{name}" for name in _COLUMNS)}
    FROM jsonb_to_recordset($2) AS r (
        code text, kind text, x integer, y integer, width integer, depth integer, label_fr text, label_en text
    )
    ON CONFLICT (code) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
"""


_LOCK = """
    SELECT code, label_fr, kind, xmin::text AS version FROM plan_shape
    WHERE edition = $1 AND code = ANY($2) ORDER BY id FOR UPDATE
"""


async def put_shapes(edition_id: int, puts: Sequence[Put]) -> list[str]:
    """Their codes, in this order."""
    if not puts:
        return []
    await _check(edition_id, [(put.code, put.version, _name(put.facts)) for put in puts if put.code])
    rows = [{"code": put.code or codes.new_code(), **asdict(put.facts)} for put in puts]
    await database.fetch(_PUT, edition_id, msgspec.json.encode(rows).decode())
    return [row["code"] for row in rows]


async def remove_shapes(edition_id: int, removals: Sequence[TakeAway]) -> None:
    """Nobody has a shape."""
    if removals:
        await _check(edition_id, [(each.code, each.version, "") for each in removals])
        await database.fetch(
            "DELETE FROM plan_shape WHERE edition = $1 AND code = ANY($2)", edition_id, [each.code for each in removals]
        )


async def _check(edition_id: int, seen: Sequence[tuple[str, str, str]]) -> None:
    """Of each (code, version, its name, empty where it may be gone)."""
    rows = await database.fetch(_LOCK, edition_id, [code for code, _version, _name in seen])
    found = {row["code"]: row for row in rows}
    for code, version, name in seen:
        if code not in found and name:
            raise PieceGone(name=name)
        if code in found and found[code]["version"] != version:
            raise PieceChanged(name=found[code]["label_fr"] or _(SHAPES[found[code]["kind"]]))


def _name(facts: BoothFacts | ShapeFacts) -> str:
    return (facts.label_fr or _(SHAPES[facts.kind])) if isinstance(facts, ShapeFacts) else ""

"""Shapes of a plan, for tests."""

from digital_days.kernel import codes, database
from exhibitors.domain.floor_plan import ShapeKind
from tests.factories import Made


async def make_shape(
    edition: Made, kind: ShapeKind, *, x: int, y: int, width: int, depth: int, label_fr: str = ""
) -> str:
    """Its code."""
    code = codes.new_code()
    await database.fetch(
        """
        INSERT INTO plan_shape (code, edition, kind, x, y, width, depth, label_fr)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        code,
        edition.id,
        kind,
        x,
        y,
        width,
        depth,
        label_fr,
    )
    return code

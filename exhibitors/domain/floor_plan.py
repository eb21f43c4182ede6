"""The floor plan as it is stored: lengths in centimetres from the hall's upper left corner."""

from collections.abc import Sequence
from typing import Literal

from markupsafe import Markup
from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import localized
from exhibitors.engine.lettering import breadth, smallest
from exhibitors.exports.booth_svg import drawing

ShapeKind = Literal["aisle", "entrance", "obstacle", "label"]


class Booth(Struct, frozen=True, kw_only=True):
    """``category`` is a code, empty where anybody may have it."""

    code: str
    number: str
    x: int
    y: int
    width: int
    depth: int
    category: str = ""
    category_fr: str = ""
    category_en: str = ""
    power: bool = False
    network: bool = False
    step_free: bool = True
    note: str = ""
    version: str = ""

    @property
    def category_name(self) -> str:
        """In the reader's language; empty where anybody may have it."""
        return localized(self.category_fr, self.category_en)

    def drawing(self, state: str = "free", name: str = "") -> Markup:
        """Its SVG, with who has it."""
        return drawing(self.x, self.y, self.width, self.depth, self.number, name, state)


class Shape(Struct, frozen=True, kw_only=True):
    """What is on the plan beside booths."""

    code: str
    kind: ShapeKind
    x: int
    y: int
    width: int
    depth: int
    label_fr: str = ""
    label_en: str = ""
    version: str = ""

    @property
    def label(self) -> str:
        """In the reader's language."""
        return localized(self.label_fr, self.label_en)

    @property
    def upright(self) -> bool:
        """Its label is written from below."""
        return self.depth > 2 * self.width

    @property
    def letter_size(self) -> float:
        """Of its label, in centimetres; a thin shape's runs over its edges rather than vanish."""
        along, across = max(self.width, self.depth), min(self.width, self.depth)
        return round(max(min(0.7 * across, 1.5 * along / max(len(self.label), 1), 80), 30), 1)


class Plan(Struct, frozen=True, kw_only=True):
    """The hall and all in it; booths in the order of their numbers as people count (« A2 » before « A10 »)."""

    width: int = 2000
    depth: int = 1500
    aisle: int = 150
    name_fr: str = ""
    name_en: str = ""
    background: str = ""
    opacity: int = 50
    published: bool = False
    version: int = 0
    booths: Sequence[Booth] = ()
    shapes: Sequence[Shape] = ()

    @property
    def name(self) -> str:
        """The hall's, in the reader's language."""
        return localized(self.name_fr, self.name_en)

    @property
    def breadth(self) -> float:
        """In ems, when every number is to be read."""
        return breadth(self.width, smallest((booth.width, booth.depth, booth.number) for booth in self.booths))


_HALL = ", ".join(name for name in Plan.__struct_fields__ if name not in ("booths", "shapes"))
_BOOTHS = """
    SELECT b.code, b.number, b.x, b.y, b.width, b.depth, coalesce(c.code, '') AS category,
        coalesce(c.name_fr, '') AS category_fr, coalesce(c.name_en, '') AS category_en,
        b.power, b.network, b.step_free, b.note, b.xmin::text AS version
    FROM booth b LEFT JOIN fair_category c ON c.id = b.category WHERE b.edition = $1
    ORDER BY substring(b.number from '^[^0-9]*'), coalesce(nullif(substring(b.number from '[0-9]+'), ''), '0')::numeric,
        b.number
"""
_SHAPES = """
    SELECT code, kind, x, y, width, depth, label_fr, label_en, xmin::text AS version
    FROM plan_shape WHERE edition = $1 ORDER BY id
"""


async def plan_of(edition_id: int) -> Plan:
    """Three queries, however many booths; an empty hall where nobody has drawn one."""
    hall = await database.fetch_one(f"SELECT {_HALL} FROM floor_plan WHERE edition = $1", edition_id)
    booths = [Booth(**row) for row in await database.fetch(_BOOTHS, edition_id)]
    shapes = [Shape(**row) for row in await database.fetch(_SHAPES, edition_id)]
    return Plan(**(hall or {}), booths=booths, shapes=shapes)

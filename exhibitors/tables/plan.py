"""The floor plan as data: lengths in centimetres, from the hall's upper left corner."""

from piccolo.columns import Boolean, ForeignKey, Integer, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from digital_days.kernel.tables import Edition
from exhibitors.tables.fair import FairCategory


class FloorPlan(Table):
    """The hall of an edition. ``aisle``: the least width of a way; ``version`` grows with every change of the plan.

    ``background`` names an uploaded picture (``plan_picture``), drawn over the whole hall at ``opacity`` percent.
    """

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, unique=True, index=False)
    name_fr = Varchar(length=120, default="")
    name_en = Varchar(length=120, default="")
    width = Integer(default=2000)
    depth = Integer(default=1500)
    aisle = Integer(default=150)
    background = Varchar(length=64, default="")
    opacity = SmallInt(default=50)
    version = Integer(default=0)
    published = Boolean(default=False)
    updated_at = Timestamptz()


class PlanPicture(Table):
    """A hall as somebody drew it elsewhere: one picture, drawn anew, named after its content; the file is kept by
    ``kernel.files``."""

    digest = Varchar(length=64, unique=True)
    file = Varchar(length=64)
    width = Integer()
    height = Integer()
    created_at = Timestamptz()


class Booth(Table):
    """A rectangle that one exhibitor books; ``number`` is what people read (« A12 »). No category: anybody's."""

    code = Varchar(length=12, unique=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, index=True)
    number = Varchar(length=12)
    x = Integer()
    y = Integer()
    width = Integer()
    depth = Integer()
    category = ForeignKey(FairCategory, on_delete=OnDelete.set_null, null=True, index=True)
    power = Boolean(default=False)
    network = Boolean(default=False)
    step_free = Boolean(default=True)
    note = Text(default="")


class PlanShape(Table):
    """Whatever else is on the plan: ``kind`` aisle (kept free), entrance, obstacle (nobody walks there), label."""

    code = Varchar(length=12, unique=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, index=True)
    kind = Varchar(length=10)
    x = Integer()
    y = Integer()
    width = Integer()
    depth = Integer()
    label_fr = Varchar(length=120, default="")
    label_en = Varchar(length=120, default="")

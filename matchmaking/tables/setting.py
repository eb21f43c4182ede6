"""What organisers decide about the speed dating of an edition."""

from piccolo.columns import JSONB, ForeignKey, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from digital_days.kernel.tables import Edition


class SpeedDating(Table):
    """One an edition. People take part from ``opens_at`` to ``closes_at``.

    ``sessions`` is a list of ``{"starts_at", "ends_at"}`` (a morning, an afternoon); rounds of ``round_minutes`` with
    ``pause_minutes`` between them fill each. ``most``: meetings a person, where they say nothing else; ``spread``: how
    much the numbers of breaks of two people may differ; ``weights`` of the parts of the fit, by their names.
    """

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, unique=True, index=False)
    intro_fr = Text(default="")
    intro_en = Text(default="")
    place_fr = Varchar(length=200, default="")
    place_en = Varchar(length=200, default="")
    opens_at = Timestamptz(null=True, default=None)
    closes_at = Timestamptz(null=True, default=None)
    sessions = JSONB(default="[]")
    round_minutes = SmallInt(default=15)
    pause_minutes = SmallInt(default=5)
    tables = SmallInt(default=10)
    most = SmallInt(default=8)
    spread = SmallInt(null=True, default=None)
    weights = JSONB(default="{}")
    updated_at = Timestamptz()

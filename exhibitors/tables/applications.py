"""What happened to an application, and what its exhibitor was told."""

from piccolo.columns import ForeignKey, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from digital_days.kernel.tables import Person
from exhibitors.tables.exhibitors import Exhibitor


class ApplicationEvent(Table):
    """``kind`` applied, changed, withdrawn, or a decision: accepted, waiting, declined; then with the message sent."""

    exhibitor = ForeignKey(Exhibitor, on_delete=OnDelete.cascade, null=False, index=True)
    kind = Varchar(length=10)
    at = Timestamptz()
    by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)
    reason = Text(default="")
    subject_fr = Varchar(length=200, default="")
    body_fr = Text(default="")
    subject_en = Varchar(length=200, default="")
    body_en = Text(default="")

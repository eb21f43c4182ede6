"""The day itself: where its clock stands, and the plans that its moderator is offered."""

from piccolo.columns import JSONB, ForeignKey, Integer, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from digital_days.kernel.tables import Edition


class RoundClock(Table):
    """One an edition, from the moderator's first word on; ``version`` counts their words.

    When each round really begins and ends stands in ``MeetingRound.began_at`` and ``ended_at``, changed together with
    this row or not at all.
    """

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, unique=True, index=False)
    version = Integer(default=0)
    paused_at = Timestamptz(null=True, default=None)
    changed_at = Timestamptz()


class Replan(Table):
    """The rounds that remain, planned anew and not yet taken.

    ``meetings`` is a list of ``[business participant, resource participant, round, table]``. It may be taken once, and
    only while everything that it rests on has the same ``stamp``.
    """

    code = Varchar(length=12, unique=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, index=True)
    stamp = Varchar(length=32)
    meetings = JSONB(default="[]")
    created_at = Timestamptz()
    taken_at = Timestamptz(null=True, default=None)

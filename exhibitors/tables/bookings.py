"""Who has which booth, and who waits for one."""

from piccolo.columns import Boolean, ForeignKey, Integer, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from digital_days.kernel.tables import Person
from exhibitors.tables.exhibitors import Exhibitor
from exhibitors.tables.fair import BoothExtra, FairCategory
from exhibitors.tables.plan import Booth


class Booking(Table):
    """An exhibitor has a booth: held (until ``held_until``) → confirmed → moved | cancelled; held → expired | left.

    At most one row a booth is held or confirmed; at most one of each an exhibitor (partial unique indexes).
    ``offered``: held for whoever waited. ``price_cents`` is fixed when it is confirmed. ``reason`` and
    ``ended_by``: why an organiser ended it, and who.
    """

    code = Varchar(length=12, unique=True)
    booth = ForeignKey(Booth, on_delete=OnDelete.restrict, null=False, index=True)
    exhibitor = ForeignKey(Exhibitor, on_delete=OnDelete.restrict, null=False, index=True)
    state = Varchar(length=10, default="held")
    held_until = Timestamptz(null=True, default=None)
    offered = Boolean(default=False)
    price_cents = Integer(default=0)
    sequence = SmallInt(default=0)
    created_at = Timestamptz()
    confirmed_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    reason = Text(default="")
    ended_by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)
    updated_at = Timestamptz()


class BookingExtra(Table):
    """What is rented with a booth, at the price of that day."""

    booking = ForeignKey(Booking, on_delete=OnDelete.cascade, null=False, index=True)
    extra = ForeignKey(BoothExtra, on_delete=OnDelete.restrict, null=False, index=True)
    quantity = SmallInt()
    price_cents = Integer()


class BoothWaiting(Table):
    """An exhibitor waits for a booth of its category; in the order of ``joined_at``, then of ``id``."""

    exhibitor = ForeignKey(Exhibitor, on_delete=OnDelete.cascade, null=False, unique=True, index=False)
    category = ForeignKey(FairCategory, on_delete=OnDelete.cascade, null=False, index=True)
    joined_at = Timestamptz()

"""What organisers decide about the fair of an edition: its call, its categories, what may be rented, who bills."""

from piccolo.columns import JSONB, Boolean, Date, ForeignKey, Integer, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.columns.defaults import TimestamptzNow
from piccolo.table import Table

from digital_days.kernel.tables import Edition


class Fair(Table):
    """One an edition. ``questions`` is a list of the kernel's ``Question``; ``*_due`` are days of the check-list.

    A hold lasts ``hold_minutes``; a booth offered to the waiting list, ``offer_hours``.
    """

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, unique=True, index=False)
    intro_fr = Text(default="")
    intro_en = Text(default="")
    call_opens_at = Timestamptz(null=True, default=None)
    call_closes_at = Timestamptz(null=True, default=None)
    booking_opens_at = Timestamptz(null=True, default=None)
    booking_closes_at = Timestamptz(null=True, default=None)
    moves_until = Timestamptz(null=True, default=None)
    hold_minutes = SmallInt(default=15)
    offer_hours = SmallInt(default=24)
    profile_due = Date(null=True, default=None)
    insurance_due = Date(null=True, default=None)
    payment_due = Date(null=True, default=None)
    badges_due = Date(null=True, default=None)
    arrival_due = Date(null=True, default=None)
    questions = JSONB(default="[]")
    updated_at = Timestamptz(default=TimestamptzNow())


class FairCategory(Table):
    """Who may have a booth, on which conditions, for how much (in cents, before taxes; 0 is free)."""

    code = Varchar(length=12, unique=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, index=True)
    name_fr = Varchar(length=120)
    name_en = Varchar(length=120, default="")
    conditions_fr = Text(default="")
    conditions_en = Text(default="")
    price_cents = Integer(default=0)
    needs_insurance = Boolean(default=True)
    position = SmallInt(default=0)


class BoothExtra(Table):
    """A table, a power outlet, a screen. ``stock`` null: as many as are asked for; ``taken`` never exceeds it."""

    code = Varchar(length=12, unique=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, index=True)
    name_fr = Varchar(length=120)
    name_en = Varchar(length=120, default="")
    price_cents = Integer(default=0)
    stock = Integer(null=True, default=None)
    taken = Integer(default=0)
    position = SmallInt(default=0)


class FairBilling(Table):
    """Who sells, as every invoice of the edition says. Without the two numbers no tax may be charged, so no invoice."""

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, unique=True, index=False)
    seller_name = Varchar(length=200, default="")
    seller_address = Text(default="")
    gst_number = Varchar(length=20, default="")
    qst_number = Varchar(length=20, default="")
    terms_fr = Text(default="")
    days_to_pay = SmallInt(default=30)


class DecisionText(Table):
    """What organisers write to whoever applied: one text a decision (accepted, waiting, declined)."""

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, index=True)
    decision = Varchar(length=10)
    subject_fr = Varchar(length=200)
    body_fr = Text()
    subject_en = Varchar(length=200, default="")
    body_en = Text(default="")

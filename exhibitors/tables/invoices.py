"""Invoices and what was paid: written once, never changed; a mistake is set right by a credit note."""

from piccolo.columns import JSONB, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from digital_days.kernel.tables import Edition, Person
from exhibitors.tables.bookings import Booking
from exhibitors.tables.exhibitors import Exhibitor


class InvoiceCounter(Table):
    """The last number given in an edition; whoever takes the next one holds the row until the invoice is written."""

    edition = ForeignKey(Edition, on_delete=OnDelete.restrict, null=False, unique=True, index=False)
    last = Integer(default=0)


class Invoice(Table):
    """``kind`` invoice or credit (which ``credits`` another; its amounts are negative). All amounts in cents.

    ``lines`` is a list of ``{"label", "quantity", "unit_cents", "amount_cents"}``; ``seller`` and ``buyer`` are as
    they were on that day, and so is ``reference``, the number as people read it (« JN2027-0001 »). ``reopens_cents``
    of a credit is the part, before taxes, that counts as not billed any more: the rest is given up for good.
    """

    code = Varchar(length=12, unique=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.restrict, null=False, index=True)
    number = Integer()
    reference = Varchar(length=60, default="")
    kind = Varchar(length=8, default="invoice")
    exhibitor = ForeignKey(Exhibitor, on_delete=OnDelete.restrict, null=False, index=True)
    booking = ForeignKey(Booking, on_delete=OnDelete.restrict, null=True, index=True)
    credits: ForeignKey["Invoice"] = ForeignKey("self", on_delete=OnDelete.restrict, null=True, index=True)
    lines = JSONB(default="[]")
    subtotal_cents = Integer()
    gst_cents = Integer()
    qst_cents = Integer()
    total_cents = Integer()
    reopens_cents = Integer(default=0)
    seller = JSONB(default="{}")
    buyer = JSONB(default="{}")
    reason = Text(default="")
    issued_at = Timestamptz()
    due_on = Date()


class Payment(Table):
    """Money that came in (or, negative, went back), as somebody wrote it down; ``provider`` is by hand until another
    comes, whose ``reference`` then counts once."""

    code = Varchar(length=12, unique=True)
    invoice = ForeignKey(Invoice, on_delete=OnDelete.restrict, null=False, index=True)
    amount_cents = Integer()
    method = Varchar(length=12)
    provider = Varchar(length=20, default="hand")
    reference = Varchar(length=120, default="")
    received_on = Date()
    recorded_by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)
    recorded_at = Timestamptz()
    cancelled_at = Timestamptz(null=True, default=None)
    cancelled_by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)

"""Visitors whom an exhibitor met, and what each visitor lets it know."""

from piccolo.columns import BigSerial, Boolean, ForeignKey, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from digital_days.kernel.tables import Person, Registration
from exhibitors.tables.exhibitors import Exhibitor


class Scanner(Table):
    """A phone that reads tickets for one exhibitor. Only hashes are kept: of the pairing code, then of its cookie."""

    code = Varchar(length=12, unique=True)
    exhibitor = ForeignKey(Exhibitor, on_delete=OnDelete.cascade, null=False, index=True)
    name = Varchar(length=120, default="")
    pairing_hash = Varchar(length=64, null=True, default=None, unique=True)
    pairing_until = Timestamptz(null=True, default=None)
    token_hash = Varchar(length=64, null=True, default=None, unique=True)
    paired_at = Timestamptz(null=True, default=None)
    seen_at = Timestamptz(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)
    created_by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)
    created_at = Timestamptz()


class Lead(Table):
    """An exhibitor scanned a visitor's ticket; one row a pair. What it may know is said by ``LeadConsent`` alone.

    ``interest`` 0 (not said) to 3; ``next_step`` empty, call, documents, meeting or support. ``declined_at``: the
    visitor's last word is no; ``never_ask``: nor do they want to be asked again. ``updated_at`` is of what the
    exhibitor notes.
    """

    id = BigSerial(primary_key=True)
    code = Varchar(length=12, unique=True)
    exhibitor = ForeignKey(Exhibitor, on_delete=OnDelete.cascade, null=False, index=True)
    registration = ForeignKey(Registration, on_delete=OnDelete.cascade, null=False, index=True)
    scanner = ForeignKey(Scanner, on_delete=OnDelete.set_null, null=True, index=True)
    note = Text(default="")
    interest = SmallInt(default=0)
    next_step = Varchar(length=10, default="")
    scanned_at = Timestamptz()
    last_read_at = Timestamptz()
    declined_at = Timestamptz(null=True, default=None)
    never_ask = Boolean(default=False)
    updated_at = Timestamptz()


class LeadConsent(Table):
    """A visitor lets an exhibitor know their name and address, in the words they read; withdrawn, never deleted.

    ``purpose``: share, or support (that the team may offer them its help, too). ``how``: standing, exhibitor_phone,
    own_phone, link. At most one of a lead and purpose is not withdrawn (partial unique index).
    """

    id = BigSerial(primary_key=True)
    lead = ForeignKey(Lead, on_delete=OnDelete.cascade, null=False, index=True)
    purpose = Varchar(length=10, default="share")
    version = SmallInt()
    locale = Varchar(length=2)
    text = Text()
    how = Varchar(length=16)
    given_at = Timestamptz()
    withdrawn_at = Timestamptz(null=True, default=None)

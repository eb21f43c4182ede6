"""Exhibitors: who applied and what became of it, who acts for them, what they sent, what the public reads."""

from piccolo.columns import JSONB, Boolean, Bytea, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from digital_days.kernel.tables import Edition, NeedTerm, Person, Registration
from exhibitors.tables.fair import FairCategory


class Exhibitor(Table):
    """An organisation at the fair of one edition.

    submitted → accepted | waiting | declined; waiting → accepted | declined; all → withdrawn. ``links`` is a list of
    ``{"label", "url"}``; ``logo`` names a picture (``exhibitor_logo``); ``listed``: shown in the public directory.
    """

    code = Varchar(length=12, unique=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.restrict, null=False, index=True)
    category = ForeignKey(FairCategory, on_delete=OnDelete.restrict, null=False, index=True)
    state = Varchar(length=10, default="submitted")
    name = Varchar(length=200)
    legal_name = Varchar(length=200, default="")
    billing_address = Text(default="")
    neq = Varchar(length=10, default="")
    phone = Varchar(length=40, default="")
    in_quebec = Boolean(default=True)
    wish = Text(default="")
    answers = JSONB(default="{}")
    reason = Text(default="")
    internal_note = Text(default="")
    applied_at = Timestamptz()
    decided_at = Timestamptz(null=True, default=None)
    decided_by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)
    updated_at = Timestamptz()
    search_key = Text(default="")
    listed = Boolean(default=False)
    summary_fr = Varchar(length=300, default="")
    summary_en = Varchar(length=300, default="")
    description_fr = Text(default="")
    description_en = Text(default="")
    links = JSONB(default="[]")
    logo = Varchar(length=64, default="")


class ExhibitorMember(Table):
    """Somebody who acts for an exhibitor; the contact is written to. ``name``: as whoever invited them wrote it."""

    exhibitor = ForeignKey(Exhibitor, on_delete=OnDelete.cascade, null=False, index=True)
    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=False, index=True)
    name = Varchar(length=200, default="")
    is_contact = Boolean(default=False)
    created_at = Timestamptz()


class ExhibitorNeed(Table):
    """A need of the shared taxonomy that the exhibitor answers."""

    exhibitor = ForeignKey(Exhibitor, on_delete=OnDelete.cascade, null=False, index=True)
    need = ForeignKey(NeedTerm, on_delete=OnDelete.cascade, null=False, index=True)


class ExhibitorActivity(Table):
    """An activity of the public programme in which the exhibitor takes part, by its public code."""

    exhibitor = ForeignKey(Exhibitor, on_delete=OnDelete.cascade, null=False, index=True)
    activity_code = Varchar(length=12)


class ExhibitorLogo(Table):
    """A picture named after its content."""

    digest = Varchar(length=64, unique=True)
    media_type = Varchar(length=20)
    content = Bytea()
    created_at = Timestamptz()


class ExhibitorDocument(Table):
    """A file kept outside the web root (``kernel.files``); ``kind`` insurance or other, ``state`` received, accepted,
    refused."""

    code = Varchar(length=12, unique=True)
    exhibitor = ForeignKey(Exhibitor, on_delete=OnDelete.cascade, null=False, index=True)
    kind = Varchar(length=12)
    filename = Varchar(length=200)
    media_type = Varchar(length=80)
    size = Integer()
    file = Varchar(length=64, unique=True)
    state = Varchar(length=10, default="received")
    reason = Text(default="")
    valid_until = Date(null=True, default=None)
    uploaded_by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)
    uploaded_at = Timestamptz()
    checked_by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)
    checked_at = Timestamptz(null=True, default=None)


class StaffBadge(Table):
    """Somebody who stands at the booth: a name to print, and the registration whose ticket is on the badge."""

    code = Varchar(length=12, unique=True)
    exhibitor = ForeignKey(Exhibitor, on_delete=OnDelete.cascade, null=False, index=True)
    name = Varchar(length=200)
    registration = ForeignKey(Registration, on_delete=OnDelete.set_null, null=True, index=True)
    created_at = Timestamptz()


class BoothShift(Table):
    """Somebody of an exhibitor is at its booth; under its code the kernel's agenda expects them there."""

    code = Varchar(length=12, unique=True)
    exhibitor = ForeignKey(Exhibitor, on_delete=OnDelete.cascade, null=False, index=True)
    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=False, index=True)
    starts_at = Timestamptz()
    ends_at = Timestamptz()
    created_at = Timestamptz()


class ArrivalSlot(Table):
    """A quarter of an hour in which ``capacity`` exhibitors may unload; ``taken`` never exceeds it."""

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, index=True)
    starts_at = Timestamptz()
    capacity = Integer()
    taken = Integer(default=0)


class ExhibitorArrival(Table):
    """When an exhibitor unloads; one each."""

    exhibitor = ForeignKey(Exhibitor, on_delete=OnDelete.cascade, null=False, unique=True, index=False)
    slot = ForeignKey(ArrivalSlot, on_delete=OnDelete.restrict, null=False, index=True)
    vehicle = Varchar(length=120, default="")
    updated_at = Timestamptz()


class FavouriteExhibitor(Table):
    """Somebody wants to see this exhibitor."""

    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=False, index=True)
    exhibitor = ForeignKey(Exhibitor, on_delete=OnDelete.cascade, null=False, index=True)
    created_at = Timestamptz()

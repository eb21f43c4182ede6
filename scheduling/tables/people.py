"""What people tell organisers and are told by them, come as a group, were there, thought of it."""

from piccolo.columns import JSONB, BigSerial, Boolean, ForeignKey, Integer, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from digital_days.kernel.tables import Edition, Person, Registration
from scheduling.tables.places import Place
from scheduling.tables.programme import Activity


class Need(Table):
    """What somebody needs to take part: with ``place`` as a form said that came with it, else the person's own word.

    ``words`` is what they agreed to by ticking, as they read it. Health may be read from it: see ``domain/needs.py``.
    """

    id = BigSerial(primary_key=True)
    registration = ForeignKey(Registration, on_delete=OnDelete.cascade, null=False, index=True)
    place = ForeignKey(Place, on_delete=OnDelete.cascade, null=True, index=True)
    interpreter = Boolean(default=False)
    wheelchair = Boolean(default=False)
    hearing = Boolean(default=False)
    other = Varchar(length=300, default="")
    words = Text()
    locale = Varchar(length=2)
    said_at = Timestamptz()


class OrganiserMessage(Table):
    """What organisers write to many: a draft until it is sent, then never changed.

    ``kind`` and ``target`` say to whom (``domain/recipients.py``), ``to_fr`` and ``to_en`` the same in words.
    """

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, index=True)
    code = Varchar(length=12, unique=True)
    kind = Varchar(length=12)
    target = Varchar(length=80, default="")
    to_fr = Varchar(length=500)
    to_en = Varchar(length=500)
    subject_fr = Varchar(length=200)
    subject_en = Varchar(length=200, default="")
    body_fr = Text()
    body_en = Text(default="")
    state = Varchar(length=8, default="draft")
    people = Integer(default=0)
    created_at = Timestamptz()
    updated_at = Timestamptz()
    sent_at = Timestamptz(null=True, default=None)
    by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)


class Certificate(Table):
    """That somebody was there, as it was printed: ``document`` is a ``domain.certificates.Attested``.

    One row for each text of a registration, which its ``fingerprint`` stands for.
    """

    registration = ForeignKey(Registration, on_delete=OnDelete.cascade, null=False, index=False)
    code = Varchar(length=12, unique=True)
    fingerprint = Varchar(length=64)
    document = JSONB()
    issued_at = Timestamptz()


class Feedback(Table):
    """What people thought of an activity, added up: nothing in here is anybody's.

    A choice is a number, counted; words stand in their alphabetical order, not in that of their coming.
    """

    activity = ForeignKey(Activity, on_delete=OnDelete.cascade, null=False, unique=True, index=False)
    one = Integer(default=0)
    two = Integer(default=0)
    three = Integer(default=0)
    four = Integer(default=0)
    five = Integer(default=0)
    helped = JSONB(default="[]")
    better = JSONB(default="[]")


class FeedbackGiven(Table):
    """That somebody answered about an activity, so that nobody does so twice; not what, and not when."""

    registration = ForeignKey(Registration, on_delete=OnDelete.cascade, null=False, index=False)
    activity = ForeignKey(Activity, on_delete=OnDelete.cascade, null=False, index=True)


class GroupRegistration(Table):
    """Several people registered by one ``contact`` (none once that person has gone): a business's, or a class's.

    ``slots``: the codes of the activities asked for. ``form_code`` makes a form sent twice one group; ``sent`` numbers
    the messages with all tickets.
    """

    code = Varchar(length=12, unique=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, index=True)
    kind = Varchar(length=10)
    organisation = Varchar(length=200)
    contact = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)
    slots = JSONB(default="[]")
    audience = Varchar(length=80, default="")
    locale = Varchar(length=2, default="fr")
    sent = SmallInt(default=0)
    form_code = Varchar(length=40, unique=True)
    created_at = Timestamptz()
    updated_at = Timestamptz()


class GroupMember(Table):
    """One of a group: a person of their own, whom nobody signs in as unless the address was free.

    ``name`` is what the contact wrote, empty while it is to come; ``note`` is the contact's own.
    """

    code = Varchar(length=12, unique=True)
    group_registration = ForeignKey(GroupRegistration, on_delete=OnDelete.cascade, null=False, index=True)
    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=False, index=True)
    position = SmallInt()
    name = Varchar(length=200, default="")
    note = Varchar(length=200, default="")

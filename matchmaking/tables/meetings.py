"""What was published: the rounds, who meets whom in them, and what became of it."""

from piccolo.columns import BigSerial, Boolean, ForeignKey, Integer, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from digital_days.kernel.tables import Edition, Person
from matchmaking.tables.sides import MatchParticipant


class Publication(Table):
    """A plan that people were told, numbered from 1 in its edition; the last one stands."""

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, index=True)
    number = Integer()
    run = Varchar(length=12, default="")
    by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)
    at = Timestamptz()
    kept = Integer(default=0)
    moved = Integer(default=0)
    cancelled = Integer(default=0)
    added = Integer(default=0)


class MeetingRound(Table):
    """A round as published; ``number`` from 1.

    ``began_at`` and ``ended_at``: when it really begins and ends, by the moderator's word; null as long as that is as
    published, the same moment for a round that is not held.
    """

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, index=True)
    number = SmallInt()
    session = SmallInt(default=1)
    starts_at = Timestamptz()
    ends_at = Timestamptz()
    began_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)


class MeetingTable(Table):
    """A table of the hall; a broken one has ``closed_at``."""

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, index=True)
    number = SmallInt()
    closed_at = Timestamptz(null=True, default=None)


class Meeting(Table):
    """Two people, a round, a table. planned → held | missed | cancelled; one that moves keeps its ``code``.

    ``business`` sits for a business, ``resource`` for a support resource. ``sequence`` grows with every change that
    calendars must learn (RFC 5545). ``locked``: a new plan leaves it where it is.
    """

    id = BigSerial(primary_key=True)
    code = Varchar(length=12, unique=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, index=True)
    business = ForeignKey(MatchParticipant, on_delete=OnDelete.cascade, null=False, index=True)
    resource = ForeignKey(MatchParticipant, on_delete=OnDelete.cascade, null=False, index=True)
    round = SmallInt()
    table_number = SmallInt()
    starts_at = Timestamptz()
    ends_at = Timestamptz()
    state = Varchar(length=10, default="planned")
    locked = Boolean(default=False)
    sequence = Integer(default=0)
    business_present_at = Timestamptz(null=True, default=None)
    resource_present_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz()
    updated_at = Timestamptz()


class MeetingOutcome(Table):
    """What one of the two says after a meeting; one word each, the last one counts.

    ``useful`` 0 (not said) to 3; ``next_step`` empty, contact, appointment or referral; ``project`` the receiver of a
    referral. ``shares_contact``: in the words of ``consent``; both must, or nobody learns anything. ``said`` counts how
    often they have said something.
    """

    id = BigSerial(primary_key=True)
    meeting = ForeignKey(Meeting, on_delete=OnDelete.cascade, null=False, index=True)
    participant = ForeignKey(MatchParticipant, on_delete=OnDelete.cascade, null=False, index=True)
    useful = SmallInt(default=0)
    next_step = Varchar(length=12, default="")
    project = Varchar(length=20, default="")
    shares_contact = Boolean(default=False)
    consent = Text(default="")
    consent_version = SmallInt(default=0)
    locale = Varchar(length=2, default="fr")
    note = Text(default="")
    said = Integer(default=1)
    said_at = Timestamptz()
    withdrawn_at = Timestamptz(null=True, default=None)

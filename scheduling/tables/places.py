"""Places, the rules for having one, and who waits for one."""

from piccolo.columns import JSONB, BigSerial, ForeignKey, Integer, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.columns.defaults import TimestamptzNow
from piccolo.table import Table

from digital_days.kernel.tables import Edition, Person, Registration
from scheduling.tables.programme import Slot


class Place(Table):
    """A person's seat in a slot, or the memory that they asked: one row for each pair, its code for life.

    Nobody goes while they have one: the slot counts its seats apart (``domain/forgetting.py`` lets both go together).
    """

    id = BigSerial(primary_key=True)
    code = Varchar(length=12, unique=True)
    slot = ForeignKey(Slot, on_delete=OnDelete.restrict, null=False, index=False)
    person = ForeignKey(Person, on_delete=OnDelete.restrict, null=False, index=True)
    state = Varchar(length=10)
    reason = Varchar(length=10, default="")
    sequence = Integer(default=0)
    created_at = Timestamptz()
    updated_at = Timestamptz()
    audience = Varchar(length=80, default="")
    answers = JSONB(default="{}")


class ActivityRules(Table):
    """What must be known and met for a place in an activity; counts at once, whatever has been released.

    ``activity`` is its ``source_id``, the same in the draft; ``reserved_for`` an audience's slug. ``questions`` is a
    list of ``kernel.questions.Question``, answered in ``Place.answers`` under each question's code.
    """

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, index=False)
    activity = Varchar(length=200)
    opens_at = Timestamptz(null=True, default=None)
    closes_at = Timestamptz(null=True, default=None)
    reserved_seats = Integer(default=0)
    reserved_for = Varchar(length=80, default="")
    reserved_until = Timestamptz(null=True, default=None)
    prerequisites_fr = Text(default="")
    prerequisites_en = Text(default="")
    questions = JSONB(default="[]")
    updated_at = Timestamptz(default=TimestamptzNow())


class EditionRules(Table):
    """What holds for every place of an edition: at most ``most`` each (0: any number) until a date; offers' hours."""

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, unique=True, index=False)
    most = SmallInt(default=0)
    most_until = Timestamptz(null=True, default=None)
    offer_hours = SmallInt(default=12)


class WaitingEntry(Table):
    """Somebody waits for a place in a full slot; ``code`` is that of their ``Place``. One row a pair, again and again.

    waiting → offered → accepted | declined | expired; both → withdrawn (took ``because``, a place at the same time),
    left, removed, closed. ``rank`` orders a slot's line; ``round`` counts its offers. Changed only by whoever holds
    the slot's row.
    """

    id = BigSerial(primary_key=True)
    code = Varchar(length=12, unique=True)
    slot = ForeignKey(Slot, on_delete=OnDelete.cascade, null=False, index=False)
    person = ForeignKey(Person, on_delete=OnDelete.restrict, null=False, index=True)
    state = Varchar(length=10, default="waiting")
    rank = Integer()
    audience = Varchar(length=80, default="")
    locale = Varchar(length=2, default="fr")
    round = SmallInt(default=0)
    deadline = Timestamptz(null=True, default=None)
    because = Varchar(length=12, default="")
    joined_at = Timestamptz()
    updated_at = Timestamptz()


class WaitingEvent(Table):
    """What happened to an entry, for whoever asks why; ``reason`` is a word of ours, ``words`` an organiser's own."""

    id = BigSerial(primary_key=True)
    entry = ForeignKey(WaitingEntry, on_delete=OnDelete.cascade, null=False, index=True)
    kind = Varchar(length=10)
    reason = Varchar(length=12, default="")
    words = Text(default="")
    by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)
    at = Timestamptz()


class Attendance(Table):
    """Seen at a room's door: present or absent."""

    slot = ForeignKey(Slot, on_delete=OnDelete.cascade, null=False, index=False)
    registration = ForeignKey(Registration, on_delete=OnDelete.cascade, null=False, index=True)
    state = Varchar(length=8)
    at = Timestamptz()
    by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)

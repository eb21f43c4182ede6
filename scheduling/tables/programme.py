"""The programme and the places in it.

Rooms, labels, speakers, activities and slots exist twice: as the public reads them, and in the edition's draft, which
is an edition of its own (``Edition.draft_of``). What a release copies has the same key in both: a room's name, a
label's facet and name, ``source_id`` elsewhere.
"""

from piccolo.columns import (
    JSONB,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    SmallInt,
    Text,
    Time,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.columns.defaults import TimestamptzNow
from piccolo.table import Table

from digital_days.kernel.tables import Edition, Person


class Room(Table):
    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False)
    name = Varchar(length=200)
    venue = Varchar(length=200, default="")
    address = Varchar(length=300, default="")
    capacity = Integer(null=True, default=None)
    workstations = Integer(null=True, default=None)
    step_free = Boolean(null=True, default=None)
    position = SmallInt(default=0)
    extra = JSONB(default="{}")
    name_en = Varchar(length=200, default="")
    venue_en = Varchar(length=200, default="")
    equipment_fr = Text(default="")
    equipment_en = Text(default="")


class Label(Table):
    """A theme, an audience or a kind (``facet``), named by the edition."""

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False)
    facet = Varchar(length=10)
    slug = Varchar(length=80)
    name_fr = Varchar(length=120)
    name_en = Varchar(length=120, default="")
    colour = Varchar(length=6, default="")
    position = SmallInt(default=0)
    description_fr = Text(default="")
    description_en = Text(default="")


class OpeningHours(Table):
    """When the doors of a day of the edition are open, Toronto time; a day without hours is always open."""

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False)
    day = Date()
    opens_at = Time()
    closes_at = Time()


class Portrait(Table):
    """A picture as it is shown: small, without metadata; named by its content, so that two rows may share it."""

    digest = Varchar(length=64, unique=True)
    media_type = Varchar(length=20)
    content = Bytea()
    created_at = Timestamptz(default=TimestamptzNow())


class Speaker(Table):
    """``email``, ``person`` and ``needs`` are the organisers' to know: they stay in the draft."""

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False)
    code = Varchar(length=12, unique=True)
    source_id = Varchar(length=200)
    name = Varchar(length=200)
    organisation = Varchar(length=200, default="")
    ambassador = Boolean(default=False)
    biography_fr = Text(default="")
    biography_en = Text(default="")
    extra = JSONB(default="{}")
    portrait = Varchar(length=64, default="")
    email = Varchar(length=254, default="")
    person = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)
    needs = Text(default="")


class Availability(Table):
    """When a speaker of a draft can come; a speaker without any comes whenever they are asked."""

    speaker = ForeignKey(Speaker, on_delete=OnDelete.cascade, null=False, index=True)
    starts_at = Timestamptz(default=None)
    ends_at = Timestamptz(default=None)


class Activity(Table):
    """What is offered; ``extra`` keeps what its source says beyond our columns."""

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False)
    code = Varchar(length=12, unique=True)
    source_id = Varchar(length=200)
    title_fr = Varchar(length=300)
    title_en = Varchar(length=300, default="")
    subtitle = Varchar(length=300, default="")
    summary_fr = Text(default="")
    summary_en = Text(default="")
    description_fr = Text(default="")
    description_en = Text(default="")
    kind = ForeignKey(Label, on_delete=OnDelete.set_null, null=True)
    theme = ForeignKey(Label, on_delete=OnDelete.set_null, null=True)
    audience = ForeignKey(Label, on_delete=OnDelete.set_null, null=True)
    language = Varchar(length=12, default="fr")
    links = JSONB(default="[]")
    extra = JSONB(default="{}")
    search_key = Text(default="")
    updated_at = Timestamptz(default=TimestamptzNow())
    minutes = SmallInt(default=60)
    needs_workstations = Boolean(default=False)
    changed_by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)


class ActivitySpeaker(Table):
    activity = ForeignKey(Activity, on_delete=OnDelete.cascade, null=False)
    speaker = ForeignKey(Speaker, on_delete=OnDelete.cascade, null=False)
    position = SmallInt(default=0)


class Slot(Table):
    """One time and room of an activity. ``seats`` null: free entry.

    ``taken`` has a place, ``held`` is kept for somebody who has been offered one: together they never exceed it, by
    constraint.

    ``was_starts_at`` and ``was_room``: before the last release that moved it, at ``moved_at``.
    """

    activity = ForeignKey(Activity, on_delete=OnDelete.cascade, null=False)
    code = Varchar(length=12, unique=True)
    source_id = Varchar(length=200)
    room = ForeignKey(Room, on_delete=OnDelete.set_null, null=True)
    starts_at = Timestamptz(default=None)
    ends_at = Timestamptz(default=None)
    seats = Integer(null=True, default=None)
    taken = Integer(default=0)
    state = Varchar(length=10, default="scheduled")
    sequence = Integer(default=0)
    updated_at = Timestamptz(default=TimestamptzNow())
    changed_by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)
    moved_at = Timestamptz(null=True, default=None)
    was_starts_at = Timestamptz(null=True, default=None)
    was_room = Varchar(length=200, default="")
    held = Integer(default=0)


class Release(Table):
    """The programme as it was published: never changed, never deleted. ``document`` is an ``ImportedProgramme``.

    ``override`` is the organiser's reason for publishing in spite of what could have been better.
    """

    edition = ForeignKey(Edition, on_delete=OnDelete.restrict, null=False)
    number = Integer()
    name = Varchar(length=120)
    override = Text(default="")
    document = JSONB()
    created_at = Timestamptz()
    by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)


class ReleaseClaim(Table):
    """A room or a speaker (``kind``, ``thing``: its number in the draft) that a release needs at a time."""

    release = ForeignKey(Release, on_delete=OnDelete.restrict, null=False, index=True)
    kind = Varchar(length=8)
    thing = Integer()
    slot = Varchar(length=200)
    starts_at = Timestamptz(default=None)
    ends_at = Timestamptz(default=None)


class Favourite(Table):
    """An activity that somebody wants to find again."""

    id = BigSerial(primary_key=True)
    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=False, index=False)
    activity = ForeignKey(Activity, on_delete=OnDelete.cascade, null=False, index=True)
    created_at = Timestamptz(default=TimestamptzNow())

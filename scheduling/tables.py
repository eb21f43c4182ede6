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

from digital_days.kernel.tables import Edition, Person, Registration


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
    list of ``domain.questions.Question``, answered in ``Place.answers`` under each question's code.
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


TABLES = [
    Room,
    Label,
    OpeningHours,
    Portrait,
    Speaker,
    Availability,
    Activity,
    ActivitySpeaker,
    Slot,
    Release,
    ReleaseClaim,
    Favourite,
    Place,
    ActivityRules,
    EditionRules,
    WaitingEntry,
    WaitingEvent,
    Attendance,
    Need,
    OrganiserMessage,
    Certificate,
    Feedback,
    FeedbackGiven,
    GroupRegistration,
    GroupMember,
]

"""What every service stands on: editions, people, what they agreed to, where they are expected."""

from piccolo.columns import (
    JSONB,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.columns.defaults import TimestamptzNow
from piccolo.table import Table


class Edition(Table):
    """One holding of the event. English pages exist only where ``english_ground_fr`` says for whom.

    ``draft_of`` makes it the draft of another one: nobody but its organisers ever sees it. Before it is ``announced``
    an edition is its organisers' too.
    """

    slug = Varchar(length=40, unique=True)
    name_fr = Varchar(length=200)
    name_en = Varchar(length=200, default="")
    tagline_fr = Text(default="")
    tagline_en = Text(default="")
    place_fr = Varchar(length=300, default="")
    place_en = Varchar(length=300, default="")
    starts_on = Date()
    ends_on = Date()
    organiser_name = Varchar(length=200, default="")
    postal_address = Text(default="")
    contact_email = Varchar(length=254, default="")
    english_ground_fr = Text(default="")
    english_ground_en = Text(default="")
    extra = JSONB(default="{}")
    created_at = Timestamptz(default=TimestamptzNow())
    draft_of: ForeignKey["Edition"] = ForeignKey("self", on_delete=OnDelete.cascade, null=True, unique=True)
    announced = Boolean(default=True)


class Person(Table):
    """``email`` is where messages go; ``account_email`` (unique) belongs to the one who may sign in with it."""

    name = Varchar(length=200)
    email = Varchar(length=254, default="")
    account_email = Varchar(length=254, null=True, default=None, unique=True)
    locale = Varchar(length=2, default="fr")
    proved_at = Timestamptz(null=True, default=None)
    search_key = Varchar(length=500, default="", index=True)
    created_at = Timestamptz(default=TimestamptzNow())


class RoleGrant(Table):
    """An administrator's grant has no edition."""

    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=False)
    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=True)
    role = Varchar(length=20)
    created_at = Timestamptz(default=TimestamptzNow())


class Registration(Table):
    """A person takes part in an edition; the ticket's QR carries ``code``, signed.

    ``reminders``: whether they want to be written to before what they have booked.
    """

    code = Varchar(length=12, unique=True)
    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=False)
    edition = ForeignKey(Edition, on_delete=OnDelete.restrict, null=False)
    state = Varchar(length=12, default="active")
    origin = Varchar(length=12, default="web")
    created_at = Timestamptz(default=TimestamptzNow())
    updated_at = Timestamptz(default=TimestamptzNow())
    reminders = Boolean(default=True)


class Consent(Table):
    """What a person agreed to, in the words they saw; withdrawn, never deleted.

    ``proved_at`` is null while only somebody who typed the address has said so: such a consent is pending, and
    nobody may rely on it. The first sign-in makes what is required count, the person's own word what is optional
    (``kernel.agreements``); what a signed-in person agrees to counts at once.
    """

    id = BigSerial(primary_key=True)
    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=False)
    edition = ForeignKey(Edition, on_delete=OnDelete.restrict, null=True)
    purpose = Varchar(length=40)
    version = SmallInt()
    locale = Varchar(length=2)
    text = Text()
    origin = Varchar(length=12)
    given_at = Timestamptz()
    proved_at = Timestamptz(null=True, default=None)
    withdrawn_at = Timestamptz(null=True, default=None)


class AgendaEntry(Table):
    """Where a person is expected; the database refuses two at once. ``source`` names the service's thing."""

    id = BigSerial(primary_key=True)
    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=False, index=True)
    starts_at = Timestamptz(default=None)
    ends_at = Timestamptz(default=None)
    source = Varchar(length=40)
    source_code = Varchar(length=12)


class CheckIn(Table):
    """Somebody came through the door; once a day."""

    registration = ForeignKey(Registration, on_delete=OnDelete.cascade, null=False)
    day = Date()
    at = Timestamptz()
    by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)


class Session(Table):
    """A signed-in browser; only the hash of its cookie is kept."""

    token_hash = Varchar(length=64, unique=True)
    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=False, index=True)
    browser = Varchar(length=120, default="")
    created_at = Timestamptz()
    seen_at = Timestamptz()
    expires_at = Timestamptz()


class SignInLink(Table):
    """One use, a quarter of an hour; ``browser_hash`` is the browser that asked."""

    token_hash = Varchar(length=64, unique=True)
    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=False, index=True)
    browser_hash = Varchar(length=64, default="")
    created_at = Timestamptz()
    expires_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)


class OutboxMessage(Table):
    """A promise made in a transaction, kept after it: a mail to send, an event to hand to a subscriber.

    ``error`` is a French sentence of the catalogue without personal data; ``maybe_twice`` says that nobody could
    tell whether an earlier sending had arrived. The lowest ``priority`` leaves first; ``asked`` counts the questions
    about a doubtful sending that got no answer.
    """

    id = BigSerial(primary_key=True)
    kind = Varchar(length=8)
    topic = Varchar(length=80)
    dedup_key = Varchar(length=160, unique=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.set_null, null=True, index=False)
    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=True, index=True)
    payload = JSONB(default="{}")
    state = Varchar(length=10, default="queued")
    attempts = SmallInt(default=0)
    due_at = Timestamptz(default=TimestamptzNow())
    lease_until = Timestamptz(null=True, default=None)
    claimed_by = Varchar(length=40, default="")
    created_at = Timestamptz(default=TimestamptzNow())
    done_at = Timestamptz(null=True, default=None)
    error = Text(default="")
    receipt = Varchar(length=200, default="")
    maybe_twice = Boolean(default=False)
    priority = SmallInt(default=5)
    asked = SmallInt(default=0)


class StoredMail(Table):
    """The mailbox of the development server: what would have left, as it would have left."""

    message = ForeignKey(OutboxMessage, on_delete=OnDelete.cascade, null=False, index=True)
    to = Varchar(length=254)
    subject = Varchar(length=400)
    request = JSONB()
    created_at = Timestamptz(default=TimestamptzNow())


class MessageTemplate(Table):
    """What organisers write again and again, by edition; copied with it."""

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False)
    name = Varchar(length=120)
    subject_fr = Varchar(length=200)
    subject_en = Varchar(length=200, default="")
    body_fr = Text()
    body_en = Text(default="")
    updated_at = Timestamptz(default=TimestamptzNow())


class NeedTerm(Table):
    """A need of the shared taxonomy: what a visitor looks for, what an exhibitor or a support resource answers.

    ``slug`` stays the same from one edition to the next.
    """

    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, index=False)
    slug = Varchar(length=80)
    name_fr = Varchar(length=120)
    name_en = Varchar(length=120, default="")
    position = SmallInt(default=0)


class IdempotencyKey(Table):
    """One answer a key: the same request again gets it again."""

    key = Varchar(length=200, unique=True)
    fingerprint = Varchar(length=64)
    outcome = Varchar(length=20, default="")
    code = Varchar(length=12, default="")
    is_full = Boolean(default=False)
    created_at = Timestamptz(default=TimestamptzNow())


class LeftContent(Table):
    """What a page leaves for the next, too long for a cookie; only the hash of what opens it is kept."""

    token_hash = Varchar(length=64, unique=True)
    content = Bytea()
    created_at = Timestamptz()


TABLES = [
    Edition,
    Person,
    RoleGrant,
    Registration,
    Consent,
    AgendaEntry,
    CheckIn,
    Session,
    SignInLink,
    OutboxMessage,
    StoredMail,
    MessageTemplate,
    NeedTerm,
    IdempotencyKey,
    LeftContent,
]

"""Plans that organisers try, and how each was reached."""

from piccolo.columns import JSONB, BigSerial, Bytea, ForeignKey, Integer, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from digital_days.kernel.tables import Edition, Person


class Scenario(Table):
    """What one would change (``settings``: tables, round_minutes, pause_minutes, spread, weights), with its name.

    ``locks`` and ``bans`` are lists of pairs of participants' codes, with round and table for a lock.
    """

    code = Varchar(length=12, unique=True)
    edition = ForeignKey(Edition, on_delete=OnDelete.cascade, null=False, index=True)
    name = Varchar(length=120)
    settings = JSONB(default="{}")
    locks = JSONB(default="[]")
    bans = JSONB(default="[]")
    created_by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)
    created_at = Timestamptz()
    updated_at = Timestamptz()


class SolverRun(Table):
    """The engine at work on a scenario: queued → running → done | stopped | failed; a worker's death queues it again.

    ``question`` is the engine's request (msgpack) and ``answer`` its result; ``rounds`` the rounds it speaks of, and
    ``progress`` a list of ``[seconds, level, value, bound]``. ``reason``: why it failed, a French sentence.
    """

    id = BigSerial(primary_key=True)
    code = Varchar(length=12, unique=True)
    scenario = ForeignKey(Scenario, on_delete=OnDelete.cascade, null=False, index=True)
    state = Varchar(length=8, default="queued")
    seed = Integer(default=0)
    seconds = SmallInt(default=60)
    attempts = SmallInt(default=0)
    question = Bytea(null=True, default=None)
    answer = Bytea(null=True, default=None)
    rounds = JSONB(default="[]")
    progress = JSONB(default="[]")
    reason = Text(default="")
    stop_asked_at = Timestamptz(null=True, default=None)
    lease_until = Timestamptz(null=True, default=None)
    claimed_by = Varchar(length=40, default="")
    created_by = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, index=True)
    created_at = Timestamptz()
    started_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)


class DraftMeeting(Table):
    """One meeting of a run's plan as organisers have it by now: moved, swapped, locked by hand."""

    id = BigSerial(primary_key=True)
    run = ForeignKey(SolverRun, on_delete=OnDelete.cascade, null=False, index=True)
    one = Varchar(length=12)
    other = Varchar(length=12)
    round = SmallInt()
    table_number = SmallInt()
    locked = SmallInt(default=0)

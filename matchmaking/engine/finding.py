"""What can be found in a problem before it is solved."""

from enum import StrEnum

from msgspec import Struct

from matchmaking.engine.obstacles import Reason
from matchmaking.engine.rules import Violation


class Severity(StrEnum):
    """``BROKEN``: the problem names what isn't there, and cannot be solved. ``IMPOSSIBLE``: no plan, or an empty one.

    ``LOSS``: somebody will get less than they asked for, in every plan. ``NOTE``: worth a look.
    """

    BROKEN = "broken"
    IMPOSSIBLE = "impossible"
    LOSS = "loss"
    NOTE = "note"


class FindingKind(StrEnum):
    """``LEAST_OVER_…``: somebody must have more meetings than they may, than they have rounds, than can be held.

    ``MUST_…``: more of fixed and required meetings than one participant, the tables, or a group can have.
    """

    DUPLICATE_KEY = "duplicate_key"
    UNKNOWN_PARTICIPANT = "unknown_participant"
    UNKNOWN_MEETING = "unknown_meeting"
    UNKNOWN_ROUND = "unknown_round"
    NEGATIVE_VALUE = "negative_value"
    NO_ROUNDS = "no_rounds"
    NO_TABLES = "no_tables"
    FIXED = "fixed"
    REQUIRED = "required"
    MUST_OF_PARTICIPANT = "must_of_participant"
    MUST_OF_GROUP = "must_of_group"
    MUST_OF_ALL = "must_of_all"
    LEAST_OVER_MOST = "least_over_most"
    LEAST_OVER_ROUNDS = "least_over_rounds"
    LEAST_OVER_MEETINGS = "least_over_meetings"
    CYCLE = "cycle"
    BOTH_SIDES = "both_sides"
    NO_MEETING = "no_meeting"
    NO_WISH = "no_wish"
    OWNER_UNSERVED = "owner_unserved"
    WISHES_UNSERVED = "wishes_unserved"
    OVERASKED = "overasked"
    TABLES_SHORT = "tables_short"


class Finding(Struct, frozen=True, kw_only=True):
    """``asked`` and ``there``: how much is wanted, and how much there is. ``group``: the place in ``exclusive``.

    ``violation``: the rule that fixed meetings break among themselves. ``reason``: why a required meeting cannot be
    held; ``reasons``: why ``wishes`` cannot be served, with how many of them for each.
    """

    kind: FindingKind
    severity: Severity
    key: str | None = None
    owner: str | None = None
    participant: int | None = None
    meetings: tuple[int, ...] = ()
    wishes: tuple[int, ...] = ()
    group: int | None = None
    round: int | None = None
    asked: int | None = None
    there: int | None = None
    violation: Violation | None = None
    reason: Reason | None = None
    reasons: tuple[tuple[Reason, int], ...] = ()

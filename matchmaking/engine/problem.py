"""Who could meet whom, when, and what is wished for: what the engine is asked, in numbers and keys.

Participants, meetings and wishes are named by their place in these tuples, rounds from 0, tables by their numbers.
The keys are the caller's own; the engine hands them back and never reads them.
"""

from msgspec import Struct


class Participant(Struct, frozen=True, kw_only=True):
    """Takes part in at most one meeting a round, in none of the rounds in ``busy``.

    ``least`` and ``most``: meetings, over all rounds. Who ``stays`` would like to keep one table: the plan counts
    how often they move.
    """

    key: str
    busy: tuple[int, ...] = ()
    least: int = 0
    most: int | None = None
    stays: bool = False


class Meeting(Struct, frozen=True, kw_only=True):
    """One that may be held, of participants ``a`` and ``b``; ``value`` (points, at least 0) is what it brings.

    ``rounds`` are those in which it may be (None: all). ``required``: every plan holds it. ``forbidden``: none does.
    """

    key: str
    a: int
    b: int
    value: int = 0
    rounds: tuple[int, ...] | None = None
    required: bool = False
    forbidden: bool = False


class Wish(Struct, frozen=True, kw_only=True):
    """``owner`` (a key; participants who count as one share it) is served by any one of these meetings."""

    key: str
    owner: str
    meetings: tuple[int, ...]
    must: bool = False


class Placed(Struct, frozen=True, kw_only=True, order=True):
    """A meeting in its round; ``table`` None: any."""

    round: int
    meeting: int
    table: int | None = None


class Problem(Struct, frozen=True, kw_only=True):
    """All that a plan depends on.

    ``tables``: of each round, the numbers of the tables that are there; one meeting a table. ``exclusive``: of the
    meetings in a group at most one is held. ``fixed``: these are held, there. ``before``: where both are held, the
    first is in an earlier round than the second. ``spread``: no two participants should differ by more breaks (a break:
    the idle rounds between one meeting and the next, however many; who has no meetings has none). ``announced``: what
    people were told (kept before anything is gained); ``past``: rounds before this one are over, with nothing in them
    but ``fixed``.
    """

    tables: tuple[tuple[int, ...], ...]
    participants: tuple[Participant, ...]
    meetings: tuple[Meeting, ...]
    wishes: tuple[Wish, ...] = ()
    exclusive: tuple[tuple[int, ...], ...] = ()
    fixed: tuple[Placed, ...] = ()
    before: tuple[tuple[int, int], ...] = ()
    spread: int | None = None
    announced: tuple[Placed, ...] = ()
    past: int = 0

    @property
    def rounds(self) -> int:
        """How many there are."""
        return len(self.tables)

    def pair(self, meeting: int) -> tuple[int, int]:
        """Whose meeting it is."""
        return self.meetings[meeting].a, self.meetings[meeting].b

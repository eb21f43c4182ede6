"""What is different between what was announced and a new plan, for everybody together and for each."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from matchmaking.engine.problem import Placed, Problem


class ChangeKind(StrEnum):
    """``MOVED``: to another round; ``RESEATED``: to another table, in the same round."""

    KEPT = "kept"
    RESEATED = "reseated"
    MOVED = "moved"
    CANCELLED = "cancelled"
    NEW = "new"


class Changed(Struct, frozen=True, kw_only=True):
    """One meeting; ``was`` is None where it is new, ``now`` where it is cancelled."""

    kind: ChangeKind
    meeting: int
    was: Placed | None = None
    now: Placed | None = None


class Difference(Struct, frozen=True, kw_only=True):
    """``meetings``: all that were or are held, in their order. ``of``: of each participant, how many of each kind."""

    meetings: tuple[Changed, ...]
    of: dict[int, dict[ChangeKind, int]]

    def many(self, kind: ChangeKind) -> int:
        """How many meetings."""
        return sum(changed.kind == kind for changed in self.meetings)


def difference(problem: Problem, announced: Iterable[Placed], held: Iterable[Placed]) -> Difference:
    """Linear. A table that neither names is the same one."""
    was = {place.meeting: place for place in announced}
    now = {place.meeting: place for place in held}
    changed = tuple(_changed(number, was.get(number), now.get(number)) for number in sorted(was.keys() | now.keys()))
    of: dict[int, Counter[ChangeKind]] = {}
    for each in changed:
        for participant in {*problem.pair(each.meeting)}:
            of.setdefault(participant, Counter())[each.kind] += 1
    return Difference(meetings=changed, of={participant: dict(of[participant]) for participant in sorted(of)})


def _changed(meeting: int, was: Placed | None, now: Placed | None) -> Changed:
    if was is None or now is None:
        kind = ChangeKind.NEW if was is None else ChangeKind.CANCELLED
    elif was.round != now.round:
        kind = ChangeKind.MOVED
    else:
        kind = ChangeKind.KEPT if was.table == now.table else ChangeKind.RESEATED
    return Changed(kind=kind, meeting=meeting, was=was, now=now)

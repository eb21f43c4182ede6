"""Before any search: rounds that a meeting can't have go, and what can be seen to be impossible is said at once."""

from collections import deque
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from matchmaking.engine.timing import Timing, meetings_of


def tightened(timing: Timing) -> Timing | None:
    """The same plans with fewer rounds allowed; None when no plan exists (not always seen here)."""
    order = _in_order(timing)
    if order is None:
        return None
    allowed = [set(rounds) for rounds in timing.allowed]
    while True:
        before = sum(map(len, allowed))
        _apply_precedences(timing, order, allowed)
        _apply_settled(timing, allowed)
        if not all(allowed):
            return None
        if sum(map(len, allowed)) == before:
            break
    tight = replace(timing, allowed=tuple(tuple(sorted(rounds)) for rounds in allowed))
    return tight if _rounds_suffice(tight) else None


def interchangeable(timing: Timing) -> list[tuple[int, int]]:
    """Pairs of meetings that may be taken to be in this order: swapped, they make the same plan for everybody.

    Such are two of the same participants, or of one with others who have a single meeting, in the same rounds.
    """
    linked = {meeting for pair in timing.before for meeting in pair}
    own = meetings_of(timing)
    alike: dict[tuple[frozenset[int], tuple[int, ...]], list[int]] = {}
    for meeting, pair in enumerate(timing.pairs):
        if meeting not in linked:
            busy = frozenset(p for p in pair if len(own[p]) > 1)
            if busy:
                alike.setdefault((busy, timing.allowed[meeting]), []).append(meeting)
    return [pair for (busy, _), group in alike.items() for pair in _ordered(timing, busy, group)]


def _ordered(timing: Timing, busy: frozenset[int], group: list[int]) -> list[tuple[int, int]]:
    if len(busy) == 1 or len({frozenset(timing.pairs[meeting]) for meeting in group}) == 1:
        return list(pairwise(group))
    return []


def _in_order(timing: Timing) -> list[int] | None:
    """Meetings such that each comes after those that precede it; None when some precede each other in a circle."""
    after: list[list[int]] = [[] for _ in timing.pairs]
    waiting_for = [0] * len(timing.pairs)
    for first, second in timing.before:
        after[first].append(second)
        waiting_for[second] += 1
    ready = deque(meeting for meeting, count in enumerate(waiting_for) if not count)
    order = []
    while ready:
        meeting = ready.popleft()
        order.append(meeting)
        for later in after[meeting]:
            waiting_for[later] -= 1
            if not waiting_for[later]:
                ready.append(later)
    return order if len(order) == len(timing.pairs) else None


def _apply_precedences(timing: Timing, order: Sequence[int], allowed: list[set[int]]) -> None:
    rank = {meeting: place for place, meeting in enumerate(order)}
    for first, second in sorted(timing.before, key=lambda pair: rank[pair[0]]):
        earliest = min(allowed[first], default=timing.rounds)
        allowed[second] = {at for at in allowed[second] if at > earliest}
    for first, second in sorted(timing.before, key=lambda pair: -rank[pair[1]]):
        latest = max(allowed[second], default=-1)
        allowed[first] = {at for at in allowed[first] if at < latest}


def _apply_settled(timing: Timing, allowed: list[set[int]]) -> None:
    """Who has a meeting with a single round has no other meeting then."""
    own = meetings_of(timing)
    settled = [meeting for meeting, rounds in enumerate(allowed) if len(rounds) == 1]
    while settled:
        meeting = settled.pop()
        (at,) = allowed[meeting] or {-1}
        for other in {other for p in timing.pairs[meeting] for other in own[p]} - {meeting}:
            if at in allowed[other]:
                allowed[other].discard(at)
                if len(allowed[other]) == 1:
                    settled.append(other)


def _rounds_suffice(timing: Timing) -> bool:
    """Each participant's meetings find different rounds, and all meetings find tables (each condition by itself)."""
    everybody = range(len(timing.pairs))
    return _placeable(timing, everybody, list(timing.tables)) and all(
        _placeable(timing, own, [1 if tables else 0 for tables in timing.tables]) for own in meetings_of(timing)
    )


def _placeable(timing: Timing, meetings: Sequence[int], room: list[int]) -> bool:
    """Whether meetings find rounds with so much room: a maximum flow by augmenting paths."""
    held: list[set[int]] = [set() for _ in room]
    for meeting in meetings:
        came_from: dict[int, tuple[int, int]] = {}  # round: (the meeting that would move into it, its round now)
        queue = deque([(meeting, -1)])
        free = -1
        while queue and free < 0:
            mover, here = queue.popleft()
            for at in timing.allowed[mover]:
                if at in came_from or at == here:
                    continue
                came_from[at] = (mover, here)
                if len(held[at]) < room[at]:
                    free = at
                    break
                queue.extend((other, at) for other in sorted(held[at]))
        if free < 0:
            return False
        while free >= 0:
            mover, here = came_from[free]
            held[free].add(mover)
            if here >= 0:
                held[here].discard(mover)
            free = here
    return True

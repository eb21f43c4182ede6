"""A first plan: meetings one by one where they fit best; what stands in the way makes room and is placed again."""

from collections.abc import Iterator, Sequence
from random import Random

from matchmaking.engine.rounds.board import NOWHERE, Board
from matchmaking.engine.timing import Timing, breaks, meetings_of

TRIES_AT_ONCE = 500


def construct(timing: Timing, random: Random, start: Sequence[int] | None = None) -> Iterator[Board | None]:
    """Yields None from time to time, for as long as it takes, and at last a plan that keeps all rules but the spread.

    Meetings of ``start`` are there as far as they can; the others follow, those with the fewest choices first.
    """
    board, pushed = Board(timing), [0] * len(timing.pairs)
    own = meetings_of(timing)
    room = [len(timing.allowed[m]) - sum(len(own[p]) for p in pair) for m, pair in enumerate(timing.pairs)]
    for meeting, at in enumerate(start or ()):
        if at in _free(board, meeting):
            board.put(meeting, at)
    waiting = [meeting for meeting in range(len(timing.pairs)) if board.at[meeting] == NOWHERE]
    waiting.sort(key=lambda meeting: (-room[meeting], meeting))
    tries = 0
    while waiting:
        meeting = waiting.pop()
        free = _free(board, meeting)
        if free:
            board.put(meeting, min(free, key=lambda at: (_more_breaks(board, meeting, at), random.random())))
            continue
        pushed[meeting] += 1
        waiting += _make_room(board, meeting, pushed, random)
        tries += 1
        if tries % TRIES_AT_ONCE == 0:
            yield None
    yield board


def _free(board: Board, meeting: int) -> list[int]:
    one, other = board.timing.pairs[meeting]
    taken = board.busy[one] | board.busy[other]
    return [
        at
        for at in board.timing.allowed[meeting]
        if not taken >> at & 1 and board.load[at] < board.timing.tables[at] and board.in_order(meeting, at)
    ]


def _more_breaks(board: Board, meeting: int, at: int) -> int:
    return sum(breaks(board.busy[p] | 1 << at) - breaks(board.busy[p]) for p in board.timing.pairs[meeting])


def _make_room(board: Board, meeting: int, pushed: list[int], random: Random) -> list[int]:
    """Puts the meeting where it pushes away least, and least of what was hard to place; returns what was pushed."""
    choices = []
    for at in board.timing.allowed[meeting]:
        if board.timing.tables[at]:
            away = _in_the_way(board, meeting, at)
            weight = sum(1 + pushed[other] for other in away) + _table_missing(board, at, away)
            choices.append((weight, random.random(), at, away))
    if not choices:
        return [meeting]
    *_, at, away = min(choices)
    if _table_missing(board, at, away):
        away.append(random.choice([other for other, there in enumerate(board.at) if there == at]))
    for other in away:
        board.take(other)
    board.put(meeting, at)
    return away


def _in_the_way(board: Board, meeting: int, at: int) -> list[int]:
    away = {board.holder[p][at] for p in board.timing.pairs[meeting]} - {NOWHERE}
    away.update(other for other in board.before.get(meeting, ()) if board.at[other] >= at)
    away.update(other for other in board.after.get(meeting, ()) if NOWHERE < board.at[other] <= at)
    return sorted(away)


def _table_missing(board: Board, at: int, away: list[int]) -> bool:
    return board.load[at] >= board.timing.tables[at] and all(board.at[other] != at for other in away)

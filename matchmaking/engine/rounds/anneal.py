"""Fewer breaks, step by step: two rounds exchange what hangs together (a Kempe chain), mostly for the better.

A chain is a meeting that moves to another round, those of its participants' meetings that stand there and come back,
those that these push away, and so on: nobody is ever in two places. Only participants at its ends change their hours.
"""

from collections.abc import Iterator, Sequence
from math import exp
from random import Random

from matchmaking.engine.rounds.board import NOWHERE, Board
from matchmaking.engine.timing import breaks

LONGEST_CHAIN = 40
WARM, COLD = 0.3, 0.1
UNFAIR = 5  # what a break too many for the spread counts more


def anneal(board: Board, random: Random, steps: int) -> Iterator[bool]:
    """Makes that many steps, cooling down; yields after each whether the board is better than it ever was."""
    timing = board.timing
    spread = timing.spread
    cost = _cost(board, range(timing.participants))
    best = cost
    for step in range(steps):
        heat = WARM * (COLD / WARM) ** (step / steps)
        meeting = random.randrange(len(timing.pairs))
        here, there = board.at[meeting], random.choice(timing.allowed[meeting])
        chain = _chain(board, meeting, here, there) if here != there else None
        if chain is None:
            yield False
            continue
        both = 1 << here | 1 << there
        ends = [p for m in chain for p in timing.pairs[m] if (board.busy[p] & both).bit_count() == 1]
        change = 0
        for p in ends:
            was, will = breaks(board.busy[p]), breaks(board.busy[p] ^ both)
            change += will - was
            if spread is not None:
                change += UNFAIR * (max(will - spread, 0) - max(was - spread, 0))
        if change > 0 and random.random() >= exp(-change / heat):
            yield False
            continue
        _exchange(board, chain, here, there)
        cost += change
        yield cost < best
        best = min(cost, best)


def _cost(board: Board, participants: Sequence[int]) -> int:
    spread = board.timing.spread
    counts = [breaks(board.busy[p]) for p in participants]
    return sum(counts) + (0 if spread is None else UNFAIR * sum(max(count - spread, 0) for count in counts))


def _chain(board: Board, meeting: int, here: int, there: int) -> list[int] | None:
    """The meetings of the two rounds that hang together with this one; None when they may not change rounds."""
    holder, pairs, allowed, at = board.holder, board.timing.pairs, board.allowed, board.at
    chain, known = [meeting], {meeting}
    balance = 0  # how many more go there than come here
    for each in chain:
        to = there if at[each] == here else here
        if not allowed[each] >> to & 1:
            return None
        balance += 1 if to == there else -1
        for participant in pairs[each]:
            other = holder[participant][to]
            if other != NOWHERE and other not in known:
                if len(chain) == LONGEST_CHAIN:
                    return None
                known.add(other)
                chain.append(other)
    tables, load = board.timing.tables, board.load
    if load[there] + balance > tables[there] or load[here] - balance > tables[here]:
        return None
    return chain if _in_order(board, chain, here, there) else None


def _in_order(board: Board, chain: Sequence[int], here: int, there: int) -> bool:
    if not board.before:
        return True
    moved = {meeting: here + there - board.at[meeting] for meeting in chain}

    def at(meeting: int) -> int:
        return moved.get(meeting, board.at[meeting])

    return all(at(other) < moved[m] for m in chain for other in board.before.get(m, ())) and all(
        at(other) > moved[m] for m in chain for other in board.after.get(m, ())
    )


def _exchange(board: Board, chain: Sequence[int], here: int, there: int) -> None:
    moves = [(meeting, here + there - board.at[meeting]) for meeting in chain]
    for meeting in chain:
        board.take(meeting)
    for meeting, to in moves:
        board.put(meeting, to)

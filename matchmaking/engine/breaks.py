"""Fewer breaks for the same meetings: annealing over exchanges of two rounds (Kempe chains).

A chain is what must change rounds together when one meeting does: whoever is in its way goes where it came from, and
so on. Only participants at a chain's ends have other rounds afterwards, so a step costs microseconds.
"""

from collections.abc import Mapping
from math import exp
from random import Random

from msgspec import Struct

from matchmaking.engine.score import breaks_of
from matchmaking.engine.task import Task
from matchmaking.engine.timetable import Timetable

HOT, COLD = 1.0, 0.08
OVER = 6
"""What a break beyond the spread costs more than one within."""
LATE = 0.1
"""How far the time may run ahead of the steps until it is what cools."""
LOOK_AT_TIME = 128


def fewer_breaks(task: Task, rounds: Mapping[int, int], *, steps: int) -> dict[int, int]:
    """So many steps, if there is time; the best timetable on the way."""
    random = Random(task.seed)  # noqa: S311 - a search, not a secret
    now = _Sequences(task, rounds)
    movable = [number for number in sorted(rounds) if len(task.opened.rounds[number]) > 1]
    best, least, heat = dict(rounds), now.cost, HOT
    began, budget = task.watch.seconds, task.watch.left
    for step in range(steps if movable else 0):
        if not step % LOOK_AT_TIME:
            late = (task.watch.seconds - began) / (budget or 1)
            done = step / steps
            heat = HOT * (COLD / HOT) ** (late if late > done + LATE else done)
            if not now.cost or not task.watch.left:
                break
        number = movable[int(random.random() * len(movable))]
        open_ = task.opened.rounds[number]
        exchange = now.exchange(number, open_[int(random.random() * len(open_))])
        if exchange is None or (exchange.change > 0 and random.random() >= exp(-exchange.change / heat)):
            continue
        if exchange.change > 0 and now.cost < least:
            best, least = dict(now.table.rounds), now.cost
        now.make(exchange)
    return dict(now.table.rounds) if now.cost < least else best


class _Exchange(Struct):
    """``chain``: meetings that change between the two rounds. ``ends``: whose rounds are others then."""

    chain: list[int]
    both: int
    flip: int
    ends: set[int]
    change: int


class _Sequences:
    """The timetable, the rounds of each participant as bits, and what their breaks cost."""

    def __init__(self, task: Task, rounds: Mapping[int, int]) -> None:
        self.opened = [frozenset(each) for each in task.opened.rounds]
        self.table = Timetable(task.problem, task.opened)
        for number, at in rounds.items():
            self.table.put(number, at)
        spread = task.problem.rounds if task.problem.spread is None else task.problem.spread
        self.price = [many + OVER * max(0, many - spread) ** 2 for many in range(task.problem.rounds + 1)]
        self.masks = [sum(1 << at for at in mine) for mine in self.table.at]
        self.cost = sum(self.price[breaks_of(mask)] for mask in self.masks)

    def exchange(self, number: int, there: int) -> _Exchange | None:
        """What happens if this meeting goes there; None where something in its way cannot change."""
        here = self.table.rounds[number]
        chain = None if here == there else _chain(self.table, self.opened, number, here, there)
        if chain is None:
            return None
        ends: set[int] = set()
        for each in chain:
            ends.symmetric_difference_update(self.table.pairs[each])
        flip, price, masks = 1 << here | 1 << there, self.price, self.masks
        change = sum(price[breaks_of(masks[each] ^ flip)] - price[breaks_of(masks[each])] for each in ends)
        return _Exchange(chain, here + there, flip, ends, change)

    def make(self, exchange: _Exchange) -> None:
        """Does it."""
        moved = [(each, exchange.both - self.table.take(each)) for each in exchange.chain]
        for each, at in moved:
            self.table.put(each, at)
        for participant in exchange.ends:
            self.masks[participant] ^= exchange.flip
        self.cost += exchange.change


def _chain(table: Timetable, opened: list[frozenset[int]], number: int, here: int, there: int) -> list[int] | None:
    """What changes rounds with this one; None where something of it cannot."""
    chain, seen, gain = [number], {number}, 0
    for each in chain:
        leaves = table.rounds[each]
        target = there if leaves == here else here
        gain += 1 if target == there else -1
        if target not in opened[each]:
            return None
        for participant in table.pairs[each]:
            other = table.at[participant].get(target)
            if other is not None and other not in seen:
                seen.add(other)
                chain.append(other)
    grows = there if gain > 0 else here
    if gain and len(table.inside[grows]) + abs(gain) > table.tables[grows]:
        return None
    if (table.after or table.ahead) and not _in_order(
        table, {each: here + there - table.rounds[each] for each in chain}
    ):
        return None
    return chain


def _in_order(table: Timetable, moved: dict[int, int]) -> bool:
    def at(number: int, otherwise: int) -> int:
        return moved.get(number, table.rounds.get(number, otherwise))

    return all(
        all(at(later, then + 1) > then for later in table.after.get(each, ()))
        and all(at(earlier, then - 1) < then for earlier in table.ahead.get(each, ()))
        for each, then in moved.items()
    )

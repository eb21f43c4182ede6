"""Finds a round for each of the meetings that were chosen: who comes last may push out others, who look for another.

Ejection chains with weights (Nagata and Bräysy 2009): what was pushed out often becomes hard to push out. Thousands of
meetings that fill all tables of all rounds find their places in some thousands of steps, where CP-SAT finds none in a
minute.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from random import Random

from matchmaking.engine.task import Task
from matchmaking.engine.timetable import Timetable

TENURE = 10
"""For how many steps, and up to twice that, a meeting does not return to where it was pushed out."""
TRIED = 6
"""Of a round without a table, how many meetings are looked at for the one that leaves."""
OBLIGED = 1000
"""What a meeting that every plan holds weighs from the beginning."""
LOOK_AT_TIME = 256


def place(
    task: Task, chosen: Iterable[int], *, stay: Mapping[int, int], attempt: int, steps: int
) -> tuple[dict[int, int], Counter[int]]:
    """The most that found a place, with their rounds; and how hard it was for each. Some ``stay`` in their rounds."""
    random = Random(task.seed + attempt)  # noqa: S311 - a search, not a secret
    opened = task.opened
    table = Timetable(task.problem, opened)
    pinned = table.pinned | stay.keys()
    obliged = Counter(dict.fromkeys(opened.must | pinned, OBLIGED))
    hard = Counter(obliged)
    barred: dict[tuple[int, int], int] = {}
    waiting = [number for number in sorted(chosen) if opened.rounds[number]]
    waiting.sort(key=lambda number: (number not in pinned, len(opened.rounds[number])), reverse=True)
    best: dict[int, int] = {}
    step = 0
    while waiting and step < steps and (step % LOOK_AT_TIME or task.watch.left):
        step += 1
        number = waiting.pop()
        options = []
        for at in (stay[number],) if number in stay else opened.rounds[number]:
            ejected = table.in_the_way(number, at)
            if table.full(at) and not any(table.rounds[each] == at for each in ejected):
                ejected |= {min((random.choice(table.inside[at]) for _ in range(TRIED)), key=hard.__getitem__)}
            if not ejected.isdisjoint(pinned):
                continue
            cost = sum(1 + hard[each] for each in ejected) + random.random() - (task.preferred.get(number) == at)
            options.append((cost + steps * (barred.get((number, at), 0) > step), at, ejected))
        if not options:
            continue
        _cost, at, ejected = min(options, key=lambda option: option[0])
        if ejected and len(table.rounds) > len(best):
            best = dict(table.rounds)
        for each in sorted(ejected):
            barred[each, table.take(each)] = step + TENURE + random.randrange(TENURE)
            hard[each] += 1
            waiting.insert(random.randrange(len(waiting) + 1), each)
        table.put(number, at)
    return (best if len(best) > len(table.rounds) else table.rounds), hard - obliged

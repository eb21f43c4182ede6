"""Meetings of which each should be before the next, and the last before the first."""

from collections import defaultdict
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

MOST = 10
"""More are not listed: whoever takes these apart asks again."""


def cycles(before: Iterable[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Some cycles, without a step in common; none exactly if there is none."""
    graph: dict[int, set[int]] = defaultdict(set)
    found: list[tuple[int, ...]] = []
    for first, then in sorted({*before}):
        if first == then:
            found.append((first,))
        else:
            graph[then].add(first)
    while len(found) < MOST:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            cycle: list[int] = error.args[1]
            least = cycle.index(min(cycle))
            found.append((*cycle[least:-1], *cycle[:least]))
            for first, then in pairwise(cycle):
                graph[then].discard(first)
        else:
            break
    return found[:MOST]

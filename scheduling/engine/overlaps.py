"""What goes on at the same time, out of spans of time."""

from collections.abc import Iterable
from datetime import datetime

Span = tuple[datetime, datetime]


def at_once(spans: Iterable[tuple[int, Span]]) -> list[tuple[int, ...]]:
    """The largest groups of two and more that share a moment, each sorted, in order of that moment.

    Parameters
    ----------
    spans : pairs of a number and (start, end); each lasts. Ends that touch share no moment.

    Any two that overlap stand together in at least one group, and no group is part of another: the maximal cliques
    of an interval graph. At most n groups, in O(n log n) beside the size of the answer.
    Golumbic, Algorithmic Graph Theory and Perfect Graphs, chapter 8.
    """
    starting, ending = True, False  # at one moment what ends goes before what starts
    moments = sorted(
        (moment, kind, number) for number, (start, end) in spans for moment, kind in ((start, starting), (end, ending))
    )
    groups: list[tuple[int, ...]] = []
    running: set[int] = set()
    grown = False
    for _moment, kind, number in moments:
        if kind is starting:
            running.add(number)
            grown = True
        else:
            if grown and len(running) > 1:
                groups.append(tuple(sorted(running)))
            running.remove(number)
            grown = False
    return groups


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time in as few spans as possible, in order; ends that touch become one. O(n log n)."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((start, end))
    return whole

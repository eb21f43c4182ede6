"""Where a square of a given width can go in a hall: exact, by a sweep over the places of its upper left corner.

An obstacle keeps the corner out of an open rectangle (its own, grown by the square's width to the left and upwards), so
the free places are closed: a way exactly as wide as the square is a way. The sweep goes down and keeps the free runs of
the line it has reached; only the runs beside what begins or ends there are made anew. With n obstacles of which at most
k stand side by side: O(n (k + log n)) time where no two begin on one line.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct

from exhibitors.engine.plan_shapes import Box, Hall

Span = tuple[int, int]


class Contact(Struct, frozen=True):
    """Places of the corner, a closed rectangle, of which somebody asks what parts of the hall they are in."""

    key: str
    across: Span
    down: Span


class _Run(Struct):
    """Free places of one line, from ``start`` to ``end``; ``part`` names what it is joined with."""

    start: int
    end: int
    part: int


def parts_of(hall: Hall, side: int, solid: Iterable[Box], contacts: Sequence[Contact]) -> dict[str, set[int]]:
    """By a contact's key, the numbers of the joined parts of the free places that it touches.

    Two contacts are joined by a way when they share a number. Nothing is free where the square is wider than the hall.
    """
    across, down = hall.width - side, hall.depth - side
    touched: dict[str, set[int]] = {contact.key: set() for contact in contacts}
    if across < 0 or down < 0:
        return touched
    sweep = _Sweep(across)
    kept_out = [(box.x - side, box.x + box.width, box.y - side, box.y + box.depth) for box in solid]
    # What covers no free place of the corner is none of its business; what begins above the hall has begun.
    spans = [(a, b, max(c, -1), d) for a, b, c, d in kept_out if a < across and b > 0 and c < down and d > 0]
    watches = [contact for contact in contacts if contact.down[0] <= down and contact.down[1] >= 0]
    lines = sorted({0, down, *_edges(spans, watches)})
    begins, ends = _by(spans, 2), _by(spans, 3)
    sweep.begin(begins.get(-1, []))
    first = {at: [*group] for at, group in groupby(sorted(watches, key=_first_line), key=_first_line)}
    watched: list[Contact] = []
    for line in (line for line in lines if 0 <= line <= down):
        watched = [contact for contact in watched if contact.down[1] >= line] + first.get(line, [])
        for runs in sweep.cross(ends.get(line, []), begins.get(line, [])):
            for contact in watched:
                touched[contact.key].update(_parts_in(runs, contact.across))
        for contact in first.get(line, []):
            touched[contact.key].update(_parts_in(sweep.runs, contact.across))
    return {key: {sweep.root(part) for part in parts} for key, parts in touched.items()}


class _Sweep:
    """The runs of the line just below the one that was crossed last, and which parts have met."""

    def __init__(self, across: int) -> None:
        self._across = across
        self._parents = [0]
        self._active: list[Span] = []
        self.runs = [_Run(0, across, 0)]

    def begin(self, spans: Iterable[Span]) -> None:
        """What stands already where the sweep starts."""
        for span in spans:
            insort(self._active, span)
        self.runs = [_Run(start, end, self._new()) for start, end in self._gaps((0, self._across))]

    def cross(self, ended: Sequence[Span], begun: Sequence[Span]) -> Iterable[list[_Run]]:
        """The new runs, those of the line itself and those just below it, after what ends and begins on it."""
        if not ended and not begun:
            return []
        low, high = min(a for a, _ in (*ended, *begun)), max(b for _, b in (*ended, *begun))
        first, after = self._touching((max(low, 0), min(high, self._across)))
        above = self.runs[first:after]
        window = (
            min([max(low, 0), *(run.start for run in above)]),
            max([min(high, self._across), *(run.end for run in above)]),
        )
        for span in ended:
            self._active.remove(span)
        here = [_Run(start, end, self._new()) for start, end in self._gaps(window)]
        for run in above:
            self._join(run.part, _holding(here, run.start).part)
        for span in begun:
            insort(self._active, span)
        below = [_Run(start, end, _holding(here, start).part) for start, end in self._gaps(window)]
        self.runs[first:after] = below
        return [here, below]

    def root(self, part: int) -> int:
        """The one name of all that is joined with it."""
        while self._parents[part] != part:
            self._parents[part] = self._parents[self._parents[part]]
            part = self._parents[part]
        return part

    def _new(self) -> int:
        self._parents.append(len(self._parents))
        return len(self._parents) - 1

    def _join(self, one: int, other: int) -> None:
        self._parents[self.root(one)] = self.root(other)

    def _touching(self, window: Span) -> tuple[int, int]:
        first = bisect_left(self.runs, window[0], key=_end)
        after = first
        while after < len(self.runs) and self.runs[after].start <= window[1]:
            after += 1
        return first, after

    def _gaps(self, window: Span) -> list[Span]:
        """What no active span covers, of a closed stretch; spans are open, so a gap may be a single place."""
        found, reached = [], window[0]
        for start, end in self._active:
            if start >= window[1]:
                break
            if start >= reached:
                found.append((reached, start))
            reached = max(reached, end)
        if reached <= window[1]:
            found.append((reached, window[1]))
        return found


def _by(spans: Iterable[tuple[int, int, int, int]], edge: int) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for span in spans:
        found.setdefault(span[edge], []).append((span[0], span[1]))
    return found


def _edges(spans: Iterable[tuple[int, int, int, int]], watches: Iterable[Contact]) -> Iterable[int]:
    for span in spans:
        yield from span[2:]
    for watch in watches:
        yield max(watch.down[0], 0)


def _first_line(contact: Contact) -> int:
    return max(contact.down[0], 0)


def _end(run: _Run) -> int:
    return run.end


def _start(run: _Run) -> int:
    return run.start


def _holding(runs: Sequence[_Run], place: int) -> _Run:
    """The run of the line that a place just above or below it belongs to: on the line itself, more is free."""
    return runs[bisect_left(runs, place + 1, key=_start) - 1]


def _parts_in(runs: Sequence[_Run], across: Span) -> Iterable[int]:
    first = bisect_left(runs, across[0], key=_end)
    for run in runs[first:]:
        if run.start > across[1]:
            return
        yield run.part

"""A day as a table of rooms and times: who stands in which cell, and over how many rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from msgspec import Struct


class _Room(Protocol):
    @property
    def id(self) -> int: ...


class _Slot(Protocol):
    @property
    def room(self) -> _Room | None: ...

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...


R = TypeVar("R", bound=_Room)
S = TypeVar("S", bound=_Slot)


class Cell(Struct, Generic[S], frozen=True):
    """A slot, or nothing, over this many rows."""

    slot: S | None
    rows: int


class Row(Struct, Generic[S], frozen=True):
    """The cells that begin at this time; ``starts`` when a slot is among them."""

    at: datetime
    cells: tuple[Cell[S], ...]
    starts: bool


class Column(Struct, Generic[R], frozen=True):
    """A room, or none for what has no room; ``lanes`` beside one another where slots overlap in it."""

    room: R | None
    lanes: int


class Grid(Struct, Generic[S, R], frozen=True):
    columns: tuple[Column[R], ...]
    rows: tuple[Row[S], ...]


def grid_of(slots: Sequence[S], rooms: Iterable[R]) -> Grid[S, R]:
    """Every slot in exactly one cell, no two cells over one another; rooms without a slot are left out.

    Rows stand between moments when something begins or ends. O(n log n) in the slots, times the lanes of a room.
    """
    moments = sorted({moment for slot in slots for moment in (slot.starts_at, slot.ends_at)})
    row_at = {moment: number for number, moment in enumerate(moments)}
    by_room: defaultdict[int | None, list[S]] = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: slot.starts_at):
        by_room[slot.room.id if slot.room else None].append(slot)
    columns: list[Column[R]] = []
    cells_at: list[list[Cell[S]]] = [[] for _ in moments]
    for room in [*(room for room in rooms if room.id in by_room), *([None] if None in by_room else [])]:
        lanes = _lanes(by_room[room.id if room else None])
        columns.append(Column(room, len(lanes)))
        for lane in lanes:
            _fill(cells_at, lane, row_at)
    return Grid(
        columns=tuple(columns),
        rows=tuple(
            Row(moment, tuple(cells), any(cell.slot for cell in cells))
            for moment, cells in zip(moments[:-1], cells_at[:-1], strict=True)
        ),
    )


def _lanes(slots: Iterable[S]) -> list[list[S]]:
    lanes: list[list[S]] = []
    for slot in slots:
        free = next((lane for lane in lanes if lane[-1].ends_at <= slot.starts_at), None)
        if free is None:
            lanes.append([slot])
        else:
            free.append(slot)
    return lanes


def _fill(cells_at: list[list[Cell[S]]], lane: Iterable[S], row_at: dict[datetime, int]) -> None:
    row = 0
    for slot in lane:
        start, end = row_at[slot.starts_at], row_at[slot.ends_at]
        if start > row:
            cells_at[row].append(Cell(None, start - row))
        cells_at[start].append(Cell(slot, end - start))
        row = end
    last = len(cells_at) - 1
    if row < last:
        cells_at[row].append(Cell(None, last - row))

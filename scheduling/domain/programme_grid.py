"""A day as a table of rooms and times: who stands in which cell, and over how many rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from scheduling.domain.programme import Room, Slot


class Cell(Struct, frozen=True):
    """A slot, or nothing, over this many rows."""

    slot: Slot | None
    rows: int


class Row(Struct, frozen=True):
    """The cells that begin at this time; ``starts`` when a slot is among them."""

    at: datetime
    cells: tuple[Cell, ...]
    starts: bool


class Column(Struct, frozen=True):
    """A room, or none for what has no room; ``lanes`` beside one another where slots overlap in it."""

    room: Room | None
    lanes: int


class Grid(Struct, frozen=True):
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def grid_of(slots: Sequence[Slot], rooms: Iterable[Room]) -> Grid:
    """Every slot in exactly one cell, no two cells over one another; rooms without a slot are left out.

    Rows stand between moments when something begins or ends. O(n log n) in the slots, times the lanes of a room.
    """
    moments = sorted({moment for slot in slots for moment in (slot.starts_at, slot.ends_at)})
    row_at = {moment: number for number, moment in enumerate(moments)}
    by_room: defaultdict[int | None, list[Slot]] = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: slot.starts_at):
        by_room[slot.room.id if slot.room else None].append(slot)
    columns, cells_at = [], [list[Cell]() for _ in moments]
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


def _lanes(slots: Iterable[Slot]) -> list[list[Slot]]:
    lanes: list[list[Slot]] = []
    for slot in slots:
        free = next((lane for lane in lanes if lane[-1].ends_at <= slot.starts_at), None)
        if free is None:
            lanes.append([slot])
        else:
            free.append(slot)
    return lanes


def _fill(cells_at: list[list[Cell]], lane: Iterable[Slot], row_at: dict[datetime, int]) -> None:
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

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from scheduling.domain.programme import Slot
from scheduling.domain.programme_grid import Cell, Column, Grid, Row, grid_of
from tests.scheduling.domain.programme_parts import ROOMS, slot


def test_grid_of_puts_slots_in_their_rooms_when_they_start_and_end_apart() -> None:
    opening = slot("OPENING", room=ROOMS[0], begins=0, lasts=4)
    workshop = slot("WORKSHOP", room=ROOMS[1], begins=2, lasts=4)

    assert grid_of([workshop, opening], ROOMS) == Grid(
        columns=(Column(ROOMS[0], 1), Column(ROOMS[1], 1)),
        rows=(
            Row(opening.starts_at, (Cell(opening, 2), Cell(None, 1)), starts=True),
            Row(workshop.starts_at, (Cell(workshop, 2),), starts=True),
            Row(opening.ends_at, (Cell(None, 1),), starts=False),
        ),
    )


def test_grid_of_opens_a_second_lane_when_slots_overlap_in_a_room() -> None:
    first = slot("FIRST", room=ROOMS[0])
    second = slot("SECOND", room=ROOMS[0])

    grid = grid_of([first, second], ROOMS)

    assert grid.columns == (Column(ROOMS[0], 2),)
    assert grid.rows == (Row(first.starts_at, (Cell(first, 1), Cell(second, 1)), starts=True),)


def test_grid_of_gives_a_last_column_to_slots_without_a_room() -> None:
    homeless, housed = slot("HOMELESS"), slot("HOUSED", room=ROOMS[2])

    assert [column.room for column in grid_of([homeless, housed], ROOMS).columns] == [ROOMS[2], None]


def test_grid_of_nothing_is_empty() -> None:
    assert grid_of([], ROOMS) == Grid((), ())


@st.composite
def day_of_slots(draw: st.DrawFn) -> list[Slot]:
    return [
        slot(
            f"S{number}",
            room=draw(st.sampled_from([*ROOMS, None])),
            begins=draw(st.integers(0, 70)),
            lasts=draw(st.integers(1, 30)),
        )
        for number in range(draw(st.integers(0, 25)))
    ]


@given(day_of_slots())
def test_grid_of_loses_no_slot_and_covers_each_place_once(slots: list[Slot]) -> None:
    grid = grid_of(slots, ROOMS)

    shown = [cell.slot.code for row in grid.rows for cell in row.cells if cell.slot]
    assert Counter(shown) == Counter(each.code for each in slots)
    width = sum(column.lanes for column in grid.columns)
    covered: Counter[int] = Counter()
    for number, row in enumerate(grid.rows):
        free = [lane for lane in range(width) if covered[lane] == number]
        assert len(free) == len(row.cells), "as HTML lays a table out, each cell meets exactly one free place"
        for lane, cell in zip(free, row.cells, strict=True):
            covered[lane] += cell.rows
    assert all(covered[lane] == len(grid.rows) for lane in range(width))
    times = [row.at for row in grid.rows]
    for row_number, row in enumerate(grid.rows):
        for cell in row.cells:
            if cell.slot:
                ends = [*times, max(each.ends_at for each in slots)][row_number + cell.rows]
                assert (cell.slot.starts_at, cell.slot.ends_at) == (row.at, ends)

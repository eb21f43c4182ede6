"""What the check of a plan finds, told by small halls; and the same as by trying every place of a small hall."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exhibitors.engine.plan_check import Finding, findings
from exhibitors.engine.plan_shapes import Box, Hall, Kind
from exhibitors.engine.reach import reached

HALL = Hall(1000, 800, 150)
DOOR = Box("door", "entrance", 0, 760, 200, 40)


def booth(key: str, x: int, y: int, width: int = 300, depth: int = 200, *, step_free: bool = False) -> Box:
    return Box(key, "booth", x, y, width, depth, number=key, step_free=step_free)


def test_good_plan_has_no_findings():
    aisle = Box("aisle", "aisle", 0, 500, 1000, 150)

    assert findings(HALL, [DOOR, aisle, booth("A1", 0, 0), booth("A2", 300, 0)]) == []


def test_hall_without_booths_needs_no_entrance():
    assert findings(HALL, []) == []


def test_booth_outside_the_hall_is_found():
    assert findings(HALL, [DOOR, booth("A1", 800, 100)]) == [Finding("outside", ("A1",))]


def test_booths_on_one_another_are_found_and_touching_ones_are_not():
    boxes = [DOOR, booth("A1", 0, 0), booth("A2", 300, 0), booth("A3", 599, 100)]

    assert findings(HALL, boxes) == [Finding("overlap", ("A2", "A3"))]


def test_booth_on_an_aisle_an_obstacle_or_an_entrance_is_found():
    kinds: Sequence[Kind] = ("aisle", "obstacle", "entrance")
    shapes = [Box(kind, kind, 250 * at, 300, 200, 200) for at, kind in enumerate(kinds)]

    found = findings(HALL, [*shapes, booth("A1", 0, 250, 1000, 100)])

    assert [each for each in found if each.kind == "overlap"] == [Finding("overlap", ("A1", kind)) for kind in kinds]


def test_label_may_lie_anywhere():
    assert findings(HALL, [DOOR, Box("l", "label", 0, 0, 500, 500), booth("A1", 0, 0)]) == []


def test_two_booths_with_one_number_are_found_however_it_is_written():
    one, other = Box("x", "booth", 0, 0, 100, 100, "a1"), Box("y", "booth", 300, 0, 100, 100, "A1")

    assert findings(HALL, [DOOR, one, other]) == [Finding("same_number", ("x", "y"))]


def test_aisle_narrower_than_the_rule_is_found_with_its_width():
    assert findings(HALL, [Box("aisle", "aisle", 0, 500, 1000, 149)]) == [Finding("narrow_aisle", ("aisle",), 149)]


def test_hall_without_an_entrance_is_found():
    assert findings(HALL, [booth("A1", 0, 0)]) == [Finding("no_entrance")]


def test_booth_behind_others_is_found():
    wall = booth("A1", 0, 200, 1000, 100)

    assert findings(HALL, [DOOR, wall, booth("B1", 0, 0)]) == [Finding("unreachable", ("B1",))]


def test_only_way_narrower_than_the_rule_is_found_with_its_width():
    wall = booth("A1", 0, 300, 890, 100)

    assert findings(HALL, [DOOR, wall, booth("B1", 0, 0)]) == [Finding("narrow_way", ("B1",), 110)]


def test_way_as_wide_as_the_rule_is_wide_enough():
    assert findings(HALL, [DOOR, booth("A1", 0, 300, 850, 100), booth("B1", 0, 0)]) == []


def test_narrow_passage_is_no_finding_where_there_is_another_way():
    assert findings(HALL, [DOOR, booth("A1", 100, 300, 750, 100), booth("B1", 100, 0)]) == []


def test_booth_promised_without_a_step_needs_a_way_for_a_wheelchair():
    wall = booth("A1", 0, 300, 920, 100)

    assert findings(HALL, [DOOR, wall, booth("B1", 0, 0, step_free=True)]) == [
        Finding("narrow_way", ("B1",), 80),
        Finding("not_step_free", ("B1",), 92),
    ]


def test_corner_is_no_front():
    """B1 is touched by 50 cm of a way only."""
    around = [booth("A1", 0, 0, 500, 350), Box("o", "obstacle", 350, 350, 150, 300)]

    assert findings(HALL, [DOOR, *around, booth("B1", 500, 0, 500, 400), Box("p", "obstacle", 550, 400, 450, 400)]) == [
        Finding("unreachable", ("B1",))
    ]


def test_obstacle_bars_the_way_and_an_aisle_does_not():
    bar = Box("bar", "obstacle", 0, 300, 1000, 100)

    assert findings(HALL, [DOOR, bar, booth("A1", 0, 0)]) == [Finding("unreachable", ("A1",))]


def test_entrance_behind_a_booth_lets_nobody_in():
    assert findings(HALL, [DOOR, booth("A1", 0, 560, 250, 200), booth("B1", 600, 0)]) == [
        Finding("unreachable", ("A1", "B1"))
    ]


def test_heap_of_booths_is_told_by_two_hundred_overlaps_and_nothing_else():
    found = findings(HALL, [DOOR, *(booth(f"A{n}", 0, 0) for n in range(30))])

    assert (len(found), {each.kind for each in found}) == (200, {"overlap"})


SMALL = Hall(14, 12, 0)


@st.composite
def boxes(draw: st.DrawFn) -> list[Box]:
    some: st.SearchStrategy[Kind] = st.sampled_from(("booth", "booth", "booth", "obstacle", "entrance"))
    kinds: list[Kind] = draw(st.lists(some, max_size=8))
    return [
        Box(
            str(at),
            kind,
            draw(st.integers(-2, 13)),
            draw(st.integers(-2, 11)),
            draw(st.integers(1, 8)),
            draw(st.integers(1, 8)),
            number=str(at),
        )
        for at, kind in enumerate((*kinds, "entrance"))
    ]


def tried(hall: Hall, boxes: Sequence[Box], side: int) -> set[str]:
    """Walks the square over every place of whole centimetres."""
    solid = [box for box in boxes if box.kind in ("booth", "obstacle")]

    def overlap(box: Box, u: int, v: int) -> tuple[int, int]:
        return (
            min(u + side, box.x + box.width) - max(u, box.x),
            min(v + side, box.y + box.depth) - max(v, box.y),
        )

    free = {
        (u, v)
        for u in range(hall.width - side + 1)
        for v in range(hall.depth - side + 1)
        if not any(min(overlap(box, u, v)) > 0 for box in solid)
    }

    def touches(box: Box, u: int, v: int, *, across: bool) -> bool:
        along, out = overlap(box, u, v) if across else overlap(box, u, v)[::-1]
        return out >= 0 and along >= min(80, side, box.width if across else box.depth)

    reached = {
        place
        for place in free
        for box in boxes
        for across in (True, False)
        if box.kind == "entrance"
        and (box.width >= box.depth if across else box.depth >= box.width)
        and touches(box, *place, across=across)
    }
    waiting = list(reached)
    while waiting:
        u, v = waiting.pop()
        for place in ((u + 1, v), (u - 1, v), (u, v + 1), (u, v - 1)):
            if place in free and place not in reached:
                reached.add(place)
                waiting.append(place)
    return {
        box.key
        for box in boxes
        if box.kind == "booth"
        and any(touches(box, *place, across=across) for place in reached for across in (True, False))
    }


@settings(max_examples=400)
@given(boxes(), st.integers(1, 6))
def test_reach_is_that_of_trying_every_place(boxes: list[Box], side: int):
    assert reached(SMALL, boxes, side) == tried(SMALL, boxes, side)


def big(jitter: int) -> list[Box]:
    """Forty booths in each of twenty-five rows, with ways of two and a half metres."""
    return [
        Box("door", "entrance", 0, 0, 300, 40),
        *(
            booth(f"{n}", 200 + n % 40 * 310, 200 + n // 40 * 450 + n * 7919 % (jitter + 1), step_free=True)
            for n in range(1000)
        ),
    ]


@pytest.mark.parametrize("jitter", [0, 60])
def test_hall_of_a_thousand_booths_in_order_has_no_findings(jitter: int):
    assert findings(Hall(13_000, 12_000, 150), big(jitter)) == []

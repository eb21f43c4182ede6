"""A draft as organisers look at it: people by rounds, or tables by rounds. Pure."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from matchmaking.domain.draft_seats import Seat, somebody
from matchmaking.domain.drafting import Drafted
from matchmaking.domain.drafts import DraftPlace
from matchmaking.engine.rules import RuleName, violations

Look = Literal["", "business", "resource", "alone"]


_COUNTS = (RuleName.LEAST, RuleName.MOST)
"""Broken by how many meetings somebody has, not by one of them."""


class Cell(Struct, frozen=True, kw_only=True):
    """A meeting in the grid. ``broken``: a rule is; ``lost``: it may no longer be at all."""

    place: DraftPlace
    one: str
    other: str
    broken: bool = False
    lost: bool = False


class PersonRow(Struct, frozen=True, kw_only=True):
    """``cells``: of each round the meetings (more than one is a mistake). ``away``: rounds (from 0) they cannot."""

    seat: Seat
    cells: Sequence[Sequence[Cell]]
    away: frozenset[int]
    meetings: int


class TableRow(Struct, frozen=True, kw_only=True):
    """``number`` 0: at no table yet."""

    number: int
    cells: Sequence[Sequence[Cell]]


def people_rows(drafted: Drafted, look: Look = "", person: str = "") -> list[PersonRow]:
    """By organisation; those alone are in no meeting."""
    problem = drafted.asked.problem
    cells: dict[str, list[Cell]] = defaultdict(list)
    for cell in _cells(drafted):
        cells[cell.place.one].append(cell)
        cells[cell.place.other].append(cell)
    away = {each.key: frozenset(each.busy) for each in problem.participants}
    rows = []
    for seat in drafted.seats.values():
        own = cells[seat.code]
        if _wanted(seat, own, look, person):
            row = _by_round(own, problem.rounds)
            rows.append(PersonRow(seat=seat, cells=row, away=away.get(seat.code, frozenset()), meetings=len(own)))
    return rows


def table_rows(drafted: Drafted) -> list[TableRow]:
    """By number; tables that are there, or that a meeting has."""
    problem = drafted.asked.problem
    cells: dict[int, list[Cell]] = {number: [] for tables in problem.tables for number in tables}
    for cell in _cells(drafted):
        cells.setdefault(cell.place.table, []).append(cell)
    return [TableRow(number=number, cells=_by_round(cells[number], problem.rounds)) for number in sorted(cells)]


def alone(drafted: Drafted) -> list[Seat]:
    """Who may be matched and meets nobody."""
    count = Counter(code for each in drafted.draft for code in (each.one, each.other))
    return [seat for seat in drafted.seats.values() if seat.is_active and not count[seat.code]]


def _wanted(seat: Seat, own: Sequence[Cell], look: Look, person: str) -> bool:
    if person:
        return seat.code == person
    return look in ("", seat.side) or (look == "alone" and seat.is_active and not own)


def _by_round(cells: Sequence[Cell], rounds: int) -> list[list[Cell]]:
    found: dict[int, list[Cell]] = defaultdict(list)
    for each in cells:
        found[each.place.round].append(each)
    return [found[number] for number in range(1, rounds + 1)]


def _cells(drafted: Drafted) -> list[Cell]:
    found = violations(drafted.asked.problem, drafted.held)
    broken = {number for each in found if each.rule not in _COUNTS for number in each.meetings}
    numbers = drafted.asked.numbers
    return [
        Cell(
            place=each,
            one=somebody(drafted.seats, each.one),
            other=somebody(drafted.seats, each.other),
            broken=numbers.get((each.one, each.other)) in broken,
            lost=(each.one, each.other) not in numbers,
        )
        for each in drafted.draft
    ]

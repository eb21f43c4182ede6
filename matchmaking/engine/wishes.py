"""Stages that share out what is wished for: first as many owners as possible get one, then two, …"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from matchmaking.engine.plan import LevelName
from matchmaking.engine.problem import Problem, Wish
from matchmaking.engine.rows import Rows, Stage, Terms, ones


def gains(rows: Rows, problem: Problem, held: Sequence[int | None]) -> list[Stage]:
    """Musts, wishes and value, over the columns that say whether a meeting is held (None: it never is)."""
    value = [
        (column, meeting.value)
        for column, meeting in zip(held, problem.meetings, strict=True)
        if column is not None and meeting.value
    ]
    return [
        *_share(rows, problem, [wish for wish in problem.wishes if wish.must], held, "musts"),
        *_share(rows, problem, problem.wishes, held, "wishes"),
        Stage(level="value", terms=value, most=rows.limit(value)),
    ]


def _share(
    rows: Rows, problem: Problem, wishes: Iterable[Wish], held: Sequence[int | None], level: LevelName
) -> list[Stage]:
    """The k-th stage counts the owners with at least k served.

    Steps of an owner are interchangeable here: their sum is at most what is served, which keeps the rows those of a
    network, and taking a later step instead of an earlier one only counts less.
    """
    of: dict[str, list[Wish]] = defaultdict(list)
    for wish in wishes:
        of[wish.owner].append(wish)
    steps: list[list[int]] = [[] for _ in range(max(map(len, of.values()), default=0))]
    groups: dict[int, set[int]] = defaultdict(set)
    for number, group in enumerate(problem.exclusive):
        for meeting in group:
            groups[meeting].add(number)
    for mine in of.values():
        served: Terms = []
        possible = 0
        for wish in mine:
            columns = {column for number in wish.meetings if (column := held[number]) is not None}
            possible += bool(columns)
            if len(columns) > 1 and not set.intersection(*(groups[number] for number in wish.meetings)):
                met = rows.whether(ones(columns))
                rows.at_most(0, [(met, 1), *((column, -1) for column in columns)])
                columns = {met}
            served += ones(columns)
        mounted = [rows.whether(served, step) for step in range(1, possible + 1)]
        rows.at_most(0, [*ones(mounted), *((column, -factor) for column, factor in served)])
        for step, column in zip(steps, mounted, strict=False):
            step.append(column)
    return [Stage(level=level, terms=ones(step), most=len(step)) for step in steps]

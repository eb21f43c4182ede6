"""Scenarios side by side, by what their last runs reach; the best of each line is marked."""

from collections.abc import Callable, Sequence

import msgspec
from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import _
from matchmaking.domain.level_words import LEVEL_NAMES, level_line
from matchmaking.domain.reached import Reached, reached
from matchmaking.domain.runs import Run, last_runs
from matchmaking.domain.scenarios import Scenario, scenarios_of
from matchmaking.engine.plan import MAXIMISED, Level, LevelName
from matchmaking.engine.protocol import Request, Result

MOST_NAMED = 5


class Compared(Struct, frozen=True, kw_only=True):
    """``run`` None: nothing was computed yet; ``reached`` and ``levels`` are of the last run that has ended.

    ``is_infeasible``: that it is proven to have no plan.
    """

    scenario: Scenario
    run: Run | None
    request: Request | None = None
    reached: Reached | None = None
    levels: tuple[Level, ...] = ()
    is_infeasible: bool = False

    @property
    def is_stale(self) -> bool:
        """Whether the scenario has changed since its last run was asked for."""
        return self.run is not None and self.run.created_at < self.scenario.updated_at


class Cell(Struct, frozen=True, kw_only=True):
    """``note`` says more; ``is_best``: no other scenario is better, and one is worse."""

    text: str
    note: str = ""
    is_best: bool = False


class Row(Struct, frozen=True, kw_only=True):
    """A cell a scenario."""

    name: str
    cells: list[Cell]


_ANSWERED = """
    SELECT s.code, r.question, r.answer FROM scenario s
    JOIN solver_run r ON r.id = (SELECT max(id) FROM solver_run WHERE scenario = s.id AND answer IS NOT NULL)
    WHERE s.edition = $1
"""


async def compared(edition_id: int) -> list[Compared]:
    """In the order in which the scenarios were made; three queries."""
    runs = await last_runs(edition_id)
    answered = {row["code"]: row for row in await database.fetch(_ANSWERED, edition_id)}
    return [_compared(each, runs.get(each.code), answered.get(each.code)) for each in await scenarios_of(edition_id)]


def side_by_side(solved: Sequence[Compared], names: dict[str, str]) -> list[Row]:
    """Of scenarios with a plan: what people get, from what matters most to what matters least."""
    return [
        _row(solved, _("Personnes qui en rencontrent une autre"), _people, lambda each: (each.meeting,)),
        _row(solved, _("N’ont rien de ce qu’elles souhaitent"), _alone(names), lambda each: (-len(each.alone),)),
        *(_level_row(solved, name) for name in LEVEL_NAMES if any(_level(each, name) for each in solved)),
        _row(solved, _("Rencontres"), _meetings, lambda each: (each.meetings,)),
    ]


def _compared(scenario: Scenario, run: Run | None, answered: database.Row | None) -> Compared:
    answer = msgspec.msgpack.decode(answered["answer"], type=Result) if answered else None
    if answered is None or answer is None or not answer.plan.found:
        return Compared(scenario=scenario, run=run, is_infeasible=answer is not None and answer.plan.infeasible)
    request = msgspec.msgpack.decode(answered["question"], type=Request)
    return Compared(
        scenario=scenario,
        run=run,
        request=request,
        reached=reached(request.problem, answer.plan.held),
        levels=answer.plan.levels,
    )


def _people(each: Reached) -> Cell:
    return Cell(text=_("%(taken)s sur %(seats)s", taken=each.meeting, seats=each.people))


def _meetings(each: Reached) -> Cell:
    note = _("de %(least)s à %(most)s par personne", least=each.shortest, most=each.longest)
    return Cell(text=str(each.meetings), note=note)


def _alone(names: dict[str, str]) -> Callable[[Reached], Cell]:
    def said(each: Reached) -> Cell:
        named = sorted(names.get(code, code) for code in each.alone)
        note = ", ".join(named[:MOST_NAMED]) + ("…" if len(named) > MOST_NAMED else "")
        return Cell(text=_("%(taken)s sur %(seats)s", taken=len(named), seats=each.owners), note=note)

    return said


def _row(
    solved: Sequence[Compared], name: str, said: Callable[[Reached], Cell], rank: Callable[[Reached], tuple[int, ...]]
) -> Row:
    found = [each.reached for each in solved if each.reached is not None]
    return _marked(name, [said(each) for each in found], [rank(each) for each in found])


def _level_row(solved: Sequence[Compared], name: LevelName) -> Row:
    cells, ranks = [], []
    sign = 1 if name in MAXIMISED else -1
    for each in solved:
        level = _level(each, name)
        line = level_line(level, each.request) if level and each.request else None
        cells.append(Cell(text=line.text, note=line.proof) if line else Cell(text="–"))
        ranks.append(tuple(sign * value for value in level.value) if level else None)
    return _marked(_(LEVEL_NAMES[name]), cells, ranks)


def _level(each: Compared, name: LevelName) -> Level | None:
    return next((level for level in each.levels if level.name == name), None)


def _marked(name: str, cells: list[Cell], ranks: Sequence[tuple[int, ...] | None]) -> Row:
    known = [rank for rank in ranks if rank is not None]
    best = max(known, default=None)
    differ = len({*known}) > 1
    return Row(
        name=name,
        cells=[
            msgspec.structs.replace(cell, is_best=differ and rank == best)
            for cell, rank in zip(cells, ranks, strict=True)
        ],
    )

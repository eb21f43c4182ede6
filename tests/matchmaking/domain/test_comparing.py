"""Scenarios side by side: what people get, with the best of each line marked."""

import pytest

from digital_days.composition import plug_in
from matchmaking.domain.comparing import Cell, compared, side_by_side
from matchmaking.domain.names import organisation_names
from matchmaking.domain.scenarios import Variation, add_scenario
from tests.matchmaking.organised import all_wished, ended_run
from tests.matchmaking.published import Fair, make_matched
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
async def fair() -> Fair:
    plug_in()
    made = await make_matched()
    await all_wished()
    return made


async def _cells(fair: Fair) -> dict[str, list[Cell]]:
    solved = [each for each in await compared(fair.edition.id) if each.reached]
    return {row.name: row.cells for row in side_by_side(solved, await organisation_names(fair.edition.id))}


async def test_each_line_marks_the_better_scenario(fair: Fair):
    await ended_run(fair, ("Bob", "Carole", 1), ("Bob", "Dora", 3), name="Peu")
    await ended_run(fair, ("Bob", "Carole", 1), ("Ève", "Dora", 1), name="Équitable", short=0)

    cells = await _cells(fair)

    assert cells["Personnes qui en rencontrent une autre"] == [
        Cell(text="3 sur 4"),
        Cell(text="4 sur 4", is_best=True),
    ]
    assert cells["N’ont rien de ce qu’elles souhaitent"] == [
        Cell(text="1 sur 2", note="Maison Ève"),
        Cell(text="0 sur 2", is_best=True),
    ]
    assert [cell.is_best for cell in cells["Souhaits"]] == [False, True]
    assert [cell.is_best for cell in cells["Pauses"]] == [False, True]
    assert [cell.note for cell in cells["Affinité"]] == [
        "Au mieux 1 point de plus.",
        "Prouvé\N{NO-BREAK SPACE}: on ne peut pas faire mieux.",
    ]
    assert [cell.is_best for cell in cells["Rencontres"]] == [False, False]
    assert cells["Rencontres"][0].note == "de 1 à 2 par personne"


async def test_scenario_without_a_plan_is_listed_beside_the_others(fair: Fair):
    await add_scenario(fair.edition.id, name="Neuf", variation=Variation(), by=None)
    await ended_run(fair, ("Bob", "Carole", 1), name="Fait")

    new, done = await compared(fair.edition.id)

    assert (new.run, new.reached, new.is_stale) == (None, None, False)
    assert (done.run is not None, done.reached is not None, done.is_stale) == (True, True, False)


async def test_comparing_needs_as_many_queries_for_more_scenarios(fair: Fair):
    await ended_run(fair, ("Bob", "Carole", 1), name="Un")
    async with counted_statements(remembering=True) as few:
        await compared(fair.edition.id)
    await ended_run(fair, ("Bob", "Dora", 1), name="Deux")
    async with counted_statements(remembering=True) as more:
        await compared(fair.edition.id)

    assert len(few) == len(more) == 3
